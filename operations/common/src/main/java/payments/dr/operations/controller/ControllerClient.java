package payments.dr.operations.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.failover.PolicyVariables;
import payments.dr.configuration.region.EnvironmentRegions;
import payments.dr.configuration.region.RegionRole;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.lambda.handler.PolicyReader;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.lambda.orders.Request;
import payments.dr.lambda.port.Clock;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.Caller;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import payments.dr.operations.ledger.EnvironmentLedger;

/**
 * Reads what one of an environment's two controllers left in its ledger, and writes orders to it.
 *
 * @param standsIn Region of that controller
 * @param ledgers those of both Regions
 * @param principal who gives orders; AWS is asked when somebody wants to know
 */
public record ControllerClient(
    Environment environment,
    RegionRole standsIn,
    Function<RegionRole, Ledger> ledgers,
    Supplier<String> principal,
    Clock clock) {

  private static final Duration PACE = Duration.ofSeconds(1);

  /** How long an order is waited for. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Makes the client of an environment by its name. */
  public interface Factory {

    /**
     * @param region of the controller; empty: the DR Region
     */
    ControllerClient open(String environment, Optional<String> region);
  }

  /**
   * Returns the client of the DR Region's controller.
   *
   * @param environment such as {@code prod}
   * @throws BadInputException when there is no such environment
   */
  public static ControllerClient of(String environment) {
    return of(environment, Optional.empty());
  }

  /**
   * Returns the client of the controller of an environment in a Region.
   *
   * @param region of the controller; empty: the DR Region
   * @throws BadInputException when there is no such environment, or it is not in that Region
   */
  public static ControllerClient of(String name, Optional<String> region) {
    Project project = Project.ofLauncher();
    Environment environment = project.environment(name);
    return at(AwsAccess.of(project, environment), environment, region);
  }

  public static ControllerClient at(
      AwsAccess aws, Environment environment, Optional<String> region) {
    RegionRole standsIn = role(environment, region);
    // A client has threads of its own, and who watches reads once a second.
    Map<RegionRole, Ledger> opened = new ConcurrentHashMap<>();
    return new ControllerClient(
        environment,
        standsIn,
        role -> opened.computeIfAbsent(role, it -> EnvironmentLedger.open(aws, environment, it)),
        () -> Caller.arnByAny(aws, environment.config().regions().get(standsIn).name()),
        new SystemClock());
  }

  /**
   * Returns the role of a Region in an environment.
   *
   * @throws BadInputException for a Region that the environment is not in
   */
  public static RegionRole role(Environment environment, Optional<String> region) {
    EnvironmentRegions regions = environment.config().regions();
    return Stream.of(RegionRole.values())
        .filter(role -> regions.get(role).name().equals(region.orElse(regions.dr().name())))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--region must be %s or %s, got \"%s\""
                        .formatted(
                            regions.primary().name(), regions.dr().name(), region.orElseThrow())));
  }

  /** Returns the ledger of the controller's own Region. */
  public Ledger ledger() {
    return ledgers.apply(standsIn);
  }

  /** Returns what the ledger says now. */
  public ControllerView view() {
    Ledger ledger = ledger();
    return new ControllerView(
        environment,
        site(),
        StateStore.read(ledger),
        ControlRecord.read(ledger),
        DataRecord.read(ledger),
        policy(),
        now());
  }

  public Request request(String reason) {
    return new Request(principal.get(), reason, now());
  }

  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Returns the rows of the audit trail since then, a line each. */
  public List<String> trail(Instant since) {
    return Trail.read(ledger()).lines().stream()
        .filter(line -> !line.at().isBefore(since))
        .map(Trail.Line::text)
        .toList();
  }

  /** Returns whether the controller would take such an order now. */
  public boolean takes(Order.Kind kind) {
    ControllerView view = view();
    return !view.silent()
        && view.waiting().isEmpty()
        && view.preview(kind).map(Preview::taken).orElse(false);
  }

  /**
   * Gives an order that was confirmed already, and waits until it is taken.
   *
   * @throws CommandFailedException when it is refused, or nobody takes it
   */
  public void order(Order.Kind kind, String reason) {
    Optional<OrderAnswer> answer = await(give(view().control().order(kind, request(reason))));
    if (answer.filter(OrderAnswer::taken).isEmpty()) {
      throw new CommandFailedException(
          "%s must be taken, got %s"
              .formatted(
                  kind, answer.map(OrderAnswer::text).orElse("no answer of the controller")));
    }
  }

  /**
   * Writes an order, with whatever must be written at once with it.
   *
   * @return the order as the ledger has it
   */
  public Order give(List<LedgerChange> changes) {
    ledger().write(changes);
    return ControlRecord.read(ledger()).order().orElseThrow();
  }

  /** Returns what the controller made of an order; empty when no tick has read it in time. */
  public Optional<OrderAnswer> await(Order order) {
    Instant end = now().plus(PATIENCE);
    Optional<OrderAnswer> answer = OrderAnswer.to(order, ledger());
    while (answer.isEmpty() && now().isBefore(end)) {
      clock.sleepUntil(now().plus(PACE));
      answer = OrderAnswer.to(order, ledger());
    }
    return answer;
  }

  private Site site() {
    return standsIn == RegionRole.DR ? Site.DR : Site.PRIMARY;
  }

  /** As the function in the DR Region has it, from variables that the same settings fill. */
  private Policy policy() {
    return PolicyReader.read(
        environment.name(), PolicyVariables.of(environment.config().failover()));
  }
}
