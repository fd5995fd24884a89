package payments.dr.operations.rehearse;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.Confirmation;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dr rehearse}. */
@Command(
    name = "rehearse",
    description = {
      "Rehearses the whole life of a throw-away environment: makes it, checks, backs up, restores, drills, measures,"
          + " and destroys it.",
      "Tells what it costs and how long it may take, then asks. Killed anywhere, the same command goes on with the step"
          + " that was not finished.",
      "`make rehearse` starts the local AWS as it is needed, and then this."
    },
    footer = {"  ./dr rehearse rehearsal", "  ./dr rehearse rehearsal --clean"},
    exitCodeList = {
      "0:everything was rehearsed, or cleaned up",
      "1:bad input; nothing was changed",
      "2:a step failed: the environment is as that step left it, and costs money"
    })
public final class RehearseCommand implements Callable<Integer> {

  /** The steps of an environment's life, in order. */
  @FunctionalInterface
  interface Life {

    List<Step> of(Project project, Environment environment, PrintWriter out);
  }

  private final Project project;
  private final Life life;
  private final InstantSource clock;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentParameter chosen;

  @Option(
      names = "--clean",
      description = "Only removes what a rehearsal has made, wherever it was killed.")
  private boolean clean;

  RehearseCommand() {
    this(Project.ofLauncher(), AwsLife::of, InstantSource.system());
  }

  RehearseCommand(Project project, Life life, InstantSource clock) {
    this.project = project;
    this.life = life;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    project.checkout();
    Environment environment = chosen.of(project);
    PrintWriter out = spec.commandLine().getOut();
    List<Step> steps = life.of(project, environment, out);
    Prices prices = Prices.read(project);
    double perHour = new Cost(prices, environment.config()).perHour();
    Cost.refuse(environment, perHour, atMost(steps));
    Duration limit = Duration.ofHours(environment.config().rehearsal().maxHours());
    Journal journal = Journal.of(project, environment, clock);
    tell(out, environment, shown(steps), perHour, prices, journal);
    if (!environment.config().localAws()) {
      Confirmation.of(environment.name());
    }
    Rehearsal rehearsal = new Rehearsal(steps, journal, limit, perHour, clock, out);
    if (clean) {
      rehearsal.clean();
    } else {
      rehearsal.run();
    }
    out.printf("%n%s: %s%n", environment.name(), clean ? "cleaned up" : "rehearsed");
    out.flush();
    return ExitCode.DONE;
  }

  private List<Step> shown(List<Step> steps) {
    return steps.stream().filter(step -> step.cleansUp() || !clean).toList();
  }

  private static Duration atMost(List<Step> steps) {
    return steps.stream().map(Step::atMost).reduce(Duration.ZERO, Duration::plus);
  }

  private void tell(
      PrintWriter out,
      Environment environment,
      List<Step> steps,
      double perHour,
      Prices prices,
      Journal journal) {
    out.printf(
        "%s %s, a throw-away environment%s:%n",
        clean ? "Cleans up" : "Rehearses",
        environment.name(),
        environment.config().localAws() ? " on the local AWS" : "");
    steps.forEach(
        step ->
            out.printf(
                "  %-13s %3d min  %s%s%n",
                step.name(),
                step.atMost().toMinutes(),
                step.what(),
                journal.isDone(step.name()) && !clean ? " (done before)" : ""));
    int hours = environment.config().rehearsal().maxHours();
    double most = atMost(steps).toMinutes() / 60.0;
    out.printf(
        "%.2f dollars an hour on AWS by list prices of %s, also while nobody goes on; all steps %.1f hours and %.2f dollars at most.%n",
        perHour, prices.date(), most, most * perHour);
    out.printf(
        "The bound in %s: %d hours, %d dollars; after these hours it only cleans up.%s%n",
        environment.file(),
        hours,
        environment.config().rehearsal().maxDollars(),
        environment.config().localAws() ? " The local AWS costs nothing." : "");
    out.flush();
  }
}
