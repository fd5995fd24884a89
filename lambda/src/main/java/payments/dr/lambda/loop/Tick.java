package payments.dr.lambda.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.port.Actuators;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.DroppedException;
import payments.dr.lambda.port.Notifier;
import payments.dr.lambda.port.Orders;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.Probes;
import payments.dr.lambda.port.RefusedException;
import payments.dr.lambda.port.WriterLease;
import payments.dr.lambda.rules.Decider;

/**
 * Look, decide, swap, tell, act: once. Whatever it dies of, the next tick goes on from the ledger.
 *
 * @param freshness age of a look above which its act is dropped, and left to the next tick
 */
public record Tick(
    Decider decider,
    StateStore store,
    Probes probes,
    Orders orders,
    WriterLease lease,
    Actuators actuators,
    Notifier notifier,
    InstantSource clock,
    Duration freshness)
    implements Runnable {

  /** A little more than the 5 s that one look may take. */
  public static final Duration FRESHNESS = Duration.ofSeconds(8);

  /**
   * Looks, decides, records and acts, once.
   *
   * @throws PortException when a call failed
   */
  @Override
  public void run() {
    Instant began = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    StateStore.Loaded current = store.load();
    Observation seen = probes.look(current.data().generation(), lease.read());
    // Last, so that no order is older than the look that it overrides.
    ControlState control = orders.read();
    Decision decision = decider.decide(current.state(), seen, control, began);
    if (!store.swap(current, decision, seen, began)) {
      return;
    }
    if (decision.next().phase() != current.state().phase()) {
      tell(current, decision, seen);
    }
    try {
      perform(decision, began);
    } catch (RefusedException e) {
      note(decision, asking -> asking.refused(e.getMessage()), e, seen, began);
      throw e;
    } catch (DroppedException e) {
      note(decision, Asking::dropped, e, seen, began);
      throw e;
    }
  }

  private void perform(Decision decision, Instant began) {
    if (fresh(began)) {
      decision.act().perform(actuators, lease, () -> check(decision, began));
    } else if (decision.act().asksAws()) {
      throw new DroppedException(decision.act().label() + " came too late");
    }
  }

  private void note(
      Decision decision,
      UnaryOperator<Asking> outcome,
      PortException failure,
      Observation seen,
      Instant began) {
    store.note(decision.next(), outcome, failure.getMessage(), seen, began);
  }

  private void check(Decision decision, Instant began) {
    boolean wanted = store.stillWants(decision.next()) && !orders.read().paused();
    // The clock last: reading the ledger takes time, too.
    if (!wanted || !fresh(began)) {
      throw new DroppedException(
          "%s is not wanted any more, or its look is older than %d s"
              .formatted(decision.act().label(), freshness.toSeconds()));
    }
  }

  private boolean fresh(Instant began) {
    return Duration.between(began, clock.instant()).compareTo(freshness) <= 0;
  }

  /** That nobody could be told must not keep payments from moving. */
  private void tell(StateStore.Loaded from, Decision decision, Observation seen) {
    try {
      notifier.tell(from.state(), decision, seen);
    } catch (PortException e) {
      notifier.trouble(e);
    }
  }
}
