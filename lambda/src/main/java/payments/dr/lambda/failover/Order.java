package payments.dr.lambda.failover;

/**
 * What a human wants. Each order counts once: the first tick that sees it accepts or refuses it, so
 * that no order comes true hours later.
 *
 * @param id told apart from earlier orders by it
 * @param principal who ordered, as IAM names them
 */
public record Order(String id, Kind kind, String reason, String principal) {

  /** PAUSE is no order but a switch: {@link Control#paused()}. */
  public enum Kind {
    /** Go on from AWAITING_APPROVAL. */
    APPROVE,
    /** Fail over now; yields only to a DR Region that is not ready. */
    FORCE,
    /** Move to the DR Region as planned, without loss. */
    SWITCHOVER,
    /** Move back to the primary Region, without loss. */
    FAILBACK,
    /** Stay in the primary Region; works until the writer is asked to move. */
    ABORT,
    /** Go on from HALTED with whatever is seen. */
    RESUME
  }
}
