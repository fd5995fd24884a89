package payments.dr.ledger.lease;

import java.time.Duration;

/** The lease's own times. They belong together: change none without the others' reasons. */
public final class LeaseTiming {

  /**
   * How often the fleet renews. Six times a {@link #TTL}, so that a single refused or slow renewal
   * costs nobody the lease.
   */
  public static final Duration RENEW_EVERY = Duration.ofSeconds(5);

  /**
   * How long a renewal lasts. A Region that is dead is confirmed to be so later than this, so that
   * its lease costs the failover nothing; a Region that is cut off stops no later than this.
   */
  public static final Duration TTL = Duration.ofSeconds(30);

  /**
   * What is added before another Region may write: 2 s that the former holder's clock may be off, 2
   * s that the taker's may be, and 1 s for a statement that was let through at the last moment.
   */
  public static final Duration MARGIN = Duration.ofSeconds(5);

  /** How far a clock may be off before its owner neither renews nor takes: see {@link #MARGIN}. */
  public static final Duration CLOCK_ERROR = Duration.ofSeconds(2);

  /**
   * How long all registers together may take for a read or a write. The dark one among them must
   * not keep the other two waiting, and a renewal with both ends well within {@link #RENEW_EVERY}.
   */
  public static final Duration CALL = Duration.ofSeconds(1);

  private LeaseTiming() {}
}
