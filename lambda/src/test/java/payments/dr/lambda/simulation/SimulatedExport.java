package payments.dr.lambda.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import payments.dr.lambda.loop.AuditExport;
import payments.dr.lambda.port.AuditArchive;
import payments.dr.lambda.port.PortException;
import payments.dr.ledger.Audit;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerException;
import payments.dr.ledger.LedgerKey;

/**
 * The production export beside the controller, with faults and chance of its own: calls that fail
 * before or after they took effect, deaths around every call, and a second export in between. Being
 * apart, it changes nothing of what the controller's seeds tell.
 */
final class SimulatedExport implements Ledger, AuditArchive {

  private static final int DEEPEST = 2;

  private final Ledger ledger;
  private final World world;
  private final SplittableRandom random;
  private final Map<String, Map<String, String>> objects = new TreeMap<>();
  private final AuditExport export =
      new AuditExport(this, this, () -> SimulatedPorts.START, AuditExport.LIMIT);

  private int depth;
  private boolean dark;
  private boolean well;

  SimulatedExport(Ledger ledger, World world) {
    this.ledger = ledger;
    this.world = world;
    random = new SplittableRandom(world.scenario.seed() * 31 + 7);
  }

  /** The archive takes nothing from now on. */
  void darken() {
    dark = true;
  }

  /** A second passes. */
  void step() {
    if (world.now() % AuditExport.PACE.toSeconds() == 0 && world.weather.drUp()) {
      run();
    }
  }

  /** What the archive holds when everything is well again, by the names of the ledger's entries. */
  Map<String, Map<String, String>> finish() {
    well = true;
    run();
    return objects;
  }

  private void run() {
    depth++;
    try {
      export.run();
    } catch (PortException | LedgerException | Crash e) {
      // The next run goes on from the ledger.
    } finally {
      depth--;
    }
  }

  @Override
  public void keep(String incident, long version, Map<String, String> values) {
    around(
        () -> {
          if (dark) {
            throw new PortException("the archive is dark");
          }
          Map<String, String> there =
              objects.putIfAbsent(Audit.key(incident, version).toString(), values);
          if (there != null && !there.equals(values)) {
            throw new IllegalStateException("row " + incident + "/" + version + " differs");
          }
          return null;
        });
  }

  @Override
  public Optional<LedgerEntry> read(LedgerKey key) {
    return around(() -> ledger.read(key));
  }

  @Override
  public List<LedgerEntry> readAll(String entity) {
    return around(() -> ledger.readAll(entity));
  }

  @Override
  public void write(List<LedgerChange> changes) {
    around(
        () -> {
          ledger.write(changes);
          return null;
        });
  }

  private <T> T around(Supplier<T> call) {
    disturb();
    T result = call.get();
    disturb();
    return result;
  }

  private void disturb() {
    if (well) {
      return;
    }
    switch (random.nextInt(40)) {
      case 0 -> throw new Crash();
      case 1 -> throw new PortException("timed out");
      case 2 -> {
        if (depth < DEEPEST) {
          run();
        }
      }
      default -> {}
    }
  }
}
