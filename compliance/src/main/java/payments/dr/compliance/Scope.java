package payments.dr.compliance;

/** Where a rule holds. */
public enum Scope {
  ALWAYS("everywhere"),
  /** A throw-away environment must be destroyable; a retiring generation is about to be. */
  KEPT_DATA("where protectData is true, but for a retiring database generation"),
  /** A local AWS has nobody who answers for a domain. */
  REAL_AWS("everywhere but on a local AWS");

  private final String words;

  Scope(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
