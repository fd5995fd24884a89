package payments.dr.lambda.model;

/** Who decided that the writer moves. The machine yields to a primary Region that recovers. */
public enum Authority {
  MACHINE,
  HUMAN,
  /** A human who insists, and accepts that both Regions may write for a while. */
  FORCED;

  /** Returns whether somebody decided who is not the machine. */
  public boolean human() {
    return this != MACHINE;
  }
}
