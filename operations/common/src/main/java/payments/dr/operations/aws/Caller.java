package payments.dr.operations.aws;

import payments.dr.ledger.LedgerClient;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Tells who calls AWS with the credentials at hand. */
public final class Caller {

  private Caller() {}

  /**
   * Returns the caller's ARN, such as {@code
   * arn:aws:sts::123456789012:assumed-role/operator/alice}.
   *
   * @param region whose endpoint of STS is asked: the global one is in us-east-1
   */
  public static String arn(AwsAccess aws, String region) {
    try (StsClient sts =
        aws.client(
            StsClient.builder()
                .region(Region.of(region))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(LedgerClient::bounded))) {
      return sts.getCallerIdentity().arn();
    }
  }

  /**
   * Returns the same by any Region's STS that answers: the caller is the same in all.
   *
   * @param first the Region that is asked first
   */
  public static String arnByAny(AwsAccess aws, String first) {
    try {
      return arn(aws, first);
    } catch (SdkException e) {
      return aws.regions().stream()
          .filter(region -> AwsCallException.mayPass(e) && !region.equals(first))
          .findFirst()
          .map(other -> arn(aws, other))
          .orElseThrow(() -> e);
    }
  }
}
