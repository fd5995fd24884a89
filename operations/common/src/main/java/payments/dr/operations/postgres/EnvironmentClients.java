package payments.dr.operations.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.LocalAwsApi;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes clients of an environment's AWS, whose calls end in time. */
class EnvironmentClients {

  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(6);

  private final Supplier<AwsAccess> access;

  /**
   * @param access asked when a client is needed: a local AWS has to run only then
   */
  EnvironmentClients(Supplier<AwsAccess> access) {
    this.access = access;
  }

  /** Empty unless this is a local AWS. */
  Optional<LocalServers> localServers() {
    return access.get().endpoint().map(endpoint -> new LocalServers(new LocalAwsApi(endpoint)));
  }

  RdsClient rds(String region) {
    return client(RdsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), region);
  }

  SecretsManagerClient secrets(String region) {
    return client(
        SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()),
        region);
  }

  private <B extends AwsClientBuilder<B, C>, C> C client(B builder, String region) {
    return access
        .get()
        .client(
            builder
                .region(Region.of(region))
                .overrideConfiguration(
                    limits ->
                        limits.apiCallTimeout(CALL_LIMIT).apiCallAttemptTimeout(ATTEMPT_LIMIT)));
  }
}
