package payments.dr.operations.console;

/** Thrown by a command for something that its user can mend; the message is one line. */
public final class BadInputException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public BadInputException(String message) {
    super(message);
  }
}
