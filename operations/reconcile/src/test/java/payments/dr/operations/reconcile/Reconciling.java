package payments.dr.operations.reconcile;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.operations.postgres.Cluster;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** {@code ./dr reconcile} in a place of the test's own. */
final class Reconciling {

  static final Instant NOW = Instant.parse("2026-11-25T04:00:00Z");

  Ledger ledger = new InMemoryLedger();
  final FakeRds rds = new FakeRds();
  String out = "";
  String err = "";

  private final Cluster old;
  private final Cluster now;

  /**
   * @param old whatever is restored, and whatever stands detached
   */
  Reconciling(Cluster old, Cluster now) {
    this.old = old;
    this.now = now;
  }

  int run(String... words) {
    StringWriter told = new StringWriter();
    StringWriter wrong = new StringWriter();
    System.setProperty("payments.dr.root", ProjectCopy.PROJECT.toString());
    CommandLine line =
        SomeCommands.of(new ReconcileCommand((project, environment, role) -> new TestPlace()));
    line.setOut(new PrintWriter(told, true));
    line.setErr(new PrintWriter(wrong, true));
    List<String> command = new ArrayList<>(List.of("reconcile"));
    command.addAll(List.of(words));
    int status = line.execute(command.toArray(String[]::new));
    out = told.toString();
    err = wrong.toString();
    return status;
  }

  int run(Path folder, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("local", "--since", "2026-11-25T03:00:00Z", "--out", folder.toString()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private final class TestPlace implements ReconciledEnvironment {

    @Override
    public Ledger ledger() {
      return ledger;
    }

    @Override
    public FormerPrimary formerPrimary(DatabaseGeneration generation) {
      return FormerPrimaries.of(rds, identifier -> old);
    }

    @Override
    public Cluster newPrimary(DatabaseGeneration generation) {
      return now;
    }

    @Override
    public Instant now() {
      return NOW;
    }
  }
}
