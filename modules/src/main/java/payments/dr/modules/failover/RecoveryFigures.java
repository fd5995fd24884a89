package payments.dr.modules.failover;

/**
 * What the recovery time is made of; all in seconds.
 *
 * @param tick pace of the controller
 * @param confirm how long the quorum must hold
 * @param controllerStart from a wake-up to the first look
 * @param approval until the controller has read a human's approval; 0 where none is asked for
 * @param prepareCap how long to try to stop old writes
 * @param leaseWait until a writer lease has run out; 0 without one, or when its holder is dead
 * @param promote until the DR Region writes; the weakest figure while it is assumed
 * @param put to write the latch object
 * @param latchInterval between two probes of the latch object
 * @param latchAggregation until the checkers' verdict on it is DNS's answer
 * @param dnsTtl how long resolvers remember the old answer
 * @param reconnect until clients have left their old connections
 */
public record RecoveryFigures(
    Detection detection,
    Figure tick,
    Figure confirm,
    Figure controllerStart,
    Figure approval,
    Figure prepareCap,
    Figure leaseWait,
    Figure promote,
    Figure put,
    Figure latchInterval,
    Figure latchAggregation,
    Figure dnsTtl,
    Figure reconnect) {

  /** Twice what Aurora takes to replace a writer inside its Region, which is no reason to move. */
  static final int PATIENCE_SECONDS = 60;

  public RecoveryFigures {
    if (tick.value() == 0) {
      throw new IllegalArgumentException("tick must be at least 1 s, got 0 s");
    }
    int patience = detection.seconds() + tick.value() + confirm.value();
    if (patience < PATIENCE_SECONDS) {
      throw new IllegalArgumentException(
          "detection, tick and confirm must be at least "
              + PATIENCE_SECONDS
              + " s together, got "
              + patience
              + " s: Aurora replaces a writer inside its Region in up to 30 s");
    }
  }
}
