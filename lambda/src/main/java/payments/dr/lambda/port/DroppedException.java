package payments.dr.lambda.port;

/** Thrown when the outside was not asked at all. */
public final class DroppedException extends PortException {

  private static final long serialVersionUID = 1;

  public DroppedException(String message) {
    super(message);
  }

  public DroppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
