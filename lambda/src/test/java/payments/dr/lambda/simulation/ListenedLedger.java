package payments.dr.lambda.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/**
 * A ledger with somebody who hears of every write that was made.
 *
 * @param written hears it before the writer does
 */
record ListenedLedger(Ledger ledger, Consumer<List<LedgerChange>> written) implements Ledger {

  @Override
  public Optional<LedgerEntry> read(LedgerKey key) {
    return ledger.read(key);
  }

  @Override
  public List<LedgerEntry> readAll(String entity) {
    return ledger.readAll(entity);
  }

  @Override
  public void write(List<LedgerChange> changes) {
    ledger.write(changes);
    written.accept(changes);
  }
}
