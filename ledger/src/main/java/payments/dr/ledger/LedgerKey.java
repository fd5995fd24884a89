package payments.dr.ledger;

/**
 * Names one entry: the table's partition and sort key.
 *
 * @param entity what it is about, such as {@code MUTEX} or {@code MIGRATION#v1-v2}
 * @param entry which one of it; {@value #ONLY} where there is one
 */
public record LedgerKey(String entity, String entry) {

  public static final String ONLY = "-";

  public static LedgerKey of(String entity) {
    return new LedgerKey(entity, ONLY);
  }

  @Override
  public String toString() {
    return entry.equals(ONLY) ? entity : entity + "/" + entry;
  }
}
