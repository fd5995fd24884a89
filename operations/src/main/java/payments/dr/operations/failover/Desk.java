package payments.dr.operations.failover;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import payments.dr.lambda.failover.Clock;
import payments.dr.lambda.failover.Mode;
import payments.dr.lambda.failover.Policy;
import payments.dr.lambda.failover.aws.SystemClock;
import payments.dr.lambda.failover.control.ControlRecord;
import payments.dr.lambda.failover.control.Request;
import payments.dr.lambda.failover.loop.StateStore;
import payments.dr.lambda.ledger.DataRecord;
import payments.dr.lambda.ledger.Ledger;
import payments.dr.main.configuration.Environment;
import payments.dr.modules.failover.FailoverSettings;
import payments.dr.operations.Project;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.Caller;
import payments.dr.operations.ledger.EnvironmentLedger;

/**
 * Where a person deals with one environment's controller.
 *
 * @param ledger of the DR Region
 * @param principal who this is, asked of AWS when somebody wants to know
 */
record Desk(Environment environment, Ledger ledger, Supplier<String> principal, Clock clock) {

  /** Opens the desk of an environment by its name. */
  interface Desks {
    Desk open(String environment);
  }

  /**
   * @throws payments.dr.operations.BadInputException when there is no such environment
   */
  static Desk of(String name) {
    Project project = Project.ofLauncher();
    Environment environment = project.environment(name);
    AwsAccess aws = AwsAccess.of(project, environment);
    String region = environment.config().regions().dr().name();
    return new Desk(
        environment,
        EnvironmentLedger.open(aws, environment),
        () -> Caller.arn(aws, region),
        new SystemClock());
  }

  ControllerView look() {
    return new ControllerView(
        environment,
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

  /** As the function has it from its variables, which the same settings fill. */
  private Policy policy() {
    FailoverSettings settings = environment.config().failover();
    return Policy.recommended(environment.name(), Mode.valueOf(settings.mode().name()))
        .timed(
            Duration.ofSeconds(settings.shortestDetectionSeconds()),
            Duration.ofSeconds(settings.confirmSeconds()),
            Duration.ofSeconds(settings.rpoTargetSeconds()),
            Duration.ofSeconds(settings.failbackAfterSeconds()));
  }
}
