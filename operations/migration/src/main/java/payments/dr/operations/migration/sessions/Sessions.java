package payments.dr.operations.migration.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * The session table of one generation, in the writer Region.
 *
 * @param generation such as {@code v1}
 * @param name such as {@code session-table-prod}
 */
record Sessions(DynamoDbClient client, String generation, String name) {

  static final String KEY = "sessionId";
  static final String EXPIRY = "expiresAt";

  /** Longer than a stream keeps records: no late record finds its tombstone gone. */
  private static final Duration TOMBSTONE_LIFE = Duration.ofHours(48);

  static String tableName(String generation) {
    return generation.equals("v1") ? "session-table" : "session-table-" + generation;
  }

  ScanResponse scan(int segment, int segments, String after) {
    return client.scan(
        request ->
            request
                .tableName(name)
                .segment(segment)
                .totalSegments(segments)
                .consistentRead(true)
                .exclusiveStartKey(after.isEmpty() ? null : key(after)));
  }

  Map<String, AttributeValue> read(String id) {
    return client
        .getItem(request -> request.tableName(name).key(key(id)).consistentRead(true))
        .item();
  }

  /**
   * Writes what a scan found, unless something is there: that is newer, or a tombstone.
   *
   * @return whether it was written
   */
  boolean seed(Map<String, AttributeValue> item, Origin origin) {
    return put(
        StreamChange.plain(item), origin, "attribute_not_exists(#key)", Map.of(), "#key", KEY);
  }

  /**
   * Does what a record tells, unless a later one was done before.
   *
   * @return whether it was done
   */
  boolean apply(StreamChange effect, Instant now) {
    Map<String, AttributeValue> item = effect.item().orElseGet(() -> tombstone(effect.key(), now));
    return put(
        item,
        effect.origin(),
        "attribute_not_exists(#origin) OR NOT begins_with(#origin, :source) OR #origin < :origin",
        Map.of(
            ":source", AttributeValue.fromS(effect.origin().prefix()),
            ":origin", effect.origin().value()),
        "#origin",
        Origin.ATTRIBUTE);
  }

  /** Takes a tombstone away; nothing when something else is there by now. */
  void sweep(String id) {
    try {
      client.deleteItem(
          request ->
              request
                  .tableName(name)
                  .key(key(id))
                  .conditionExpression("attribute_exists(#deleted)")
                  .expressionAttributeNames(Map.of("#deleted", Origin.TOMBSTONE)));
    } catch (ConditionalCheckFailedException e) {
      return;
    }
  }

  private boolean put(
      Map<String, AttributeValue> item,
      Origin origin,
      String condition,
      Map<String, AttributeValue> values,
      String alias,
      String attribute) {
    Map<String, AttributeValue> marked = new HashMap<>(item);
    marked.put(Origin.ATTRIBUTE, origin.value());
    try {
      client.putItem(
          request ->
              request
                  .tableName(name)
                  .item(marked)
                  .conditionExpression(condition)
                  .expressionAttributeNames(Map.of(alias, attribute))
                  .expressionAttributeValues(values.isEmpty() ? null : values));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** It expires by itself should nobody sweep it. */
  private static Map<String, AttributeValue> tombstone(String id, Instant now) {
    return Map.of(
        KEY,
        AttributeValue.fromS(id),
        Origin.TOMBSTONE,
        AttributeValue.fromBool(true),
        EXPIRY,
        AttributeValue.fromN(Long.toString(now.plus(TOMBSTONE_LIFE).getEpochSecond())));
  }

  static Map<String, AttributeValue> key(String id) {
    return Map.of(KEY, AttributeValue.fromS(id));
  }
}
