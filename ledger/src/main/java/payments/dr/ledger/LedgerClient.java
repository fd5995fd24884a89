package payments.dr.ledger;

import java.time.Duration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
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

  /** Credentials and endpoint come from the SDK's default chains, unless the caller sets them. */
  public static DynamoDbClientBuilder builder(String region) {
    return DynamoDbClient.builder()
        .region(Region.of(region))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(ATTEMPT_SECONDS))
                .socketTimeout(Duration.ofSeconds(ATTEMPT_SECONDS)))
        .overrideConfiguration(LedgerClient::bounded);
  }

  /** The same bounds for clients of other services. */
  public static void bounded(ClientOverrideConfiguration.Builder configuration) {
    configuration
        .apiCallAttemptTimeout(Duration.ofSeconds(ATTEMPT_SECONDS))
        .apiCallTimeout(Duration.ofSeconds(CALL_SECONDS))
        .retryStrategy(retries -> retries.maxAttempts(ATTEMPTS));
  }
}
