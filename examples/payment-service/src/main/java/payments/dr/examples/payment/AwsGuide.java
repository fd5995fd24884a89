package payments.dr.examples.payment;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The Region's parameter, its ledger and its sessions, each asked within 4 s.
 *
 * @param parameter the pointer's name
 */
record AwsGuide(SsmClient parameters, DynamoDbClient tables, String parameter) implements Guide {

  private static final Duration ATTEMPT = Duration.ofSeconds(2);
  private static final Duration CALL = Duration.ofSeconds(4);

  private static final Map<String, AttributeValue> WRITES =
      Map.of("entity", AttributeValue.fromS("WRITES"), "entry", AttributeValue.fromS("-"));

  /** No session has this key. */
  private static final Map<String, AttributeValue> NOBODY =
      Map.of("sessionId", AttributeValue.fromS("-"));

  static AwsGuide of(ServiceConfiguration configuration) {
    return new AwsGuide(
        client(SsmClient.builder(), configuration.region()),
        client(DynamoDbClient.builder(), configuration.region()),
        "/payments/" + configuration.environment() + "/database");
  }

  @Override
  public DatabaseLocation pointer() {
    return DatabaseLocation.parse(
        parameters.getParameter(request -> request.name(parameter)).parameter().value());
  }

  @Override
  public boolean writesAreOff(DatabaseLocation pointer) {
    Map<String, AttributeValue> entry =
        tables
            .getItem(
                request ->
                    request.tableName(pointer.ledgerTable()).key(WRITES).consistentRead(true))
            .item();
    return entry.containsKey("writes") && "off".equals(entry.get("writes").s());
  }

  @Override
  public void requireSessions(DatabaseLocation pointer) {
    try {
      tables.getItem(request -> request.tableName(pointer.sessionTable()).key(NOBODY));
    } catch (DynamoDbException e) {
      // A refusal, as of a throttled call or a wrong policy, is an answer: the same in both
      // Regions.
      if (e.statusCode() / 100 != 4) {
        throw e;
      }
    }
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String region) {
    return builder
        .region(Region.of(region))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(ATTEMPT).socketTimeout(ATTEMPT))
        .overrideConfiguration(
            limits ->
                limits
                    .apiCallAttemptTimeout(ATTEMPT)
                    .apiCallTimeout(CALL)
                    .retryStrategy(retries -> retries.maxAttempts(2)))
        .build();
  }
}
