package payments.dr.lambda.port;

/** Thrown when the outside understood a call and will not do it, however often it is asked. */
public final class RefusedException extends PortException {

  private static final long serialVersionUID = 1;

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
