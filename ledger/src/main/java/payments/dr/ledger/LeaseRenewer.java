package payments.dr.ledger;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Renews a lease three times within its TTL, in a thread of its own, and gives it back when closed.
 */
public final class LeaseRenewer implements AutoCloseable {

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread renewer = new Thread(task, "lease-renewer");
            // A command that ends in an error must end.
            renewer.setDaemon(true);
            return renewer;
          });

  private final Lease lease;

  private LeaseRenewer(Lease lease) {
    this.lease = lease;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the next check tells of a lease that ran out
  public static LeaseRenewer start(Lease lease) {
    LeaseRenewer renewer = new LeaseRenewer(lease);
    long period = lease.ttl().toMillis() / 3;
    renewer.thread.scheduleAtFixedRate(renewer::renew, period, period, TimeUnit.MILLISECONDS);
    return renewer;
  }

  public Lease lease() {
    return lease;
  }

  private void renew() {
    try {
      lease.renew();
    } catch (LeaseLostException e) {
      // Not to be had again; the holder's next check or write tells it.
      thread.shutdown();
    } catch (LedgerUnavailableException | LedgerConflictException e) {
      // The next turn may succeed; if none does, the holder's next check tells that it ran out.
      return;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    lease.close();
  }
}
