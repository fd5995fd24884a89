package payments.dr.operations.aws;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What keeps AWS from doing what it was asked for. {@link #NO_ANSWER} alone says anything about a
 * Region: all others are about this machine and whoever sits at it.
 */
public enum Obstacle {
  /** There are no credentials here, or they have expired. */
  NOT_SIGNED_IN("not signed in"),

  /** No Region's AWS answers this machine. */
  NO_NETWORK("no network here"),

  /** AWS answered that this caller may not do that, or that it does not know these keys. */
  REFUSED("AWS refused"),

  /** AWS answered that it is asked too often, also after the SDK's repetitions: it lives. */
  THROTTLED("AWS throttles"),

  /**
   * There was no answer, or none but faults of AWS's own (HTTP 5xx), also after the SDK's
   * repetitions. Of one call alone it cannot be told from {@link #NO_NETWORK}: {@link Diagnosis}
   * does.
   */
  NO_ANSWER("nobody answers");

  /** Of STS and the services (RequestExpired: EC2's), and of the portal of IAM Identity Center. */
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "UnauthorizedException");

  /** HTTP 400 or 403, by the service's protocol. */
  private static final Set<String> UNKNOWN_KEYS =
      Set.of(
          "AuthFailure",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "InvalidToken",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  /** Those of them that come with HTTP 400, too, such as DynamoDB's. */
  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "NotAuthorized",
          "OptInRequired",
          "UnauthorizedOperation");

  private final String headline;

  Obstacle(String headline) {
    this.headline = headline;
  }

  /** What the message about it begins with. */
  String headline() {
    return headline;
  }

  /** Returns whether waiting may overcome the obstacle. */
  public boolean mayPass() {
    return this == NO_ANSWER || this == THROTTLED;
  }

  /**
   * By what one call came to; empty for answers of another kind, such as that something does not
   * exist.
   */
  static Optional<Obstacle> of(Throwable failed) {
    if (failed instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      return of(answer, answer.awsErrorDetails().errorCode());
    }
    if (failed instanceof SdkServiceException answer) {
      return ofStatus(answer.statusCode());
    }
    return isSilence(failed) ? Optional.of(NO_ANSWER) : Optional.empty();
  }

  /** Whether AWS does not know the keys, rather than forbid their owner something. */
  static boolean isOfKeys(AwsServiceException answer) {
    return answer.awsErrorDetails() != null
        && answer.awsErrorDetails().errorCode() != null
        && UNKNOWN_KEYS.contains(answer.awsErrorDetails().errorCode());
  }

  private static Optional<Obstacle> of(AwsServiceException answer, String code) {
    if (answer.isThrottlingException()) {
      return Optional.of(THROTTLED);
    }
    if (code != null && EXPIRED.contains(code)) {
      return Optional.of(NOT_SIGNED_IN);
    }
    if (code != null && (UNKNOWN_KEYS.contains(code) || DENIED.contains(code))) {
      return Optional.of(REFUSED);
    }
    return ofStatus(answer.statusCode());
  }

  private static Optional<Obstacle> ofStatus(int status) {
    if (status >= 500) {
      return Optional.of(NO_ANSWER);
    }
    return status == 401 || status == 403 ? Optional.of(REFUSED) : Optional.empty();
  }

  /** Files that cannot be read are IOExceptions, too. */
  private static boolean isSilence(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiCallTimeoutException
          || cause instanceof ApiCallAttemptTimeoutException
          || cause instanceof SdkClientException
              && cause.getCause() instanceof IOException
              && !(cause.getCause() instanceof FileSystemException)) {
        return true;
      }
    }
    return false;
  }
}
