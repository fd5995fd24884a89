package payments.dr.lambda.failover.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import payments.dr.lambda.failover.Control;
import payments.dr.lambda.failover.Decider;
import payments.dr.lambda.failover.Decision;
import payments.dr.lambda.failover.Hands;
import payments.dr.lambda.failover.Notices;
import payments.dr.lambda.failover.Orders;
import payments.dr.lambda.failover.PortException;
import payments.dr.lambda.failover.Seen;
import payments.dr.lambda.failover.Sensors;
import payments.dr.lambda.failover.WriterLease;

/**
 * Look, decide, swap, tell, act: once. Whatever it dies of, the next tick goes on from the ledger.
 *
 * @param freshness age of a look above which its act is dropped, and left to the next tick
 */
public record Tick(
    Decider decider,
    StateStore store,
    Sensors sensors,
    Orders orders,
    WriterLease lease,
    Hands hands,
    Notices notices,
    InstantSource clock,
    Duration freshness)
    implements Runnable {

  /** A little more than the 5 s that one look may take. */
  public static final Duration FRESHNESS = Duration.ofSeconds(8);

  /**
   * @throws PortException when a call failed
   */
  @Override
  public void run() {
    Instant began = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    StateStore.Loaded current = store.load();
    Seen seen = sensors.look(current.data().generation(), lease.read());
    // Last, so that no order is older than the look that it overrides.
    Control control = orders.read();
    Decision decision = decider.decide(current.state(), seen, control, began);
    if (!store.swap(current, decision, seen, began)) {
      return;
    }
    if (decision.next().phase() != current.state().phase()) {
      tell(current, decision, seen);
    }
    if (Duration.between(began, clock.instant()).compareTo(freshness) <= 0) {
      decision.act().perform(hands, lease);
    }
  }

  /** That nobody could be told must not keep payments from moving. */
  private void tell(StateStore.Loaded from, Decision decision, Seen seen) {
    try {
      notices.tell(from.state(), decision, seen);
    } catch (PortException e) {
      notices.trouble(e);
    }
  }
}
