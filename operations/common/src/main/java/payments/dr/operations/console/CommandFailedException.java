package payments.dr.operations.console;

/** Thrown when a tool that a command needs ended with an error; what it said has been shown. */
public final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public CommandFailedException(String message) {
    super(message);
  }

  public CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
