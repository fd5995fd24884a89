package payments.dr.lambda.port;

/** Thrown when the outside answered that it did not do what it was asked. */
public final class RefusedException extends PortException {

  private static final long serialVersionUID = 1;

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
