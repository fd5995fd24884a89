package payments.dr.lambda.simulation;

/** Grades of proof that old writes stopped, each by production's own class. */
enum Grade {
  NONE,
  BEST_EFFORT,
  /** Two of three registers, which the fleet of the Region that writes renews. */
  MAJORITY
}
