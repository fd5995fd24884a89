package payments.dr.operations.migration.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Reads one table's stream, shard by shard, each page only after the one before was done. */
final class StreamReader implements AutoCloseable {

  private static final int THREADS = 8;

  private static final Duration UP_TO_DATE = Duration.ofSeconds(3);

  /** What is done again after a kill, at most, of each shard. */
  private static final int PAGE = 200;

  private final DynamoDbStreamsClient client;
  private final String arn;
  private final Shards shards;
  private final InstantSource clock;
  private final Map<String, String> iterators = new ConcurrentHashMap<>();
  private final Parallel threads = new Parallel("stream-reader", THREADS);

  StreamReader(DynamoDbStreamsClient client, String arn, Shards shards, InstantSource clock) {
    this.client = client;
    this.arn = arn;
    this.shards = shards;
    this.clock = clock;
  }

  /**
   * What one round over all shards found.
   *
   * @param records how many
   * @param lag age of the last record that a shard had, at most; zero for shards without records
   * @param complete whether no shard is known to have more that could not be read yet
   */
  record Round(int records, Duration lag, boolean complete) {

    /** Whether there was nothing to read. */
    boolean empty() {
      return records == 0 && complete;
    }

    /** Whether only what was written in these seconds may be missing. */
    boolean upToDate() {
      return complete && lag.compareTo(UP_TO_DATE) <= 0;
    }
  }

  /** Reads one page of each shard whose turn it is. */
  Round round(Consumer<List<Record>> work) {
    shards.listed(list());
    List<Callable<Round>> pages = new ArrayList<>();
    for (String shard : shards.ready()) {
      pages.add(() -> page(shard, work));
    }
    int records = 0;
    Duration lag = Duration.ZERO;
    boolean complete = !shards.waiting();
    for (Round page : threads.all(pages)) {
      records += page.records();
      lag = page.lag().compareTo(lag) > 0 ? page.lag() : lag;
      complete &= page.complete();
    }
    return new Round(records, lag, complete);
  }

  private Round page(String shard, Consumer<List<Record>> work) {
    GetRecordsResponse page;
    try {
      page = client.getRecords(request -> request.shardIterator(iterator(shard)).limit(PAGE));
    } catch (ExpiredIteratorException e) {
      iterators.remove(shard);
      return new Round(0, Duration.ZERO, false);
    } catch (TrimmedDataAccessException e) {
      throw trimmed(shard);
    }
    List<Record> records = page.records();
    if (!records.isEmpty()) {
      work.accept(records);
      shards.read(shard, last(records).dynamodb().sequenceNumber());
    }
    if (page.nextShardIterator() == null) {
      iterators.remove(shard);
      shards.read(shard, Shards.END);
      // Its child may have records.
      return new Round(records.size(), lag(records), false);
    }
    iterators.put(shard, page.nextShardIterator());
    return new Round(records.size(), lag(records), true);
  }

  private String iterator(String shard) {
    return iterators.computeIfAbsent(
        shard,
        id -> {
          String position = shards.position(id);
          boolean start = position.equals(Shards.START);
          try {
            return client
                .getShardIterator(
                    request ->
                        request
                            .streamArn(arn)
                            .shardId(id)
                            .shardIteratorType(
                                start
                                    ? ShardIteratorType.TRIM_HORIZON
                                    : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .sequenceNumber(start ? null : position))
                .shardIterator();
          } catch (TrimmedDataAccessException e) {
            throw trimmed(id);
          }
        });
  }

  private List<Shard> list() {
    List<Shard> all = new ArrayList<>();
    String after = null;
    do {
      String start = after;
      DescribeStreamResponse page =
          client.describeStream(request -> request.streamArn(arn).exclusiveStartShardId(start));
      all.addAll(page.streamDescription().shards());
      after = page.streamDescription().lastEvaluatedShardId();
    } while (after != null);
    return all;
  }

  private Duration lag(List<Record> records) {
    if (records.isEmpty()) {
      return Duration.ZERO;
    }
    Instant written = last(records).dynamodb().approximateCreationDateTime();
    Duration age = Duration.between(written, clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private static Record last(List<Record> records) {
    return records.get(records.size() - 1);
  }

  private CommandFailedException trimmed(String shard) {
    return new CommandFailedException(
        "stream must be read within 24 hours, got %s of %s with records lost: empty the target"
                .formatted(shard, arn)
            + " and start anew");
  }

  @Override
  public void close() {
    threads.close();
  }
}
