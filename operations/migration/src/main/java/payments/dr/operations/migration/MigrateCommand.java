package payments.dr.operations.migration;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.operations.console.CommandGroup;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.ledger.EnvironmentLedger;
import payments.dr.operations.migration.cutover.Migration;
import payments.dr.operations.migration.cutover.MigrationStatus;
import payments.dr.operations.migration.preflight.Gate;
import payments.dr.operations.migration.preflight.Preflight;
import payments.dr.operations.migration.sessions.SessionsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./dr migrate} with everything below it. */
@Command(
    name = "migrate",
    description = {
      "Moves data between database generations.",
      "preflight, prepare, start, status until everything follows, verify, cutover; rollback at any"
          + " time until finish. A command that was stopped is run again and goes on."
    },
    subcommands = {SessionsCommand.class},
    footer = {
      "  ./dr migrate preflight prod",
      "  ./dr migrate cutover prod --dry-run | less",
      "  ./dr migrate status prod --format json"
    },
    exitCodeListHeading = "%nExit codes of every command:%n",
    exitCodeList = {
      "0:done",
      "1:bad input, or not the time for it; nothing was changed",
      "2:a database, AWS or the ledger failed; the message says who takes writes",
      "3:preflight refuses, or verify found a difference"
    })
public final class MigrateCommand extends CommandGroup {

  private static final String DRY_RUN = "--dry-run";
  private static final String DRY_RUN_MEANING =
      "Print the SQL, with secrets masked, and change nothing.";

  private final PlanReview review;

  /**
   * Makes the command.
   *
   * @param review of the plan that moves the pointer
   */
  public MigrateCommand(PlanReview review) {
    this.review = review;
  }

  @Command(
      description = "Says what stands against a migration, and how to mend it; changes nothing.",
      mixinStandardHelpOptions = true)
  int preflight(@Mixin EnvironmentParameter environment) {
    EnvironmentMigration open = open(environment);
    Preflight preflight = Preflight.of(open.source(), open.target());
    out().print(preflight.text());
    out().flush();
    return preflight.isRefused() ? ExitCode.OBJECTION : ExitCode.DONE;
  }

  @Command(
      description = {
        "Freezes the schema and makes it at the target, with roles and logins.",
        "Nobody logs in to the target until the cutover opens it."
      },
      mixinStandardHelpOptions = true)
  int prepare(
      @Mixin EnvironmentParameter environment,
      @Option(
              names = "--discard-copy",
              description =
                  "Drop the schema that an earlier prepare has made, rows included, if it differs.")
          boolean discardCopy,
      @Mixin Decisions decisions,
      @Option(names = DRY_RUN, description = DRY_RUN_MEANING) boolean dryRun) {
    return change(
        environment,
        dryRun,
        migration -> {
          decisions.pass(Gate.PREPARE, open(environment), migration);
          migration.prepare(discardCopy);
        });
  }

  @Command(
      description = "Lets the target copy and follow; the copy goes on after this has returned.",
      mixinStandardHelpOptions = true)
  int start(
      @Mixin EnvironmentParameter environment,
      @Option(
              names = "--discard-copy",
              description = "Empty the target's tables first, which an earlier start has filled.")
          boolean discardCopy,
      @Mixin Decisions decisions,
      @Option(names = DRY_RUN, description = DRY_RUN_MEANING) boolean dryRun) {
    return change(
        environment,
        dryRun,
        migration -> {
          decisions.pass(migration.gateOfStart(), open(environment), migration);
          migration.start(discardCopy);
        });
  }

  @Command(
      description = {
        "Says how far it is, who works on it, and what to run next.",
        "Writes one row, to measure how long a write takes to the other side."
      },
      mixinStandardHelpOptions = true)
  int status(@Mixin EnvironmentParameter environment, @Mixin FormatOption format) {
    EnvironmentMigration open = open(environment);
    MigrationStatus status = open.status();
    Optional<String> holder =
        EnvironmentLedger.mutex(open.ledger()).holding().map(Object::toString);
    format.print(
        () -> MigrationText.of(status, holder, System.console() != null, Instant.now()),
        () -> json(status, holder));
    return ExitCode.DONE;
  }

  @Command(
      description = "Compares both sides while writes go on: schemas, and every row by checksums.",
      mixinStandardHelpOptions = true)
  int verify(@Mixin EnvironmentParameter environment) {
    return open(environment).run(false, out(), Migration::verify).equal()
        ? ExitCode.DONE
        : ExitCode.OBJECTION;
  }

