package payments.dr.operations.migration;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Lease;
import payments.dr.ledger.LeaseRenewer;
import payments.dr.ledger.Ledger;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;
import payments.dr.operations.ledger.EnvironmentLedger;
import payments.dr.operations.migration.cutover.CutoverLimits;
import payments.dr.operations.migration.cutover.Journal;
import payments.dr.operations.migration.cutover.LedgerJournal;
import payments.dr.operations.migration.cutover.Migration;
import payments.dr.operations.migration.cutover.MigrationRecord;
import payments.dr.operations.migration.cutover.MigrationStatus;
import payments.dr.operations.migration.cutover.Pointer;
import payments.dr.operations.migration.cutover.Progress;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.migration.sessions.SessionMigration;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.Clusters;

/** The migration of an environment: its clusters, its ledger, its pointer. */
record EnvironmentMigration(
    Project project, Environment environment, Ledger ledger, PlanReview review) {

  static final String ID = "v1-v2";

  /**
   * @throws BadInputException when there is no such environment
   */
  static EnvironmentMigration of(String name, PlanReview review) {
    Project project = Project.ofLauncher();
    Environment environment = project.environment(name);
    return new EnvironmentMigration(
        project, environment, EnvironmentLedger.open(project, environment), review);
  }

  Cluster source() {
    return Clusters.of(project, environment).cluster(DatabaseGeneration.V1);
  }

  Cluster target() {
    return Clusters.of(project, environment).cluster(DatabaseGeneration.V2);
  }

  /** With the mutex held, which a dry run leaves alone. */
  <T> T run(boolean dryRun, PrintWriter out, Function<Migration, T> command) {
    return run(dryRun, out, Optional.empty(), command);
  }

  /**
   * @param sessions what becomes of them, when the database may move
   */
  <T> T run(
      boolean dryRun,
      PrintWriter out,
      Optional<SessionOptions> sessions,
      Function<Migration, T> command) {
    SavedPlan plan = plan();
    if (dryRun) {
      return command.apply(
          migration(
              new DryJournal(LedgerJournal.read(ledger, ID)),
              new ToldPointer(new SteadyFirst(ledger, plan), out),
              new ConsoleProgress(new PrintWriter(Writer.nullWriter())),
              new SqlChanges(out)));
    }
    Holder holder = Holder.ofThisProcess("migration " + ID);
    try (LeaseRenewer renewer =
        LeaseRenewer.start(EnvironmentLedger.mutex(ledger).acquire(holder))) {
      LedgerJournal journal =
          new LedgerJournal(ledger, renewer.lease(), holder, Clock.systemUTC(), ID, plan.hash());
      Pointer pointer =
          sessions
              .filter(SessionOptions::goAlong)
              .<Pointer>map(options -> sessionsFirst(options, renewer.lease(), plan))
              .orElse(plan);
      return command.apply(
          migration(
              journal,
              new SteadyFirst(ledger, pointer),
              new ConsoleProgress(out),
              SqlChanges.MADE));
    }
  }

  private Migration migration(
      Journal journal, Pointer pointer, Progress progress, SqlChanges changes) {
    return new Migration(
        source(),
        target(),
        journal,
        pointer,
        CutoverLimits.DEFAULT,
        progress,
        Clock.systemUTC(),
        changes);
  }

  MigrationStatus status() {
    MigrationRecord record =
        LedgerJournal.read(ledger, ID)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "there must be a migration, got none: run ./dr migrate preflight %s, then prepare"
                            .formatted(environment.name())));
    boolean home = record.source().equals(record.home());
    return home
        ? MigrationStatus.of(record, source(), target())
        : MigrationStatus.of(record, target(), source());
  }

  SavedPlan plan() {
    return SavedPlan.of(project, environment, review);
  }

  private SessionsFirst sessionsFirst(SessionOptions options, Lease mutex, SavedPlan plan) {
    return new SessionsFirst(
        SessionMigration.of(environment.name()), options.idempotencyPrefix(), mutex, plan);
  }
}
