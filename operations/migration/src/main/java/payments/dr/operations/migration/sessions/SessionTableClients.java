package payments.dr.operations.migration.sessions;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.console.BadInputException;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The session tables of an environment, and how to reach them.
 *
 * @param regions the writer's first: only its stream is read, since that of the replica repeats it
 * @param suffix of the tables' names, such as {@code -prod}
 */
record SessionTableClients(
    AwsAccess aws, List<String> regions, List<DynamoDbClient> clients, String suffix) {

  /** The longest that a call may take, its repetitions included. */
  static final Duration CALL = Duration.ofSeconds(30);

  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  static SessionTableClients of(AwsAccess aws, List<String> regions, String suffix) {
    return new SessionTableClients(
        aws,
        regions,
        regions.stream().map(region -> client(aws, DynamoDbClient.builder(), region)).toList(),
        suffix);
  }

  Sessions sessions(String generation) {
    return new Sessions(clients.get(0), generation, name(generation));
  }

  SessionFence fence(String generation) {
    return new SessionFence(clients, name(generation));
  }

  StreamReader reader(String generation, Shards shards, InstantSource clock) {
    DynamoDbStreamsClient streams = client(aws, DynamoDbStreamsClient.builder(), regions.get(0));
    return new StreamReader(streams, describe(generation).latestStreamArn(), shards, clock);
  }

  /**
   * @throws BadInputException when there is none
   */
  TableDescription describe(String generation) {
    try {
      return clients.get(0).describeTable(request -> request.tableName(name(generation))).table();
    } catch (ResourceNotFoundException e) {
      throw new BadInputException(
          "table %s must exist in %s, found none".formatted(name(generation), regions.get(0)));
    }
  }

  Principal principal() {
    try (StsClient sts = client(aws, StsClient.builder(), regions.get(0))) {
      return new Principal(sts.getCallerIdentity().arn());
    }
  }

  private String name(String generation) {
    return Sessions.tableName(generation) + suffix;
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      AwsAccess aws, B builder, String region) {
    return aws.client(
        builder
            .region(Region.of(region))
            .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(ATTEMPT))
            .overrideConfiguration(
                configuration ->
                    configuration.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL)));
  }
}
