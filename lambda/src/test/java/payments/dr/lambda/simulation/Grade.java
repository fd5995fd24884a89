package payments.dr.lambda.simulation;

/** Grades of proof that are simulated; the last is a design that production does not have yet. */
enum Grade {
  NONE,
  BEST_EFFORT,
  /** Two of three registers, renewed by committing the heartbeat: a model, to compare with. */
  MAJORITY
}
