package payments.dr.lambda.loop;

import java.util.Optional;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.ledger.Audit;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/** Audit rows of which each leads to the one before. */
enum ExportedChain {
  /** What the controller decided: each row names the one before, across incidents. */
  CONTROLLER("controller") {
    @Override
    String newest(Ledger ledger) {
      return ledger
          .read(StateStore.KEY)
          .map(state -> state.values().get(AuditTrail.ROW))
          .orElse("");
    }

    @Override
    String before(RowName name, LedgerEntry row) {
      return row.values().get(AuditTrail.PREVIOUS);
    }
  },
  /** What humans ordered: numbered without a gap. */
  ORDERS(ControlRecord.AUDIT_ID) {
    @Override
    String newest(Ledger ledger) {
      return name(ControlRecord.read(ledger).version());
    }

    @Override
    String before(RowName name, LedgerEntry row) {
      return name(name.version() - 1);
    }

    private static String name(long version) {
      return version == 0 ? "" : new RowName(ControlRecord.AUDIT_ID, version).toString();
    }
  };

  private final LedgerKey checkpoint;

  ExportedChain(String id) {
    checkpoint = new LedgerKey("ARCHIVE", id);
  }

  /** The entry that tells how far it is exported. */
  LedgerKey checkpoint() {
    return checkpoint;
  }

  /** Name of the newest row; empty: there is none. */
  abstract String newest(Ledger ledger);

  /** Name of the row before one; empty: it is the first. */
  abstract String before(RowName name, LedgerEntry row);

  /**
   * The named row. Where somebody took it away, the newest of the same incident before it, as
   * {@link AuditTrail} goes on.
   */
  static Optional<LedgerEntry> row(Ledger ledger, RowName name) {
    Optional<LedgerEntry> found = ledger.read(name.key());
    return found.isPresent()
        ? found
        : ledger.readAll(Audit.entity(name.incident())).stream()
            .filter(row -> RowName.of(name.incident(), row).version() < name.version())
            .reduce((older, newer) -> newer);
  }
}
