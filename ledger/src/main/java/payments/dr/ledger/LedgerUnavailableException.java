package payments.dr.ledger;

/**
 * Thrown when the ledger gave no answer, refused the caller, or is not there; the cause is AWS's
 * client's exception, which tells these apart. A write may nevertheless have been made: who goes on
 * must read again.
 */
public final class LedgerUnavailableException extends LedgerException {

  private static final long serialVersionUID = 1;

  public LedgerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
