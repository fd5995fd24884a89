package payments.dr.operations.failover;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.failover.PolicyVariables;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.lambda.handler.PolicyReader;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.lambda.orders.Request;
import payments.dr.lambda.port.Clock;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Ledger;
import payments.dr.operations.BadInputException;
import payments.dr.operations.Project;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.Caller;
import payments.dr.operations.ledger.EnvironmentLedger;

/**
 * Where a person deals with one of an environment's two controllers.
 *
 * @param standsIn the Region of that controller
 * @param ledgers of the Regions
 * @param principal who this is, asked of AWS when somebody wants to know
 */
record Desk(
    Environment environment,
    RegionRole standsIn,
    Function<RegionRole, Ledger> ledgers,
    Supplier<String> principal,
    Clock clock) {

  /** Opens the desk of an environment by its name. */
  interface Desks {

    /**
     * @param region of the controller; empty: the DR Region
     */
    Desk open(String environment, Optional<String> region);
  }

  /**
   * @throws payments.dr.operations.BadInputException when there is no such environment
   */
  static Desk of(String name, Optional<String> region) {
    Project project = Project.ofLauncher();
    Environment environment = project.environment(name);
    return at(AwsAccess.of(project, environment), environment, region);
  }

  static Desk at(AwsAccess aws, Environment environment, Optional<String> region) {
    RegionRole standsIn = role(environment, region);
    return new Desk(
        environment,
        standsIn,
        role -> EnvironmentLedger.open(aws, environment, role),
        () -> Caller.arnByAny(aws, environment.config().regions().get(standsIn).name()),
        new SystemClock());
  }

  /**
   * @throws BadInputException for a Region that the environment is not in
   */
  static RegionRole role(Environment environment, Optional<String> region) {
    RegionPair<RegionSettings> regions = environment.config().regions();
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

  /** Of the controller's own Region. */
  Ledger ledger() {
    return ledgers.apply(standsIn);
  }

  ControllerView look() {
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

  Request request(String reason) {
    return new Request(principal.get(), reason, now());
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
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
