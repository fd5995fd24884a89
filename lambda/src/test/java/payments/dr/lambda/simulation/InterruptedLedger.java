package payments.dr.lambda.simulation;

import java.util.List;
import java.util.Optional;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerException;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.LedgerUnavailableException;

/** A ledger as a controller reaches it, in either Region. */
record InterruptedLedger(Ledger ledger, Interruptions interruptions, Reachable reachable)
    implements Ledger {

  /** Whether the Region that holds it can be reached. */
  @FunctionalInterface
  interface Reachable {
    boolean now();
  }

  @Override
  public Optional<LedgerEntry> read(LedgerKey key) {
    return interruptions.around(
        () -> {
          reach();
          return ledger.read(key);
        },
        InterruptedLedger::unavailable);
  }

  @Override
  public List<LedgerEntry> readAll(String entity) {
    return interruptions.around(
        () -> {
          reach();
          return ledger.readAll(entity);
        },
        InterruptedLedger::unavailable);
  }

  @Override
  public void write(List<LedgerChange> changes) {
    interruptions.around(
        () -> {
          reach();
          ledger.write(changes);
          return null;
        },
        InterruptedLedger::unavailable);
  }

  private void reach() {
    if (!reachable.now()) {
      throw unavailable();
    }
  }

  private static LedgerException unavailable() {
    return new LedgerUnavailableException("the ledger gave no answer", null);
  }
}
