package payments.dr.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The ledger in DynamoDB: partition key {@code entity}, sort key {@code entry}, number {@code
 * version}, and each value as a string beside them, so that the console shows it in columns.
 *
 * <p>The table stands in one Region: in a replicated one the last writer wins, which is no lock.
 */
public final class DynamoDbLedger implements Ledger {

  private static final String ENTITY = "entity";
  private static final String ENTRY = "entry";
  private static final String VERSION = "version";

  /** Two transactions over one entry that merely check it exclude each other, too. */
  private static final int ATTEMPTS = 5;

  private final DynamoDbClient client;
  private final String table;

  /**
   * Makes a ledger of one table.
   *
   * @param client bounded in time, such as that of {@link LedgerClient}
   */
  public DynamoDbLedger(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public Optional<LedgerEntry> read(LedgerKey key) {
    Map<String, AttributeValue> item =
        answer(
            () ->
                client
                    .getItem(
                        request -> request.tableName(table).key(item(key)).consistentRead(true))
                    .item());
    return item.isEmpty() ? Optional.empty() : Optional.of(entry(item));
  }

  @Override
  public List<LedgerEntry> readAll(String entity) {
    return answer(
        () ->
            client
                .queryPaginator(
                    request ->
                        request
                            .tableName(table)
                            .consistentRead(true)
                            .keyConditionExpression("entity = :entity")
                            .expressionAttributeValues(
                                Map.of(":entity", AttributeValue.fromS(entity))))
                .items()
                .stream()
                .map(DynamoDbLedger::entry)
                .toList());
  }

  @Override
  public void write(List<LedgerChange> changes) {
    List<TransactWriteItem> items = changes.stream().map(this::item).toList();
    for (int attempt = 1; ; attempt++) {
      try {
        // The SDK gives each call a token of its own: its retries are the same transaction.
        answer(() -> client.transactWriteItems(request -> request.transactItems(items)));
        return;
      } catch (TransactionCanceledException e) {
        if (failedConditions(e)) {
          throw new LedgerConflictException(conflict(changes, e));
        }
        if (attempt == ATTEMPTS) {
          throw unavailable(e);
        }
      }
    }
  }

  private TransactWriteItem item(LedgerChange change) {
    boolean absent = change.expectedVersion() == 0;
    String condition = absent ? "attribute_not_exists(entity)" : "version = :expected";
    Map<String, AttributeValue> expected =
        absent ? null : Map.of(":expected", number(change.expectedVersion()));
    if (change.values() == null) {
      return TransactWriteItem.builder()
          .conditionCheck(
              ConditionCheck.builder()
                  .tableName(table)
                  .key(item(change.key()))
                  .conditionExpression(condition)
                  .expressionAttributeValues(expected)
                  .build())
          .build();
    }
    Map<String, AttributeValue> item = new HashMap<>(item(change.key()));
    item.put(VERSION, number(change.expectedVersion() + 1));
    change.values().forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeValues(expected)
                .build())
        .build();
  }

  private static boolean failedConditions(TransactionCanceledException e) {
    return e.cancellationReasons().stream()
        .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()));
  }

  private static String conflict(List<LedgerChange> changes, TransactionCanceledException e) {
    for (int i = 0; i < changes.size(); i++) {
      if ("ConditionalCheckFailed".equals(e.cancellationReasons().get(i).code())) {
        return LedgerConflictException.message(changes.get(i));
      }
    }
    throw new IllegalStateException(
        "a canceled transaction must name the condition that failed, got "
            + e.cancellationReasons(),
        e);
  }

  private <T> T answer(Supplier<T> call) {
    try {
      return call.get();
    } catch (TransactionCanceledException e) {
      throw e;
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  private LedgerUnavailableException unavailable(SdkException e) {
    String what =
        "ledger table %s in %s must "
            .formatted(table, client.serviceClientConfiguration().region());
    if (e instanceof ResourceNotFoundException) {
      return new LedgerUnavailableException(what + "exist, found none in the caller's account", e);
    }
    return new LedgerUnavailableException(what + "answer, got " + got(e), e);
  }

  private static String got(SdkException e) {
    if (e instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      AwsErrorDetails fault = answer.awsErrorDetails();
      return "HTTP %d, %s: %s"
          .formatted(answer.statusCode(), fault.errorCode(), fault.errorMessage());
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return e instanceof SdkClientException ? "no answer: " + root : e.getMessage();
  }

  private static Map<String, AttributeValue> item(LedgerKey key) {
    return Map.of(
        ENTITY, AttributeValue.fromS(key.entity()), ENTRY, AttributeValue.fromS(key.entry()));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static LedgerEntry entry(Map<String, AttributeValue> item) {
    Map<String, String> values =
        item.entrySet().stream()
            .filter(attribute -> !LedgerChange.RESERVED.contains(attribute.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, attribute -> attribute.getValue().s()));
    return new LedgerEntry(
        new LedgerKey(item.get(ENTITY).s(), item.get(ENTRY).s()),
        Long.parseLong(item.get(VERSION).n()),
        values);
  }
}
