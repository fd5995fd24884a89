package payments.dr.operations.postgres;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes clients of AWS, with credentials and endpoint of the SDK's default chains. */
class AwsClients {

  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(6);

  RdsClient rds(String region) {
    return limited(RdsClient.builder(), region)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  SecretsManagerClient secrets(String region) {
    return limited(SecretsManagerClient.builder(), region)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static <B extends AwsClientBuilder<B, C>, C> B limited(B builder, String region) {
    return builder
        .region(Region.of(region))
        .overrideConfiguration(
            limits -> limits.apiCallTimeout(CALL_LIMIT).apiCallAttemptTimeout(ATTEMPT_LIMIT));
  }
}
