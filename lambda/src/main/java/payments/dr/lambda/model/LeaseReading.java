package payments.dr.lambda.model;

import java.time.Instant;

/** What a look told about the writer's right to write. */
public sealed interface LeaseReading {

  /** Whether the writer is known to be told to stop. */
  boolean fenced();

  /** No register proves anything: at best, the application was asked to stop. */
  record Unproven(boolean fenced) implements LeaseReading {}

  /**
   * Registers hold the lease.
   *
   * @param taken by this controller, so that nobody can renew it
   * @param until the last moment at which its holder may write, by the holder's clock
   */
  record Registered(boolean taken, Instant until) implements LeaseReading {
    @Override
    public boolean fenced() {
      return taken;
    }
  }

  /** There are registers, but they did not answer. */
  record Unread() implements LeaseReading {
    @Override
    public boolean fenced() {
      return false;
    }
  }
}
