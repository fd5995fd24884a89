package payments.dr.operations.doctor;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.console.Project;
import payments.dr.operations.doctor.account.NameServers;
import payments.dr.operations.doctor.account.ResolverNameServers;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dr doctor}: is the account ready, and does what is deployed do what it is there for? */
@Command(
    name = "doctor",
    description = {
      "Says whether the account is ready for an environment and, once it is deployed, whether it is"
          + " as it should be.",
      "Asks AWS and changes nothing, but for --test-alarm. A check that AWS does not answer says"
          + " so, and the others go on."
    },
    footer = {
      "  ./dr doctor prod",
      "  ./dr doctor prod --before payments-dr-prod --format json",
      "  ./dr doctor prod --test-alarm",
      "  ./dr doctor prod --policy"
    },
    exitCodeList = {
      "0:nothing fails; look at lines \"attention\" and \"not answerable\"",
      "1:bad input, also wrong usage",
      "2:AWS does not say who calls: not signed in, refused, or no network here",
      "3:something fails"
    })
public final class DoctorCommand implements Callable<Integer> {

  private final Project project;
  private final BiFunction<Project, Environment, Clients> clients;
  private final NameServers nameServers;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentParameter environment;

  @Option(
      names = "--before",
      paramLabel = "STACK",
      description =
          "Ask only what a deployment of that stack needs: payments-dr-<env>, witness-<env> or"
              + " account-<name>."
              + " `make deploy` does so.")
  private List<String> stacks = List.of();

  @Option(
      names = "--test-alarm",
      description =
          "Also try whether alarms reach people, in both Regions: give a state to the alarm that is"
              + " there for this, and take it away again. Those who are subscribed get a message.")
  private boolean testAlarm;

  @Option(
      names = "--policy",
      description = "Ask nothing; print the IAM policy that allows what would be asked.")
  private boolean policy;

  @Mixin private FormatOption format;

  DoctorCommand() {
    this(
        Project.ofLauncher(),
        (project, environment) -> new SdkClients(AwsAccess.of(project, environment)),
        new ResolverNameServers());
  }

  DoctorCommand(
      Project project, BiFunction<Project, Environment, Clients> clients, NameServers nameServers) {
    this.project = project;
    this.clients = clients;
    this.nameServers = nameServers;
  }

  @Override
  public Integer call() {
    Environment asked = environment.of(project);
    Checks checks =
        new Checks(
            asked, project.configuration().accountOf(asked), nameServers, InstantSource.system());
    if (testAlarm && !stacks.isEmpty()) {
      throw new BadInputException(
          "--test-alarm must come without --before: it tries what is deployed");
    }
    List<Check> before = stacks.isEmpty() ? checks.before() : checks.before(stacks);
    List<Check> tried = testAlarm ? checks.testAlarms() : List.of();
    PrintWriter out = spec.commandLine().getOut();
    if (policy) {
      print(
          out,
          LeastPolicy.of(
              Stream.concat((stacks.isEmpty() ? checks.all() : before).stream(), tried.stream())
                  .toList()));
      return ExitCode.DONE;
    }
    boolean text = format.isText();
    try (CheckRun run =
        new CheckRun(
            clients.apply(project, asked),
            answer -> {
              if (text) {
                out.println(DoctorText.of(answer));
                out.flush();
              }
            })) {
      boolean known = known(run, checks);
      if (known) {
        ask(run, checks, before);
        run.ask(tried);
      }
      int status = status(known, run.answers());
      if (text) {
        out.println(DoctorText.counts(run.answers()));
        out.flush();
      } else {
        print(out, DoctorJson.of(asked.name(), run.answers(), status));
      }
      return status;
    }
  }

  /**
   * Returns whether the caller is of the environment's account: what another one answers says
   * nothing of this one. A Region that is lost or switched off cannot tell; the other one can.
   */
  private static boolean known(CheckRun run, Checks checks) {
    for (RegionRole role : List.of(RegionRole.DR, RegionRole.PRIMARY)) {
      Verdict verdict = run.ask(checks.credentials(role)).verdict();
      if (verdict != Verdict.NOT_ANSWERABLE) {
        return verdict == Verdict.OK;
      }
    }
    return false;
  }

  private void ask(CheckRun run, Checks checks, List<Check> before) {
    run.ask(before);
    if (stacks.isEmpty() && run.ask(checks.deployed()).verdict() == Verdict.OK) {
      run.ask(checks.ofDeployment());
    }
  }

  private static int status(boolean known, List<Answer> answers) {
    if (answers.stream().anyMatch(answer -> answer.result().verdict() == Verdict.FAILS)) {
      return ExitCode.OBJECTION;
    }
    return known ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void print(PrintWriter out, ObjectNode json) {
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
