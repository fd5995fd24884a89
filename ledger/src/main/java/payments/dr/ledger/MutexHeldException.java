package payments.dr.ledger;

/** Thrown when somebody else holds the mutex; nothing was written. */
public final class MutexHeldException extends LedgerException {

  private static final long serialVersionUID = 1;

  public MutexHeldException(Holding holding) {
    super(
        "mutex of the environment must be free, got held by "
            + holding
            + "; what a dead holder leaves runs out by itself");
  }
}
