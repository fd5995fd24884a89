package payments.dr.lambda.handler;

/** How good the proof is that one Region stopped writing before the other begins. */
enum LeaseGrade {
  /** Aurora's own fence alone. */
  NONE,
  /** The applications of the primary Region are told. */
  BEST_EFFORT,
  /** Two of three registers know who may write, and until when. */
  MAJORITY
}
