package payments.dr.operations.migration.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import payments.dr.ledger.LedgerKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Copies what the source holds, in segments that go on where they were when the copier ended. */
final class Backfill {

  static final int SEGMENTS = 16;

  private static final String LAST = "last";
  private static final String ITEMS = "items";
  private static final String DONE = "done";

  private final Sessions source;
  private final Sessions target;
  private final Checkpoints checkpoints;
  private final String entity;
  private final Map<String, Map<String, String>> before;
  private final AtomicLong copied = new AtomicLong();

  /**
   * @param entity of the ledger that keeps its segments
   */
  Backfill(Sessions source, Sessions target, Checkpoints checkpoints, String entity) {
    this.source = source;
    this.target = target;
    this.checkpoints = checkpoints;
    this.entity = entity;
    this.before = checkpoints.load(entity);
    before.values().forEach(segment -> copied.addAndGet(Long.parseLong(segment.get(ITEMS))));
  }

  /** Items seen so far, those of earlier runs included. */
  long copied() {
    return copied.get();
  }

  boolean done() {
    return done(before);
  }

  static boolean done(Map<String, Map<String, String>> segments) {
    return segments.size() == SEGMENTS
        && segments.values().stream().allMatch(segment -> segment.containsKey(DONE));
  }

  static long items(Map<String, Map<String, String>> segments) {
    return segments.values().stream()
        .mapToLong(segment -> Long.parseLong(segment.get(ITEMS)))
        .sum();
  }

  /** Returns when everything was copied; its checkpoints are then written by the next flush. */
  void run() {
    List<Callable<Void>> segments = new ArrayList<>();
    for (int i = 0; i < SEGMENTS; i++) {
      int segment = i;
      segments.add(
          () -> {
            copy(segment);
            return null;
          });
    }
    try (Parallel threads = new Parallel("session-copy", SEGMENTS)) {
      threads.all(segments);
    }
  }

  private void copy(int segment) {
    LedgerKey key = new LedgerKey(entity, "segment-%02d".formatted(segment));
    Map<String, String> known = before.getOrDefault(key.entry(), Map.of(LAST, "", ITEMS, "0"));
    String last = known.get(LAST);
    long items = Long.parseLong(known.get(ITEMS));
    while (!known.containsKey(DONE)) {
      ScanResponse page = source.scan(segment, SEGMENTS, last);
      for (Map<String, AttributeValue> item : page.items()) {
        if (!Origin.tombstone(item)) {
          target.seed(item, Origin.scanned(source.generation()));
        }
      }
      copied.addAndGet(page.items().size());
      items += page.items().size();
      boolean more = page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty();
      last = more ? page.lastEvaluatedKey().get(Sessions.KEY).s() : "";
      known =
          more
              ? Map.of(LAST, last, ITEMS, Long.toString(items))
              : Map.of(LAST, "", ITEMS, Long.toString(items), DONE, "yes");
      checkpoints.set(key, known);
    }
  }
}
