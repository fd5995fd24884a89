package payments.dr.operations.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.Caller;
import payments.dr.operations.aws.LocalAwsApi;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.drill.load.Load;
import payments.dr.operations.drill.load.PaymentJournal;
import payments.dr.operations.drill.load.Tally;
import payments.dr.operations.drill.record.DrillRecord;
import payments.dr.operations.drill.record.DrillRecord.Balance;
import payments.dr.operations.drill.record.DrillRecord.Measured;
import payments.dr.operations.drill.record.DrillRecord.Step;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.Clusters;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * One drill in one environment, from the first payment to the plan afterwards.
 *
 * @param local the local AWS, where this is one
 * @param folder for the evidence
 * @param unreplicated finds in what the former primary left the payments that are lost
 */
record DrillRun(
    Project project,
    Environment environment,
    DrillScenario scenario,
    AwsAccess aws,
    Optional<LocalAwsApi> local,
    Path folder,
    UnreplicatedKeys unreplicated) {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * @throws BadInputException when a local AWS carries no traffic
   */
  static DrillRun of(
      Project project,
      Environment environment,
      DrillScenario scenario,
      UnreplicatedKeys unreplicated) {
    AwsAccess aws = AwsAccess.of(project, environment);
    Optional<LocalAwsApi> local = DataPlane.of(aws);
    String id = environment.name() + "-" + scenario.word() + "-" + STAMP.format(Instant.now());
    return new DrillRun(
        project,
        environment,
        scenario,
        aws,
        local,
        project.root().resolve("evidence").resolve(id),
        unreplicated);
  }

  /**
   * @param rate new payments a second
   * @param planned whether to make a plan at the end
   * @param told each step as it comes
   */
  DrillRecord run(int rate, boolean planned, Consumer<Step> told) {
    SystemClock clock = new SystemClock();
    ControllerClient controller = ControllerClient.of(environment.name());
    if (local.isPresent()) {
      Schema.of(project).makeIn(writer());
    }
    makeFolder();
    Instant began = clock.instant();
    DrillLog log;
    Tally tally;
    try (PaymentJournal journal = new PaymentJournal(folder.resolve("payments.ndjson"));
        Load load = new Load(new FrontDoor(environment, local).client(clock), journal, clock)) {
      tally = load.tally();
      Drill drill =
          new Drill(
              scenario, regionNames(), stage(controller, tally), DrillLimits.of(environment), told);
      Thread interrupted = new Thread(drill::repair);
      Runtime.getRuntime().addShutdownHook(interrupted);
      load.start(rate);
      log = drill.play();
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
    return record(began, log, tally, controller, planned);
  }

  /**
   * Ends what a killed drill has begun.
   *
   * @param told each step as it comes
   * @return whether there was anything: what is not deployed needs no end
   */
  boolean recover(Consumer<Step> told) {
    DrillLimits limits = DrillLimits.of(environment);
    ControllerClient controller = ControllerClient.of(environment.name());
    try {
      controller.view();
    } catch (LedgerUnavailableException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return false;
      }
      throw e;
    }
    if (local.isPresent()) {
      Schema.of(project).makeIn(writer()); // without tables no payment commits, and none leads home
    }
    new WayHome(
            regionNames(),
            stage(controller, new Tally()),
            limits.begin().plus(limits.recovery()).plus(limits.back()),
            told)
        .go();
    return true;
  }

  private DeployedEnvironment stage(ControllerClient controller, Tally tally) {
    return new DeployedEnvironment(environment, controller, faults(), local, tally);
  }

  private Faults faults() {
    return local.isPresent()
        ? new LocalFaults(local.get(), regionNames())
        : new EmptiedFleet(
            environment,
            region ->
                aws.client(
                    AutoScalingClient.builder()
                        .region(Region.of(region))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())));
  }

  private DrillRecord record(
      Instant began, DrillLog log, Tally tally, ControllerClient controller, boolean planned) {
    Accounts accounts = Accounts.of(tally.acknowledged(), writer());
    Balance balance = accounts.balance(kept(accounts, began));
    Measured measured = measured(began, log, tally, accounts);
    objectives().judge(scenario.outcome(), measured, balance, log);
    log.expect(
        "lost payments are found in what the former primary left",
        balance.lost() == balance.found() || local.isEmpty(),
        balance.lost() + " lost, " + balance.found() + " found");
    Optional<Boolean> plan =
        planned
            ? Optional.of(new NextPlan(project, environment, local.isPresent()).isEmpty())
            : Optional.empty();
    plan.ifPresent(empty -> log.expect("a plan afterwards is empty", empty, "" + empty));
    return new DrillRecord(
        environment.name(),
        scenario.word(),
        kind(),
        began,
        Instant.now(),
        log.steps(),
        log.samples(),
        tally.seconds(),
        measured,
        balance,
        controller.trail(began),
        log.expectations(),
        plan,
        Fingerprints.of(project, environment));
  }

  private Objectives objectives() {
    var failover = environment.config().failover();
    return new Objectives(
        Duration.ofSeconds(failover.rtoTargetSeconds()),
        Duration.ofSeconds(failover.rpoTargetSeconds()));
  }

  private Measured measured(Instant began, DrillLog log, Tally tally, Accounts accounts) {
    Optional<Duration> outage = Optional.of(tally.longestGap(began, log.last().at()));
    if (!scenario.movesWriter()) {
      return new Measured(outage, Optional.empty(), accounts.span(), Map.of());
    }
    String dr = regionNames().dr();
    Optional<Instant> served = tally.first(dr, log.fault());
    return new Measured(
        outage,
        served.map(at -> Duration.between(log.fault(), at)),
        accounts.span(),
        new RecoverySteps(log.fault(), log.samples()).of(dr, served));
  }

  private Set<String> kept(Accounts accounts, Instant began) {
    if (accounts.lost().isEmpty() || local.isEmpty()) {
      return Set.of();
    }
    return unreplicated.find(project, environment, writer(), began);
  }

  /** Of the generation that the application uses. */
  private Cluster writer() {
    return Clusters.of(project, environment).cluster(environment.config().databases().active());
  }

  private String kind() {
    return local.isPresent() ? "emulated" : "AWS, by " + Caller.arn(aws, regionNames().dr());
  }

  private RegionPair<String> regionNames() {
    return environment.config().regions().map(RegionSettings::name);
  }

  private void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
