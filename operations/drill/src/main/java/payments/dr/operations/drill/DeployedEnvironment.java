package payments.dr.operations.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import payments.dr.configuration.environment.Environment;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Site;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.LocalAwsApi;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.drill.load.Tally;
import payments.dr.operations.drill.record.DrillRecord.Sample;

/**
 * A deployed environment.
 *
 * @param local the local AWS, where processes can be killed; empty: nowhere
 */
record DeployedEnvironment(
    Environment environment,
    ControllerClient controller,
    Faults faults,
    Optional<LocalAwsApi> local,
    Tally tally)
    implements DrillEnvironment {

  /** The phase of a controller that never ran. */
  static final String NEVER = "NONE";

  private static final SystemClock CLOCK = new SystemClock();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public void inject(InjectedFault fault) {
    faults.inject(fault);
  }

  @Override
  public void repair(InjectedFault fault) {
    faults.repair(fault);
  }

  @Override
  public void killController() {
    String function = environment.names().global("failover-lambda");
    String dr = environment.config().regions().dr().name();
    for (JsonNode invocation : localAws().get("invocations")) {
      if (invocation.path("running").asBoolean()
          && invocation.path("function").asText().equals(function)
          && invocation.path("region").asText().equals(dr)) {
        localAws().delete("invocations/" + invocation.path("number").asInt());
      }
    }
  }

  @Override
  public Sample look() {
    Optional<Recorded> last = patiently(() -> controller.view().last());
    return new Sample(
        instant(),
        last.map(seen -> seen.state().phase().name()).orElse(NEVER),
        last.map(seen -> region(seen.seen().database().writer())).orElse(""),
        last.map(seen -> region(seen.seen().traffic().answers())).orElse(""),
        last.map(seen -> seen.seen().database().replicaLag()));
  }

  @Override
  public boolean isCoolingDown() {
    return patiently(() -> controller.view().last())
        .filter(last -> instant().isBefore(last.state().coolDownUntil()))
        .isPresent();
  }

  @Override
  public boolean isOrdered() {
    return patiently(() -> controller.view().waiting()).isPresent();
  }

  @Override
  public boolean takes(Order.Kind kind) {
    return patiently(() -> controller.takes(kind));
  }

  @Override
  public void order(Order.Kind kind) {
    controller.order(kind, "drill");
  }

  @Override
  public long accepted(String region, Instant since) {
    return tally.accepted(region, since);
  }

  @Override
  public Instant instant() {
    return CLOCK.instant();
  }

  @Override
  public void sleepUntil(Instant wake) {
    CLOCK.sleepUntil(wake);
  }

  /** A ledger that fails to answer once must not end a drill. */
  private <T> T patiently(Supplier<T> reading) {
    Instant limit = instant().plus(PATIENCE);
    while (true) {
      try {
        return reading.get();
      } catch (LedgerUnavailableException e) {
        if (!AwsCallException.mayPass(e) || instant().isAfter(limit)) {
          throw e;
        }
      }
    }
  }

  private LocalAwsApi localAws() {
    return local.orElseThrow(
        () ->
            new CommandFailedException(
                "environment must be on a local AWS to have a process killed, got "
                    + environment.name()));
  }

  private String region(Site site) {
    return switch (site) {
      case PRIMARY -> environment.config().regions().primary().name();
      case DR -> environment.config().regions().dr().name();
      case UNKNOWN -> "";
    };
  }
}
