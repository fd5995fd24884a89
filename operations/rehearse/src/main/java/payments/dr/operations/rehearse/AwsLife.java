package payments.dr.operations.rehearse;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.Witness;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.JsonCalls;
import payments.dr.operations.console.Project;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The life of an environment on AWS, or on the local AWS: the steps of its rehearsal, in order. */
final class AwsLife {

  private static final String DR = "./dr";

  /** AWS's jobs and functions take minutes. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private static final Duration LOCAL_PAUSE = Duration.ofSeconds(5);

  private AwsLife() {}

  static List<Step> of(Project project, Environment environment, PrintWriter out) {
    Programs programs = new Programs(project.root());
    Supplier<AwsAccess> access = () -> AwsAccess.of(project, environment);
    Runnable pause =
        environment.config().localAws() ? () -> pause(LOCAL_PAUSE) : () -> pause(PAUSE);
    boolean local = environment.config().localAws();
    String name = environment.name();
    String account = "account-" + environment.config().account();
    Optional<States> states = states(project, environment, programs, access);
    List<Step> steps = new ArrayList<>();
    states.ifPresent(
        own ->
            steps.add(
                Step.of(
                    "states",
                    "makes the buckets for the states of the environment and its account",
                    minutes(10),
                    own::make)));
    if (!local) {
      steps.add(
          Step.of(
              "account",
              "deploys %s, which stays: without it AWS Backup backs up nothing".formatted(account),
              minutes(15),
              () -> deploy(programs, name, "STACKS=" + account)));
    }
    steps.add(
        Step.of(
            "deploy",
            "makes everything; the zone must be delegated while it waits for its certificate",
            minutes(60),
            () -> deploy(programs, name)));
    steps.add(
        Step.of(
            "database",
            "makes roles, grants and tables; it must reach the database, see docs/operate/database.md",
            minutes(5),
            () -> programs.run(DR, "database", "init", name)));
    if (!local) {
      steps.add(
          Step.of(
              "application",
              "waits until the application on the fleet commits a row",
              minutes(15),
              ApplicationAnswers.of(environment, pause)));
    }
    Doctor doctor = new Doctor(programs, name, out, pause);
    steps.add(
        Step.of(
            "doctor",
            "asks whether everything is as it should be, with a test alarm in both Regions",
            minutes(30),
            doctor));
    Restore restore = new Restore(project, environment, programs, access, pause);
    steps.add(
        Step.of(
            "restore",
            "backs the database up, copies that to the DR Region, and restores it there",
            minutes(90),
            restore));
    steps.add(drill(programs, name, "switchover", 45));
    steps.add(drill(programs, name, "front-door", 60));
    steps.add(
        Step.of(
            "answers",
            "writes into %s what only AWS could tell".formatted(AnswersPage.FILE),
            minutes(5),
            new Answers(project, environment, doctor, access)));
    steps.add(
        Step.cleaningUp(
            "home",
            "repairs what a drill left broken, and orders the writer back",
            minutes(30),
            () -> recover(programs, name)));
    steps.add(
        Step.cleaningUp(
            "unrestore", "deletes the restored database", minutes(20), restore::remove));
    steps.add(
        Step.cleaningUp(
            "destroy",
            "removes everything but the account's own",
            minutes(60),
            () -> {
              if (states.map(States::areThere).orElse(true)) {
                destroy(programs, environment, out);
              }
            }));
    states.ifPresent(
        own ->
            steps.add(
                Step.cleaningUp(
                    "unstate",
                    "removes the buckets of the environment's states",
                    minutes(10),
                    own::remove)));
    steps.add(
        Step.cleaningUp(
            "left",
            "lists what is left",
            minutes(5),
            new Leftovers(
                (region, request) -> new JsonCalls(access.get()).ask(region, request),
                Leftovers.regions(environment),
                name,
                out)));
    if (local) {
      steps.add(
          Step.cleaningUp(
              "stop",
              "stops the local AWS",
              minutes(2),
              () -> programs.run("emulator/local-aws", "stop")));
    }
    steps.add(
        Step.of(
            "measurements",
            "writes what the drills measured into " + environment.measurementsFile(),
            minutes(1),
            new Measured(project, environment)));
    return List.copyOf(steps);
  }

  /** Of an environment whose states are in buckets of its own. */
  private static Optional<States> states(
      Project project, Environment environment, Programs programs, Supplier<AwsAccess> access) {
    if (!(environment.backend(environment.stackName()) instanceof StateBackend.S3 backend)) {
      return Optional.empty();
    }
    return Optional.of(
        new States(
            project,
            environment,
            backend,
            programs,
            region ->
                access
                    .get()
                    .client(
                        S3Client.builder()
                            .forcePathStyle(environment.config().localAws())
                            .region(Region.of(region))
                            .httpClientBuilder(UrlConnectionHttpClient.builder()))));
  }

  /** What a killed drill left is repaired first. */
  private static Step drill(Programs programs, String environment, String scenario, int minutes) {
    return Step.of(
        scenario,
        scenario.equals("switchover")
            ? "moves there and back by order, under payments"
            : "empties the primary fleet under payments; the controller must fail over by itself",
        minutes(minutes),
        () -> {
          recover(programs, environment);
          programs.confirmed(
              environment, DR, "drill", environment, "--scenario", scenario, "--no-plan");
        });
  }

  private static void recover(Programs programs, String environment) {
    programs.confirmed(environment, DR, "drill", environment, "--recover");
  }

  private static void deploy(Programs programs, String environment, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "make",
                "--no-print-directory",
                "deploy",
                "ENV=" + environment,
                "APPROVE=--auto-approve"));
    command.addAll(List.of(more));
    programs.run(command.toArray(String[]::new));
  }

  /**
   * Not by `make destroy`: it would stop the local AWS before it is asked what is left. A
   * controller that is not paused takes the removal of its fleet for a loss, and moves the writer
   * where AWS refuses to delete it.
   */
  private static void destroy(Programs programs, Environment environment, PrintWriter out) {
    String name = environment.name();
    if (!programs.succeed(DR, "pause", name, "--reason", "the rehearsal removes it")) {
      out.println(
          "   the controller is not paused, see above: of what is half removed it may be gone");
      out.flush();
    }
    programs.run("make", "--no-print-directory", "environment-stacks", "ENV=" + name);
    List<String> command =
        new ArrayList<>(List.of("scripts/stacks", "destroy", "--auto-approve", name));
    if (environment.config().localAws()) {
      command.add("account-" + environment.config().account());
    }
    environment.witness().map(Witness::stackName).ifPresent(command::add);
    command.add(environment.stackName());
    programs.run(command.toArray(String[]::new));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }
}
