package payments.dr.operations.review.rules;

import payments.dr.operations.console.ExitCode;

/** What a finding means for the plan. */
public enum Severity {
  REFUSED("refused", ExitCode.OBJECTION),
  APPROVAL("needs approval", ExitCode.NEEDS_APPROVAL);

  private final String words;
  private final int exitCode;

  Severity(String words, int exitCode) {
    this.words = words;
    this.exitCode = exitCode;
  }

  /** Returns the words that end the sentence "the plan is ...". */
  public String words() {
    return words;
  }

  /** Returns what the command ends with when this is the worst that was found. */
  public int exitCode() {
    return exitCode;
  }
}
