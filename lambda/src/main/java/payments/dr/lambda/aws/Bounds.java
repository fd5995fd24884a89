package payments.dr.lambda.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * How long a call to AWS may take.
 *
 * @param attempt limit of each attempt
 * @param attempts how often at most
 * @param call limit of all attempts together
 */
public record Bounds(Duration attempt, int attempts, Duration call) {

  /** For what a tick waits for: the second attempt fits in only if the first failed at once. */
  public static final Bounds LOOK = seconds(2, 2, 2);

  /** For a Region that may be dark, while something more important waits. */
  public static final Bounds DARK = seconds(1, 1, 1);

  public static final Bounds NOTICE = seconds(3, 2, 6);
  public static final Bounds PREPARE = seconds(2, 2, 4);

  /** Once: were the answer to a first attempt lost, a second would be refused, and count as one. */
  public static final Bounds PROMOTE = seconds(5, 1, 5);

  public static final Bounds LEDGER = seconds(2, 3, 6);
  public static final Bounds LATCH = seconds(2, 3, 6);

  private static Bounds seconds(int attempt, int attempts, int call) {
    return new Bounds(Duration.ofSeconds(attempt), attempts, Duration.ofSeconds(call));
  }

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B limit(B builder) {
    return builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(attempt).socketTimeout(attempt))
        .overrideConfiguration(
            // Anew would drop what the caller asked for.
            builder.overrideConfiguration().toBuilder()
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(call)
                .retryStrategy(retries -> retries.maxAttempts(attempts))
                .build());
  }
}
