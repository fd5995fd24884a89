package payments.dr.ledger;

import java.util.Map;

/**
 * What the ledger holds under a key.
 *
 * @param version 1 when it was first written, one more with every change
 */
public record LedgerEntry(LedgerKey key, long version, Map<String, String> values) {

  public LedgerEntry {
    values = Map.copyOf(values);
  }
}
