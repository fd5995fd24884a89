package payments.dr.operations.migration.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Writes sessions from several threads to wherever the pointer says, and remembers what was
 * acknowledged. Each thread has keys of its own, so that the last write of each is known.
 */
final class Application implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int KEYS = 150;

  private final DynamoDbClient client;
  private final AtomicReference<String> pointer = new AtomicReference<>("v1");
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /** Acknowledged value by key; -1 for deleted ones. */
  final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  final AtomicLong writes = new AtomicLong();
  final AtomicLong refusals = new AtomicLong();

  Application(DynamoDbClient client) {
    this.client = client;
  }

  void start() {
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread = new Thread(() -> work(number), "application-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  void follow(String generation) {
    pointer.set(generation);
  }

  private void work(int number) {
    Random random = new Random(number);
    try {
      for (long value = 1; !stopped; value++) {
        String key = "session-%d-%d".formatted(number, random.nextInt(KEYS));
        write(key, value, random.nextInt(10));
        writes.incrementAndGet();
        Thread.sleep(40);
      }
    } catch (InterruptedException | RuntimeException e) {
      failure.set(e);
    }
  }

  /** Repeats until it was acknowledged, as an application does whose pointer moves. */
  private void write(String key, long value, int kind) throws InterruptedException {
    while (!stopped) {
      try {
        String table = Sessions.tableName(pointer.get()) + MigrationProcess.SUFFIX;
        if (kind < 3) {
          client.deleteItem(request -> request.tableName(table).key(Sessions.key(key)));
          acknowledged.put(key, -1L);
        } else if (kind < 6) {
          client.updateItem(
              request ->
                  request
                      .tableName(table)
                      .key(Sessions.key(key))
                      .updateExpression("SET #value = :value")
                      .expressionAttributeNames(Map.of("#value", "value"))
                      .expressionAttributeValues(Map.of(":value", number(value))));
          acknowledged.put(key, value);
        } else {
          client.putItem(
              request ->
                  request
                      .tableName(table)
                      .item(
                          Map.of(Sessions.KEY, AttributeValue.fromS(key), "value", number(value))));
          acknowledged.put(key, value);
        }
        return;
      } catch (DynamoDbException e) {
        if (!"AccessDeniedException".equals(e.awsErrorDetails().errorCode())) {
          throw e;
        }
        refusals.incrementAndGet();
        Thread.sleep(20);
      }
    }
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /** Ends the threads, and throws what one of them failed with. */
  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(30_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (failure.get() != null) {
      throw new AssertionError("application failed", failure.get());
    }
  }
}
