package payments.dr.operations.restore;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import payments.dr.operations.postgres.TableOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code ./dr restore}: which backups are there, and what is in one? */
@Command(
    name = "restore",
    description = {
      "Lists the backups of both Regions, or restores one beside what runs, under a new name, and looks at what is in it. Switches nothing.",
      "Killed or failed, run the same command again, from any machine: it goes on where AWS is. What was restored costs money until it is removed with --clean.",
      "Looks at the restored database only where it is reached, such as on an instance of the fleet's network."
    },
    footer = {
      "  ./dr restore prod",
      "  ./dr restore prod --point arn:aws:rds:us-east-2:123456789012:cluster-snapshot:awsbackup:copyjob-1a2b",
      "  ./dr restore prod --at 2026-11-25T02:45:00Z",
      "  ./dr restore prod --clean dr-restored-v2-1f3a55c0-prod"
    },
    exitCodeList = {
      "0:listed, removed, or restored and nothing to look at",
      "1:bad input, also a backup that is not there; nothing was made",
      "2:AWS or a database failed, or did not tell everything; run it again",
      "3:restored, and something in it must be looked at: lines ATTENTION"
    })
public final class RestoreCommand implements Callable<Integer> {

  private final RestorableEnvironment.Places places;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentParameter chosen;

  @ArgGroup(exclusive = true)
  private Source source = new Source();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Of --at: whose cluster is restored, and where. Default: the primary Region.")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--generation",
      paramLabel = "GENERATION",
      description = "Of --at, such as v2. Default: the active one.")
  private Optional<String> generation = Optional.empty();

  @Mixin private TableOptions table;

  RestoreCommand() {
    this(RestorableEnvironment::of);
  }

  RestoreCommand(RestorableEnvironment.Places places) {
    this.places = places;
  }

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    Environment environment = chosen.of(project);
    table.value();
    if (source.at().isEmpty() && (region.isPresent() || generation.isPresent())) {
      throw new BadInputException("--region and --generation must go with --at, got none");
    }
    if (source.policy()) {
      tell(RestorePolicy.of(project, environment).toPrettyString());
      return ExitCode.DONE;
    }
    if (source.point().isPresent()) {
      return restore(project, environment, source.point().get());
    }
    if (source.at().isPresent()) {
      return restore(project, environment, instant(source.at().get()));
    }
    RestorableEnvironment place = places.open(project, environment);
    if (source.clean().isPresent()) {
      new Cleaning(place, this::tell).remove(source.clean().get());
      return ExitCode.DONE;
    }
    return list(environment, place);
  }

  private int list(Environment environment, RestorableEnvironment place) {
    boolean complete = true;
    for (RegionRole role : RegionRole.values()) {
      Listing.Answer answer =
          new Listing(
                  place.site(role),
                  environment.config().databases().deployed(),
                  place.clock().instant())
              .answer();
      answer.lines().forEach(this::tell);
      complete &= answer.complete();
    }
    tell("restore one: ./dr restore %s --point ARN, or --at INSTANT".formatted(chosen.name()));
    return complete ? ExitCode.DONE : ExitCode.FAILED;
  }

  private int restore(Project project, Environment environment, String arn) {
    RegionRole role =
        roleOf(environment, Stream.of(arn.split(":")).skip(3).findFirst().orElse(""))
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--point must be the ARN of a recovery point in %s, got \"%s\""
                            .formatted(regions(environment), arn)));
    RestorableEnvironment place = places.open(project, environment);
    Site site = place.site(role);
    return restore(environment, place, site, new Choice(site).point(arn));
  }

  private int restore(Project project, Environment environment, Instant time) {
    RegionRole role =
        region
            .map(
                name ->
                    roleOf(environment, name)
                        .orElseThrow(
                            () ->
                                new BadInputException(
                                    "--region must be %s, got \"%s\""
                                        .formatted(regions(environment), name))))
            .orElse(RegionRole.PRIMARY);
    DatabaseGeneration of = generation(environment);
    RestorableEnvironment place = places.open(project, environment);
    Site site = place.site(role);
    return restore(environment, place, site, new Choice(site).at(time, of));
  }

  private int restore(
      Environment environment, RestorableEnvironment place, Site site, Restoration restoration) {
    tell(
        "restores    %s as of %s in %s, beside what runs; safe to stop and run again"
            .formatted(restoration.origin().cluster(), restoration.origin().time(), site.region()));
    Waiting waiting = new Waiting(place.clock(), this::tell);
    GenerationSettings settings = environment.config().databases().of(restoration.generation());
    RestoredCluster cluster = new RestoredCluster(site, restoration, this::tell);
    cluster.restore(settings.port());
    Optional<RestoredTable> sessions =
        restoration
            .origin()
            .sessions()
            .map(from -> new RestoredTable(site, restoration, from, this::tell));
    List<Finding> findings = new ArrayList<>();
    if (sessions.isEmpty()) {
      tell("no table    of sessions has a backup of that time");
    }
    boolean begun = sessions.isPresent() && attempt(sessions.get()::restore, findings);
    cluster.await(waiting);
    cluster.addInstance(settings.clusters().get(restoration.role()).instanceClass(), waiting);
    if (begun) {
      attempt(
          () -> {
            sessions.get().await(waiting);
            String count = sessions.get().count();
            tell(
                Finding.good("sessions: %s in %s".formatted(count, restoration.table())), findings);
          },
          findings);
    }
    new Validation(table.value(), restoration.origin().time())
        .of(
            place.restored(restoration, site.region()),
            () -> place.writer(restoration.generation()))
        .forEach(finding -> tell(finding, findings));
    NextSteps.of(restoration, site.region()).forEach(this::tell);
    return findings.stream().allMatch(Finding::asExpected) ? ExitCode.DONE : ExitCode.OBJECTION;
  }

  /** The payments must not wait for sessions, without which customers sign in again. */
  private boolean attempt(Runnable step, List<Finding> findings) {
    try {
      step.run();
      return true;
    } catch (SdkException | BadInputException | CommandFailedException e) {
      String said =
          e instanceof SdkException failed ? AwsCallException.said(failed) : e.getMessage();
      tell(
          Finding.attention(
              "sessions are not restored: %s; run the same command again, or do without: customers sign in again"
                  .formatted(said)),
          findings);
      return false;
    }
  }

  private void tell(Finding finding, List<Finding> findings) {
    findings.add(finding);
    tell("%-11s %s".formatted(finding.asExpected() ? "ok" : "ATTENTION", finding.text()));
  }

  private DatabaseGeneration generation(Environment environment) {
    List<DatabaseGeneration> deployed = environment.config().databases().deployed();
    return generation
        .map(
            id ->
                deployed.stream()
                    .filter(one -> one.id().equals(id.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new BadInputException(
                                "--generation must be one of %s, got \"%s\""
                                    .formatted(
                                        deployed.stream()
                                            .map(DatabaseGeneration::id)
                                            .collect(Collectors.joining(", ")),
                                        id))))
        .orElse(environment.config().databases().active());
  }

  private static Instant instant(String given) {
    try {
      return Instant.parse(given);
    } catch (DateTimeParseException e) {
      throw new BadInputException(
          "--at must be an instant such as 2026-11-25T02:45:00Z, got \"%s\"".formatted(given));
    }
  }

  private static Optional<RegionRole> roleOf(Environment environment, String region) {
    return Stream.of(RegionRole.values())
        .filter(role -> environment.config().regions().get(role).name().equals(region))
        .findFirst();
  }

  private static String regions(Environment environment) {
    return Stream.of(RegionRole.values())
        .map(role -> environment.config().regions().get(role).name())
        .collect(Collectors.joining(" or "));
  }

  private void tell(String line) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(line);
    console.flush();
  }
}
