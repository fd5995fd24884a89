package payments.dr.compliance;

/** Who wrote a control, in the order in which controls are listed. */
public enum Framework {
  PCI("PCI DSS v4.0"),
  FSBP("AWS FSBP"),
  /** Controls of Security Hub that FSBP does not have, or no longer has. */
  HUB("AWS Security Hub beyond FSBP"),
  CIS("CIS AWS v5.0");

  private final String title;

  Framework(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
