package payments.dr.lambda.failover;

/** Tells humans and other systems. */
public interface Notices {

  /**
   * The controller went from one phase to another, and is about to act.
   *
   * @throws PortException when nobody could be told
   */
  void tell(State from, Decision decision, Seen seen);

  /** A tick failed; the next one tries again. Never throws. */
  void trouble(RuntimeException failure);
}
