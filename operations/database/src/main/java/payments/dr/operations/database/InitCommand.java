package payments.dr.operations.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationsSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Ledger;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import payments.dr.operations.database.Initialization.Done;
import payments.dr.operations.database.Initialization.Outcome;
import payments.dr.operations.ledger.EnvironmentLedger;
import payments.dr.operations.postgres.Clusters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dr database init}. */
@Command(
    name = "init",
    description = {
      "Makes roles, grants, the heartbeat table and extensions, as far as they are not there.",
      "Applications own nothing afterwards. With one generation deployed, also records in the"
          + " ledger that the data is there."
    },
    footer = "  ./dr database init prod --dry-run",
    exitCodeList = {
      "0:the database has everything",
      "1:bad input, also a reader and a database in a migration",
      "2:PostgreSQL refused; nothing was changed"
    })
public final class InitCommand implements Callable<Integer> {

  @Mixin private EnvironmentParameter chosen;

  @Option(
      names = "--generation",
      paramLabel = "GENERATION",
      description = "Deployed generation, such as v1. Default: the active one.")
  private Optional<String> generation = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Prints the SQL instead; runs it too, and rolls it back.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    Environment environment = chosen.of(project);
    GenerationsSettings databases = environment.config().databases();
    DatabaseGeneration chosen = generation(databases);
    Clusters clusters = Clusters.of(project, environment);
    show(
        new Initialization(
                clusters.cluster(chosen),
                databases.of(chosen).applicationUsername(),
                environment.config().failover().lease() == LeaseGrade.MAJORITY)
            .run(dryRun));
    if (!dryRun && databases.deployed().size() == 1) {
      record(EnvironmentLedger.open(project, environment), clusters, chosen);
    }
    return ExitCode.DONE;
  }

  private void show(List<Done> all) {
    for (Done done : all) {
      if (!dryRun) {
        System.out.println(label(done.outcome()) + done.step().what());
      } else if (done.outcome() == Outcome.MADE) {
        System.out.printf("-- %s%n%s;%n", done.step().what(), done.step().sql().strip());
      }
    }
    long made = all.stream().filter(done -> done.outcome() == Outcome.MADE).count();
    System.out.printf(
        "%s%d of %d %s%n", dryRun ? "-- " : "", made, all.size(), dryRun ? "to make" : "made");
  }

  private static void record(Ledger ledger, Clusters clusters, DatabaseGeneration generation) {
    Optional<DataRecord> recorded = DataRecord.read(ledger);
    if (recorded.isEmpty()) {
      ledger.write(
          List.of(
              DataRecord.first(generation.id(), clusters.writerRegion(generation), Instant.now())));
      recorded = DataRecord.read(ledger);
    }
    System.out.println("ledger: data is " + recorded.orElseThrow());
  }

  private static String label(Outcome outcome) {
    return switch (outcome) {
      case MADE -> "made:     ";
      case ALREADY_SO -> "as it is: ";
      case NOT_HERE -> "not here: ";
    };
  }

  private DatabaseGeneration generation(GenerationsSettings databases) {
    if (generation.isEmpty()) {
      return databases.active();
    }
    return databases.deployed().stream()
        .filter(deployed -> deployed.id().equals(generation.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "generation must be deployed (%s), got \"%s\""
                        .formatted(
                            String.join(
                                ", ",
                                databases.deployed().stream().map(DatabaseGeneration::id).toList()),
                            generation.get())));
  }
}
