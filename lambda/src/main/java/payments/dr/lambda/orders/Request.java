package payments.dr.lambda.orders;

import java.time.Instant;

/**
 * Who wants something of the controller, why and since when.
 *
 * @param principal as IAM names them, such as {@code arn:aws:iam::123456789012:user/alice}
 * @param reason in a person's words, for the audit trail
 * @param at whole seconds
 */
public record Request(String principal, String reason, Instant at) {

  public Request {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("reason must tell why, got \"" + reason + "\"");
    }
  }
}
