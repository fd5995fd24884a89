package payments.dr.operations.migration.sessions;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Does in the target what the source's records tell: keys in parallel, one key's in their order.
 */
final class Writer implements AutoCloseable {

  private static final int THREADS = 16;

  private final String source;
  private final Sessions target;
  private final BooleanSupplier keepTombstones;
  private final InstantSource clock;
  private final Parallel threads = new Parallel("session-writer", THREADS);

  /**
   * @param source generation that the records are of
   * @param keepTombstones whether a scan may still find what a record deletes
   */
  Writer(String source, Sessions target, BooleanSupplier keepTombstones, InstantSource clock) {
    this.source = source;
    this.target = target;
    this.keepTombstones = keepTombstones;
    this.clock = clock;
  }

  /** Returns when all of them are done. */
  void write(List<Record> records) {
    Map<String, List<StreamChange>> keys = new LinkedHashMap<>();
    for (Record record : records) {
      StreamChange.of(record, source)
          .ifPresent(
              effect -> keys.computeIfAbsent(effect.key(), key -> new ArrayList<>()).add(effect));
    }
    List<Callable<Void>> tasks = new ArrayList<>();
    for (List<StreamChange> effects : keys.values()) {
      tasks.add(
          () -> {
            effects.forEach(this::apply);
            return null;
          });
    }
    threads.all(tasks);
  }

  private void apply(StreamChange effect) {
    boolean done = target.apply(effect, clock.instant());
    if (done && effect.item().isEmpty() && !keepTombstones.getAsBoolean()) {
      target.sweep(effect.key());
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
