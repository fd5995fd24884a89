package payments.dr.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Versioned entries, changed by compare-and-set. Every read sees every earlier write.
 *
 * <p>Every method throws {@link LedgerUnavailableException} when there is no answer in time.
 */
public interface Ledger {

  Optional<LedgerEntry> read(LedgerKey key);

  /**
   * All entries of an entity, by their sort key; each is current, together they are no snapshot.
   */
  List<LedgerEntry> readAll(String entity);

  /**
   * Makes all changes or none.
   *
   * @param changes 1 to 100, no two for the same key
   * @throws LedgerConflictException when one entry has another version than expected
   */
  void write(List<LedgerChange> changes);
}
