package payments.dr.operations.review.server;

/** Judges runs, and tells HCP Terraform itself what became of them. */
interface Reviewer {

  void review(RunTask task);

  /**
   * Is called instead for a run that was taken and is not going to be reviewed.
   *
   * @param why for the run's page
   */
  void giveUp(RunTask task, String why);
}
