package payments.dr.operations.review;

/**
 * Where a review is shown, and how much of it there is room for.
 *
 * @param characters that it may have
 * @param because why it may not have more
 * @param whole where a reader finds what was left out
 */
record Room(int characters, String because, String whole) {

  static final Room COMMENT =
      new Room(
          60_000,
          "a comment ends at 65,536 characters",
          "review.json, an artifact of the run, and in the answer of `./dr review --format json`");

  /** HCP Terraform's schema of an outcome ends at 10,000 characters, its page at 1 MB. */
  static final Room RUN_TASK =
      new Room(
          9_900,
          "an outcome of a run task ends at 10,000 characters",
          "the answer of `./dr review --format json` to the plan that the run's plan/json-output gives");
}
