package payments.dr.examples.payment;

/** Thrown when a request is not to be done; the message is for the client. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status of HTTP
   */
  RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
