package payments.dr.lambda.model;

import java.time.Duration;
import java.time.Instant;

/** What a look told about the writer's right to write. */
public sealed interface LeaseReading {

  /** Whether the writer in the primary Region is known to be told to stop. */
  boolean fenced();

  /** No register proves anything: at best, the application was asked to stop. */
  record Unproven(boolean fenced) implements LeaseReading {}

  /**
   * Registers hold the lease.
   *
   * @param taken for the Region of this controller, so that the other can no longer renew it
   * @param fenced whether it is taken from the primary Region, if only in one register
   * @param forced whether this controller's Region may renew it with its own register alone
   * @param until the last moment at which the other Region may write, by that one's clock
   */
  record Registered(boolean taken, boolean fenced, boolean forced, Instant until)
      implements LeaseReading {

    /**
     * Returns whether the other Region has stopped. To see its lease run out is not enough: until
     * it is taken, it may be renewed.
     *
     * @param margin for clocks that differ
     */
    public boolean proves(Instant now, Duration margin) {
      return taken && ranOut(now, margin);
    }

    /** Returns whether the other Region's last renewal has ended. */
    public boolean ranOut(Instant now, Duration margin) {
      return now.isAfter(until.plus(margin));
    }
  }

  /**
   * There are registers, but too few of them answered, none knows a renewal, or the own clock is
   * wrong.
   */
  record Unread() implements LeaseReading {
    @Override
    public boolean fenced() {
      return false;
    }
  }
}
