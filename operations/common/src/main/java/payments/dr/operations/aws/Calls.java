package payments.dr.operations.aws;

import java.util.Optional;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Names the obstacle of each call that meets one. */
record Calls(StsOfRegions stsOfRegions) implements ExecutionInterceptor {

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes call) {
    name(
        context.exception(),
        call.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
        call.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
        call.getAttribute(AwsExecutionAttribute.AWS_REGION).id());
  }

  /** The same for a call that no client of the SDK makes. */
  void name(Throwable failed, String operation, String service, String region) {
    if (AwsCallException.in(failed).isEmpty()) {
      Obstacle.of(failed)
          .ifPresent(it -> failed.addSuppressed(named(it, failed, operation, service, region)));
    }
  }

  private AwsCallException named(
      Obstacle obstacle, Throwable failed, String operation, String service, String region) {
    String said =
        "%s %s of %s in %s: %s"
            .formatted(outcome(obstacle, failed), operation, service, region, said(failed));
    return new AwsCallException(obstacle, Optional.of(region), said, failed, stsOfRegions);
  }

  private static String outcome(Obstacle obstacle, Throwable failed) {
    return switch (obstacle) {
      case NOT_SIGNED_IN -> "expired credentials at";
      case REFUSED -> "refusal of";
      case THROTTLED -> "throttling of";
      case NO_ANSWER, NO_NETWORK ->
          failed instanceof SdkServiceException ? "fault of AWS at" : "no answer to";
    };
  }

  /** In AWS's words, which name caller, action and resource, or in those of the network. */
  static String said(Throwable failed) {
    if (failed instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      return "HTTP %d, %s: %s"
          .formatted(
              answer.statusCode(),
              answer.awsErrorDetails().errorCode(),
              firstLine(answer.awsErrorDetails().errorMessage()));
    }
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + firstLine(root.getMessage());
  }

  private static String firstLine(String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
