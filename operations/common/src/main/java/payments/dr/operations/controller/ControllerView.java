package payments.dr.operations.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.lambda.rules.FailoverDecider;
import payments.dr.ledger.DataRecord;

/**
 * The controller as the ledger shows it.
 *
 * @param standsIn its Region
 * @param last what its newest tick left; empty: none ever ran
 * @param policy that it decides by
 * @param now whole seconds
 */
public record ControllerView(
    Environment environment,
    Site standsIn,
    Optional<Recorded> last,
    ControlRecord control,
    Optional<DataRecord> data,
    Policy policy,
    Instant now) {

  /** It ticks every 5 s; two starts of its function may lie two minutes apart. */
  static final Duration SILENCE = Duration.ofMinutes(3);

  /** Phases in which customers are not served, or it is not proved yet that they are. */
  private static final Set<Phase> OUTAGE =
      EnumSet.of(
          Phase.SUSPECT,
          Phase.AWAITING_APPROVAL,
          Phase.PREPARING,
          Phase.PROMOTING,
          Phase.ROUTING,
          Phase.VERIFYING);

  public Optional<Duration> age() {
    return last.map(recorded -> Duration.between(recorded.at(), now));
  }

  /**
   * Returns whether nobody is known to read orders now; then nothing here is known to be so any
   * more.
   */
  public boolean silent() {
    return !idle() && age().map(age -> age.compareTo(SILENCE) > 0).orElse(true);
  }

  /**
   * Returns whether this is the primary Region's controller, and nobody ever ordered a forced
   * failback: it has nothing to decide.
   */
  public boolean idle() {
    return standsIn == Site.PRIMARY && last.isEmpty();
  }

  public Optional<Phase> phase() {
    return last.map(recorded -> recorded.state().phase());
  }

  /** Returns the newest order, unless a tick has answered it, or it is too old to be taken. */
  public Optional<Order> waiting() {
    String answered = last.map(recorded -> recorded.state().lastOrder()).orElse("");
    return control
        .order()
        .filter(order -> !order.id().equals(answered))
        .filter(order -> !order.expired(now));
  }

  /**
   * Returns what the newest tick would have made of an order; empty when no tick is there to ask.
   */
  public Optional<Preview> preview(Order.Kind kind) {
    return last.map(recorded -> preview(kind, recorded));
  }

  private Preview preview(Order.Kind kind, Recorded recorded) {
    return Preview.of(
        kind, recorded, control.pause().isPresent(), new FailoverDecider(policy, standsIn));
  }

  public List<Order.Kind> allowed() {
    return Stream.of(Order.Kind.values())
        .filter(kind -> preview(kind).map(Preview::taken).orElse(false))
        .toList();
  }

  /**
   * Returns what a failover would lose now; empty where nothing says so, and while the DR Region
   * writes.
   */
  public Optional<Duration> estimatedLoss() {
    return last.filter(recorded -> recorded.seen().database().writer() != Site.DR)
        .map(Recorded::state)
        .flatMap(state -> state.estimatedLoss(policy.shortestDetection()));
  }

  /**
   * Returns how long a failover has been under way, from the suspicion on; empty where none is, and
   * once customers were proved to be served again.
   */
  public Optional<Duration> outage() {
    return last.map(Recorded::state)
        .filter(state -> OUTAGE.contains(state.phase()))
        .map(State::incident)
        .filter(incident -> incident.promotion() == Promotion.FAILOVER)
        .map(incident -> Duration.between(incident.suspectedAt(), now));
  }

  public String primary() {
    return environment.config().regions().primary().name();
  }

  public String dr() {
    return environment.config().regions().dr().name();
  }
}