  @Command(
      description = {
        "Closes the source, drains, compares, turns replication round and moves the pointer by the"
            + " plan that scripts/ci/plan has saved.",
        "Up to `open` every failure opens the source again; from there it goes forward only."
      },
      mixinStandardHelpOptions = true)
  int cutover(
      @Mixin EnvironmentParameter environment,
      @Mixin SessionOptions sessions,
      @Mixin Decisions decisions,
      @Option(names = DRY_RUN, description = DRY_RUN_MEANING) boolean dryRun) {
    EnvironmentMigration open = open(environment);
    Optional<Duration> pause =
        open.run(
            dryRun,
            out(),
            Optional.of(sessions),
            migration -> {
              if (migration.isBeforeCutover()) {
                decisions.pass(Gate.REPLICATING, open, migration);
              }
              return migration.cutover();
            });
    if (!dryRun) {
      tell(pause, "the data was moved already");
      moved(open, DatabaseGeneration.V2, DatabaseGeneration.V1);
    }
    return ExitCode.DONE;
  }

  @Command(
      description = {
        "Back to where the data was, with every write: before the cutover by ending the replication,"
            + " after it by a cutover in the other direction.",
        "After the cutover it applies the plan that leads back, which the cutover has saved."
      },
      mixinStandardHelpOptions = true)
  int rollback(
      @Mixin EnvironmentParameter environment,
      @Mixin SessionOptions sessions,
      @Option(
              names = "--discard-strays",
              description = {
                "Give rows that differ at the side that followed what the other has, and print them:"
                    + " somebody wrote there in spite of its fence."
              })
          boolean discardStrays,
      @Option(names = DRY_RUN, description = DRY_RUN_MEANING) boolean dryRun) {
    EnvironmentMigration open = open(environment);
    Optional<Duration> pause =
        open.run(
            dryRun,
            out(),
            Optional.of(sessions),
            discardStrays ? Migration::rollbackDiscardingStrays : Migration::rollback);
    if (!dryRun) {
      tell(pause, "the data never left; the replication is gone, the target keeps its copy");
      if (pause.isPresent()) {
        moved(open, DatabaseGeneration.V1, DatabaseGeneration.V2);
      }
    }
    return ExitCode.DONE;
  }

  @Command(
      description = {
        "Ends the way back: removes slots, publications, subscriptions, workspaces and logins of the"
            + " migration on both sides.",
        "The generation that was left stays closed to all but the administrator, to be removed."
      },
      mixinStandardHelpOptions = true)
  int finish(
      @Mixin EnvironmentParameter environment,
      @Option(names = DRY_RUN, description = DRY_RUN_MEANING) boolean dryRun) {
    int status = change(environment, dryRun, Migration::finish);
    if (!dryRun) {
      out()
          .println(
              "left: the other generation, closed to all but the administrator and jobs that other"
                  + " databases run there, with its data, roles and backups, until"
                  + " databases.retiring and databases.deployed take it away");
      out().flush();
    }
    return status;
  }

  /** A command without an answer. */
  private interface Change {
    void make(Migration migration);
  }

  private int change(EnvironmentParameter environment, boolean dryRun, Change change) {
    open(environment)
        .run(
            dryRun,
            out(),
            migration -> {
              change.make(migration);
              return null;
            });
    return ExitCode.DONE;
  }

  private void tell(Optional<Duration> pause, String otherwise) {
    out()
        .println(
            pause
                .map(time -> "writes paused for %.2f s".formatted(time.toMillis() / 1000.0))
                .orElse(otherwise));
    out().flush();
  }

  private void moved(EnvironmentMigration open, DatabaseGeneration to, DatabaseGeneration from) {
    out()
        .printf(
            "commit `active: %s` in %s.yaml, or the next plan leads back%n",
            to.id(), open.environment().name());
    out().flush();
    open.plan().saveWayBack(from.id());
  }

  private static String json(MigrationStatus status, Optional<String> holder) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("phase", status.record().label());
    values.put("step", status.record().step());
    values.put("source", status.record().source());
    values.put("target", status.record().target());
    values.put("connected", status.connected());
    values.put("lagBytes", status.lagBytes());
    values.put("lagMillis", status.lag().map(Duration::toMillis).orElse(null));
    values.put("errors", status.errors());
    values.put("tables", status.tables());
    values.put("slots", status.slots());
    values.put("verified", status.verified());
    values.put("closed", status.fenced());
    values.put("decisions", status.record().decisions());
    values.put("mutex", holder.orElse(null));
    values.put("next", status.next());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values)
          + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private EnvironmentMigration open(EnvironmentParameter environment) {
    return EnvironmentMigration.of(environment.name(), review);
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }
}
