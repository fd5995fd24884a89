package payments.dr.ledger.lease;

import java.time.Instant;

/** What became of a renewal. */
public sealed interface Renewal {

  /**
   * The Region may write.
   *
   * @param epoch that it holds the lease under
   * @param until the end that the registers know, by the caller's clock
   * @param deadline the end by {@link System#nanoTime()}, from before the first call on: the one to
   *     obey, since no clock that is set can move it
   * @param registers how many of the three took it; fewer than three is worth an alarm
   */
  record Held(long epoch, Instant until, long deadline, int registers) implements Renewal {}

  /**
   * Not renewed; what was renewed before still ends when it said.
   *
   * @param why for a human
   */
  record Failed(String why) implements Renewal {}

  /**
   * Another Region took the lease.
   *
   * @param holder that Region's name
   * @param epoch under which it did
   */
  record Lost(String holder, long epoch) implements Renewal {}
}
