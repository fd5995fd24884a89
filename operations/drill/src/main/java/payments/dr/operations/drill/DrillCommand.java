package payments.dr.operations.drill;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.failover.FailoverMode;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Confirmation;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import payments.dr.operations.drill.DrillScenario.Outcome;
import payments.dr.operations.drill.evidence.DrillBudget;
import payments.dr.operations.drill.evidence.Evidence;
import payments.dr.operations.drill.evidence.Proposal;
import payments.dr.operations.drill.record.DrillRecord;
import payments.dr.operations.drill.record.DrillRecord.Step;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dr drill}. */
@Command(
    name = "drill",
    description = {
      "Rehearses a failover under a load of payments, and keeps the evidence.",
      "On the local AWS every scenario, with the faults injected; elsewhere `switchover`, there and back, without loss, and",
      "where no data is protected `front-door`: the primary Region's fleet is emptied and filled again."
    },
    footer = {
      "  ./dr drill local --scenario region-lost",
      "  ./dr drill staging",
      "  ./dr drill staging --recover"
    },
    exitCodeList = {
      "0:all came about as expected",
      "1:bad input; nothing was changed",
      "2:something did not, or the drill could not be carried out; faults are repaired"
    })
public final class DrillCommand implements Callable<Integer> {

  private final UnreplicatedKeys unreplicated;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentParameter chosen;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description =
          "One of region-lost, lagging, database-lost, front-door, killed-mid-promotion, switchover,"
              + " control-plane, gray, partition, checkers-wrong. Default: switchover.")
  private String scenario = "switchover";

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "New payments a second, 1 to 100. Default: 10.")
  private int rate = 10;

  @Option(names = "--no-plan", description = "Makes no plan at the end.")
  private boolean noPlan;

  @Option(
      names = "--recover",
      description =
          "Drills nothing: repairs what a drill that was killed left broken, and orders the writer back.")
  private boolean recover;

  public DrillCommand(UnreplicatedKeys unreplicated) {
    this.unreplicated = unreplicated;
  }

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    project.checkout();
    Environment environment = chosen.of(project);
    DrillScenario played = DrillScenario.of(scenario);
    refuse(environment, played);
    DrillRun run = DrillRun.of(project, environment, played, unreplicated);
    if (!environment.config().localAws()) {
      Confirmation.of(environment.name());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (recover) {
      if (!run.recover(this::tell)) {
        out.printf("%s is not deployed%n", environment.stackName());
        out.flush();
      }
      return ExitCode.DONE;
    }
    DrillRecord record = run.run(rate, !noPlan, this::tell);
    Path folder = run.folder();
    Proposal.write(record, project.configuration().accountOf(environment).config().id(), folder);
    Evidence.write(record, DrillBudget.of(environment), folder);
    out.printf(
        "%s: %s%nevidence: %s%n",
        played.word(), record.passed() ? "as expected" : "NOT AS EXPECTED", folder);
    out.flush();
    return record.passed() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Instant began;

  private void tell(Step step) {
    began = began == null ? step.at() : began;
    long elapsed = Duration.between(began, step.at()).toSeconds();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s  %02d:%02d  %s%n",
        step.at().truncatedTo(ChronoUnit.SECONDS), elapsed / 60, elapsed % 60, step.what());
    out.flush();
  }

  private void refuse(Environment environment, DrillScenario played) {
    PaymentRate.check(rate);
    if (!environment.config().localAws() && !elsewhere(environment).contains(played)) {
      throw new BadInputException(
          "--scenario must be %s for %s, got \"%s\": other faults are injected into a local AWS only; elsewhere by AWS FIS"
              .formatted(
                  elsewhere(environment).stream()
                      .map(DrillScenario::word)
                      .collect(Collectors.joining(" or ")),
                  environment.name(),
                  played.word()));
    }
    FailoverMode mode = environment.config().failover().mode();
    if (played.outcome() == Outcome.FAILOVER && mode != FailoverMode.AUTO) {
      throw new BadInputException(
          "failover.mode in %s must be auto for %s, got %s"
              .formatted(
                  environment.file(),
                  played.word(),
                  mode.name().toLowerCase(java.util.Locale.ROOT)));
    }
  }

  /** What is rehearsed on AWS: customers of an environment that protects nothing are none. */
  private static List<DrillScenario> elsewhere(Environment environment) {
    return environment.config().protectData()
        ? List.of(DrillScenario.SWITCHOVER)
        : List.of(DrillScenario.SWITCHOVER, DrillScenario.FRONT_DOOR);
  }
}
