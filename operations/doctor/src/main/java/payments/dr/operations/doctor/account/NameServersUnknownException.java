package payments.dr.operations.doctor.account;

/** Thrown when a resolver does not say who answers for a domain. */
public final class NameServersUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NameServersUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
