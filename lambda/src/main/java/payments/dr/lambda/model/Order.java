package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;

/**
 * What a human wants. Each order counts once: the first tick that sees it accepts or refuses it, so
 * that no order comes true hours later.
 *
 * @param id told apart from earlier orders by it
 * @param principal who ordered, as IAM names them
 * @param at when, by the clock of the machine that ordered
 */
public record Order(String id, Kind kind, String reason, String principal, Instant at) {

  /** Long for clocks that differ, short for a controller that was away and comes back. */
  public static final Duration VALID = Duration.ofMinutes(10);

  /** Returns whether the order is too old to be taken: what it was meant for may be long over. */
  public boolean expired(Instant now) {
    return Duration.between(at, now).compareTo(VALID) > 0;
  }

  /** Returns how the order reads in the audit trail once it is accepted. */
  public String text() {
    return kind + " by " + principal + ": " + reason;
  }

  /** PAUSE is no order but a switch: {@link ControlState#paused()}. */
  public enum Kind {
    /** Go on from AWAITING_APPROVAL. */
    APPROVE,
    /** Fail over now; yields only to a DR Region that is not ready. */
    FORCE,
    /** Move to the DR Region as planned, without loss. */
    SWITCHOVER,
    /** Move back to the primary Region, without loss. */
    FAILBACK,
    /** Stay in the primary Region, while the writer is seen at rest there. */
    ABORT,
    /** Go on from HALTED with whatever is seen. */
    RESUME
  }
}
