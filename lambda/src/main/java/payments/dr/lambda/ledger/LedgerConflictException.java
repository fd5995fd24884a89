package payments.dr.lambda.ledger;

/** Thrown when an entry is not, or no longer, what a change expected; nothing was written. */
public final class LedgerConflictException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public LedgerConflictException(String message) {
    super(message);
  }
}
