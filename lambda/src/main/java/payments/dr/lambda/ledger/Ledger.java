package payments.dr.lambda.ledger;

import java.util.List;
import java.util.Optional;

/** Versioned entries, changed by compare-and-set. Every read sees every earlier write. */
public interface Ledger {

  Optional<LedgerEntry> read(LedgerKey key);

  /** All entries of an entity, by their sort key. */
  List<LedgerEntry> readAll(String entity);

  /**
   * Makes all changes or none.
   *
   * @throws LedgerConflictException when one entry has another version than expected
   */
  void write(List<LedgerChange> changes);
}
