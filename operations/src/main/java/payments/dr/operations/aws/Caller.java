package payments.dr.operations.aws;

import payments.dr.ledger.LedgerClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Who calls AWS with the credentials at hand. */
public final class Caller {

  private Caller() {}

  /**
   * Such as {@code arn:aws:sts::123456789012:assumed-role/operator/alice}.
   *
   * @param region whose endpoint of STS is asked: the global one is in us-east-1
   */
  public static String arn(AwsAccess aws, String region) {
    try (StsClient sts =
        aws.with(StsClient.builder())
            .region(Region.of(region))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(LedgerClient::bounded)
            .build()) {
      return sts.getCallerIdentity().arn();
    }
  }
}
