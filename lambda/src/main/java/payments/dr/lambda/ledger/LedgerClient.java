package payments.dr.lambda.ledger;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Makes clients whose calls end in time: {@value #ATTEMPT_SECONDS} s an attempt, {@value #ATTEMPTS}
 * attempts, {@value #CALL_SECONDS} s in all.
 */
public final class LedgerClient {

  private static final int ATTEMPT_SECONDS = 2;
  private static final int ATTEMPTS = 3;
  private static final int CALL_SECONDS = 8;

  private LedgerClient() {}

  /**
   * Credentials come from the SDK's default chain.
   *
   * @param endpoint another AWS than the Region's own; empty leaves it to {@code AWS_ENDPOINT_URL}
   */
  public static DynamoDbClient of(String region, Optional<URI> endpoint) {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .region(Region.of(region))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(ATTEMPT_SECONDS))
                    .socketTimeout(Duration.ofSeconds(ATTEMPT_SECONDS)))
            .overrideConfiguration(
                configuration ->
                    configuration
                        .apiCallAttemptTimeout(Duration.ofSeconds(ATTEMPT_SECONDS))
                        .apiCallTimeout(Duration.ofSeconds(CALL_SECONDS))
                        .retryStrategy(retries -> retries.maxAttempts(ATTEMPTS)));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
