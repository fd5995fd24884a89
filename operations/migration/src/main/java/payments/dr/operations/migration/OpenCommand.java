package payments.dr.operations.migration;

import java.time.Clock;
import java.util.concurrent.Callable;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.model.Phase;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Lease;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.Mutex;
import payments.dr.ledger.MutexHeldException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import payments.dr.operations.ledger.EnvironmentLedger;
import payments.dr.operations.migration.cutover.LedgerJournal;
import payments.dr.operations.migration.cutover.Reopening;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.Clusters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./dr database open}. */
@Command(
    name = "open",
    description = {
      "Gives logins and rights back that a cutover took, when a failover has cut it short: they are"
          + " closed in the promoted Region, too.",
      "At the generation that the ledger says has the data, and there alone: works while the other"
          + " one is gone. `./dr migrate rollback` cleans the cutover up later."
    },
    footer = "  ./dr database open prod",
    exitCodeList = {
      "0:open, also when it was before",
      "1:bad input, also a ledger that does not say where the data is",
      "2:PostgreSQL, AWS or the ledger failed, or a migration is at work"
    })
public final class OpenCommand implements Callable<Integer> {

  private static final String MIGRATION = "migration v1-v2";

  @Mixin private EnvironmentParameter chosen;

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    Environment environment = chosen.of(project);
    Ledger ledger = EnvironmentLedger.open(project, environment);
    DataRecord data =
        DataRecord.read(ledger)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "ledger must know where the data is: run ./dr database init first"));
    Cluster cluster = Clusters.of(project, environment).cluster(generation(environment, data));
    System.out.println(open(ledger, data, cluster));
    return ExitCode.DONE;
  }

  private static DatabaseGeneration generation(Environment environment, DataRecord data) {
    return environment.config().databases().deployed().stream()
        .filter(deployed -> deployed.id().equals(data.generation()))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "generation that the ledger says has the data must be in databases.deployed of"
                        + " %s.yaml, got %s".formatted(environment.name(), data.generation())));
  }

  private static String open(Ledger ledger, DataRecord data, Cluster cluster) {
    Holder holder = Holder.ofThisProcess("opening " + data.generation());
    try (Lease lease = take(ledger, holder)) {
      LedgerJournal journal =
          new LedgerJournal(ledger, lease, holder, Clock.systemUTC(), "v1-v2", "none");
      return new Reopening(cluster, journal).run()
          ? "opened: logins and rights of %s are as before the cutover".formatted(data.generation())
          : "as it is: nothing of %s was closed".formatted(data.generation());
    }
  }

  /** From the controller, which takes it again with its next tick; never from a migration. */
  private static Lease take(Ledger ledger, Holder holder) {
    Mutex mutex = EnvironmentLedger.mutex(ledger);
    try {
      return mutex.acquire(holder);
    } catch (MutexHeldException e) {
      boolean migrating =
          mutex.holding().filter(held -> held.holder().purpose().equals(MIGRATION)).isPresent();
      boolean moved =
          StateStore.read(ledger)
              .map(last -> last.state().phase())
              .filter(Phase::excludesCutover)
              .isPresent();
      if (migrating || !moved) {
        throw e;
      }
      return mutex.preempt(holder);
    }
  }
}
