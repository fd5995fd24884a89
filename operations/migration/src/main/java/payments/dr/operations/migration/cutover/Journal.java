package payments.dr.operations.migration.cutover;

import java.util.Optional;

/** Where a migration records itself; written by whoever holds the environment's mutex. */
public interface Journal {

  Optional<MigrationRecord> read();

  /**
   * Both at once or neither.
   *
   * @throws payments.dr.ledger.LeaseLostException when somebody else took the mutex
   */
  void save(MigrationRecord next, DataChange data);

  /**
   * @throws payments.dr.ledger.LeaseLostException when somebody else took the mutex
   */
  void check();
}
