package payments.dr.lambda.loop;

import payments.dr.ledger.Audit;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/**
 * Names an audit row as the state and other rows do: {@code <incident>/<version>}.
 *
 * @param version of the entry that the row keeps
 */
record RowName(String incident, long version) {

  static RowName of(String name) {
    int slash = name.lastIndexOf('/');
    return new RowName(name.substring(0, slash), Long.parseLong(name.substring(slash + 1)));
  }

  /**
   * @param row one of {@code incident}
   */
  static RowName of(String incident, LedgerEntry row) {
    return new RowName(incident, Long.parseLong(row.key().entry()));
  }

  LedgerKey key() {
    return Audit.key(incident, version);
  }

  @Override
  public String toString() {
    return incident + "/" + version;
  }
}
