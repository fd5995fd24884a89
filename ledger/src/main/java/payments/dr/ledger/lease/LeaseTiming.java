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
   * How far a clock may be off before its owner neither renews nor takes. {@link ClockError} tells
   * what the error is at most, so its own coarseness is part of this: a stamp is of a whole second,
   * and an answer takes up to {@link #CALL}. A clock that is right never fails by that.
   */
  public static final Duration CLOCK_ERROR = Duration.ofSeconds(2);

  /**
   * How long after its check in the database a statement may still be committed: what the
   * application's transactions must be bounded by.
   */
  public static final Duration COMMIT = Duration.ofSeconds(4);

  /**
   * What is added to the end of one Region's lease before another Region may write. The sum of what
   * can make the first one commit later than the other one believes:
   *
   * <ul>
   *   <li>{@link #CLOCK_ERROR}: the clock by which the end was told to the registers was behind;
   *   <li>{@link #CLOCK_ERROR}: the clock by which another one waits for it is ahead;
   *   <li>{@link #COMMIT}: the database checks a statement, and commits it later.
   * </ul>
   *
   * <p>The time that a renewal takes adds nothing: the database's end is counted from a look at its
   * clock before the renewal, the registers' end from a later one, and a register that was taken
   * refuses what was on its way. The database's own clock adds nothing, as it is compared with
   * itself.
   */
  public static final Duration MARGIN = CLOCK_ERROR.multipliedBy(2).plus(COMMIT);

  /**
   * How long all registers together may take for a read or a write. The dark one among them must
   * not keep the other two waiting, and a renewal with both ends well within {@link #RENEW_EVERY}.
   */
  public static final Duration CALL = Duration.ofSeconds(1);

  private LeaseTiming() {}
}
