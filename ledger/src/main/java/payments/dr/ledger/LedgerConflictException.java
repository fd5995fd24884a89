package payments.dr.ledger;

/** Thrown when an entry is not, or no longer, what a change expected; nothing was written. */
public final class LedgerConflictException extends LedgerException {

  private static final long serialVersionUID = 1;

  public LedgerConflictException(String message) {
    super(message);
  }

  static String message(LedgerChange change) {
    return "%s must %s, but somebody else changed it"
        .formatted(
            change.key(),
            change.expectedVersion() == 0
                ? "not exist yet"
                : "still have version " + change.expectedVersion());
  }
}
