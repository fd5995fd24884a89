package payments.dr.ledger;

/** What can go wrong with the ledger and is no fault of this program; the message is one line. */
public abstract class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  LedgerException(String message) {
    super(message);
  }

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
