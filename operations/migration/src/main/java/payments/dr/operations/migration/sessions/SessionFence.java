package payments.dr.operations.migration.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Denies everybody to write a table and its replica, by the tables' own policies: no identity's
 * policy needs to change, and none can allow what these deny.
 *
 * @param replicas clients of the Regions where the table is
 */
record SessionFence(List<DynamoDbClient> replicas, String table) {

  static final String STATEMENT = "PaymentsMigrationFence";

  /** DynamoDB gives up a replica for good when this role is denied for 20 hours. */
  private static final String REPLICATION =
      "arn:aws:iam::*:role/aws-service-role/replication.dynamodb.amazonaws.com/*";

  /** No application has it; it is never written either, since the condition does not hold. */
  private static final String PROBE = "dr:fence-probe";

  /** A policy reaches DynamoDB's hosts one after another. */
  private static final int REFUSALS = 10;

  private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

  /**
   * @param exempt who may still write
   */
  void raise(Optional<Principal> exempt) {
    for (DynamoDbClient client : replicas) {
      String arn = arn(client);
      client.putResourcePolicy(request -> request.resourceArn(arn).policy(policy(arn, exempt)));
    }
  }

  /** Lets everybody write again whom their own policies let; nothing when there is no fence. */
  void lift() {
    for (DynamoDbClient client : replicas) {
      if (policy(client).isPresent()) {
        client.deleteResourcePolicy(request -> request.resourceArn(arn(client)));
      }
    }
  }

  /** What there is in the way of a fence: a policy that somebody else put there. */
  Optional<String> obstacle() {
    return replicas.stream()
        .flatMap(client -> policy(client).stream())
        .filter(policy -> !policy.contains(STATEMENT))
        .findFirst()
        .map(policy -> "table " + table + " must have no policy of its own, got " + policy);
  }

  /**
   * Tries to write wherever there is no fence yet: whoever may not write anyhow cannot tell a fence
   * from that.
   *
   * @throws CommandFailedException when a write is refused
   */
  void requireWritable() {
    for (DynamoDbClient client : replicas) {
      if (policy(client).isEmpty() && refused(client)) {
        throw new CommandFailedException(
            "whoever closes %s must be allowed dynamodb:UpdateItem on it, to prove that nobody else"
                    .formatted(arn(client))
                + " is, got access denied");
      }
    }
  }

  /**
   * Tries to write, everywhere, until it was refused {@value #REFUSALS} times in a row.
   *
   * @throws CommandFailedException when it was not by then
   */
  void prove(Instant end, InstantSource clock) {
    int refusals = 0;
    while (refusals < REFUSALS) {
      refusals = replicas.stream().allMatch(this::refused) ? refusals + 1 : 0;
      if (clock.instant().isAfter(end)) {
        throw new CommandFailedException(
            "writes to %s must be refused in time, still taken at %s".formatted(table, end));
      }
      Pause.of(BETWEEN_PROBES);
    }
  }

  private boolean refused(DynamoDbClient client) {
    try {
      client.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(Sessions.key(PROBE))
                  .updateExpression("SET #probe = :probe")
                  .conditionExpression("attribute_exists(#key)")
                  .expressionAttributeNames(Map.of("#probe", "probe", "#key", Sessions.KEY))
                  .expressionAttributeValues(Map.of(":probe", AttributeValue.fromBool(true))));
    } catch (ConditionalCheckFailedException e) {
      return false;
    } catch (DynamoDbException e) {
      if ("AccessDeniedException".equals(e.awsErrorDetails().errorCode())) {
        return true;
      }
      throw e;
    }
    throw new IllegalStateException(PROBE + " must not exist in " + table);
  }

  private Optional<String> policy(DynamoDbClient client) {
    try {
      return Optional.of(
          client.getResourcePolicy(request -> request.resourceArn(arn(client))).policy());
    } catch (PolicyNotFoundException | ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private String arn(DynamoDbClient client) {
    return client.describeTable(request -> request.tableName(table)).table().tableArn();
  }

  /** Transactions need the permissions of the writes in them. */
  private static String policy(String arn, Optional<Principal> exempt) {
    String exempted =
        Stream.concat(Stream.of(REPLICATION), exempt.stream().flatMap(Principal::patterns))
            .map(pattern -> "\"" + pattern + "\"")
            .collect(Collectors.joining(", "));
    return """
        {
          "Version": "2012-10-17",
          "Statement": [{
            "Sid": "%s",
            "Effect": "Deny",
            "Principal": "*",
            "Action": [
              "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
              "dynamodb:BatchWriteItem",
              "dynamodb:PartiQLInsert", "dynamodb:PartiQLUpdate", "dynamodb:PartiQLDelete"
            ],
            "Resource": "%s",
            "Condition": {"ArnNotLike": {"aws:PrincipalArn": [%s]}}
          }]
        }
        """
        .formatted(STATEMENT, arn, exempted);
  }
}
