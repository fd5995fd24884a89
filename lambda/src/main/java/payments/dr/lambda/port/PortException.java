package payments.dr.lambda.port;

/** Thrown when a call to the outside failed or took too long; the next tick tries again. */
public class PortException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public PortException(String message) {
    super(message);
  }

  public PortException(String message, Throwable cause) {
    super(message, cause);
  }
}
