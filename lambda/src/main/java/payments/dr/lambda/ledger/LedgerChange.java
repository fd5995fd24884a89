package payments.dr.lambda.ledger;

import java.util.Map;

/**
 * New values for one entry, or the mere demand that it has not changed.
 *
 * @param expectedVersion version that it must have until now; 0: it must not exist
 * @param values null when only the version is checked
 */
public record LedgerChange(LedgerKey key, long expectedVersion, Map<String, String> values) {

  public static LedgerChange create(LedgerKey key, Map<String, String> values) {
    return new LedgerChange(key, 0, values);
  }

  public static LedgerChange update(LedgerEntry current, Map<String, String> values) {
    return new LedgerChange(current.key(), current.version(), values);
  }

  public static LedgerChange unchanged(LedgerEntry current) {
    return new LedgerChange(current.key(), current.version(), null);
  }
}
