package payments.dr.ledger;

/** Thrown to a holder that is none any more; nothing was written. It must stop. */
public final class LeaseLostException extends LedgerException {

  private static final long serialVersionUID = 1;

  public LeaseLostException(String message) {
    super(message);
  }
}
