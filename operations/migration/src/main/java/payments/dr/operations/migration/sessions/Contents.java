package payments.dr.operations.migration.sessions;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a table holds, in {@value #BUCKETS} buckets by key: scan segments of two tables need not
 * hold the same keys.
 */
final class Contents {

  static final int BUCKETS = 1024;

  /** Count and sum of fingerprints, which does not depend on the order of a scan. */
  record Bucket(long count, long sum) {

    static final Bucket EMPTY = new Bucket(0, 0);

    Bucket with(long fingerprint) {
      return new Bucket(count + 1, sum + fingerprint);
    }
  }

  private final Sessions table;
  private final Judge judge;
  private final Parallel threads;

  /** Which items have to be the same in both tables. */
  interface Judge {
    boolean counts(Map<String, AttributeValue> item);
  }

  /**
   * Tombstones are nothing. Expired sessions may differ: each table deletes its own when it comes
   * to it. Idempotency keys may not, expired or not.
   */
  static Judge judge(Instant now, String idempotencyPrefix) {
    return item ->
        !Origin.tombstone(item) && (!expired(item, now) || kept(item, idempotencyPrefix));
  }

  Contents(Sessions table, Judge judge, Parallel threads) {
    this.table = table;
    this.judge = judge;
    this.threads = threads;
  }

  Bucket[] buckets() {
    Bucket[] all = new Bucket[BUCKETS];
    Arrays.fill(all, Bucket.EMPTY);
    scan(
        item -> {
          int bucket = bucket(id(item));
          synchronized (all) {
            all[bucket] = all[bucket].with(Fingerprint.of(item));
          }
        });
    return all;
  }

  /** Fingerprints of the keys of some buckets. */
  Map<String, Long> keys(Predicate<Integer> buckets) {
    ConcurrentMap<String, Long> found = new ConcurrentHashMap<>();
    scan(
        item -> {
          if (buckets.test(bucket(id(item)))) {
            found.put(id(item), Fingerprint.of(item));
          }
        });
    return new HashMap<>(found);
  }

  /** Takes away what the copier left of deleted items. */
  int sweep() {
    List<String> tombstones = Collections.synchronizedList(new ArrayList<>());
    each(
        item -> {
          if (Origin.tombstone(item)) {
            table.sweep(id(item));
            tombstones.add(id(item));
          }
        });
    return tombstones.size();
  }

  /** What one key holds that counts; empty when nothing does. */
  Optional<Long> fingerprint(String id) {
    Map<String, AttributeValue> item = table.read(id);
    return item.isEmpty() || !judge.counts(item)
        ? Optional.empty()
        : Optional.of(Fingerprint.of(item));
  }

  private void scan(Consumer<Map<String, AttributeValue>> use) {
    each(
        item -> {
          if (judge.counts(item)) {
            use.accept(item);
          }
        });
  }

  private void each(Consumer<Map<String, AttributeValue>> use) {
    threads.all(
        IntStream.range(0, Backfill.SEGMENTS)
            .<Callable<Void>>mapToObj(
                segment ->
                    () -> {
                      String last = "";
                      boolean more = true;
                      while (more) {
                        var page = table.scan(segment, Backfill.SEGMENTS, last);
                        page.items().forEach(use);
                        more = page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty();
                        last = more ? page.lastEvaluatedKey().get(Sessions.KEY).s() : "";
                      }
                      return null;
                    })
            .toList());
  }

  private static int bucket(String id) {
    return Math.floorMod(Fingerprint.hash(id), BUCKETS);
  }

  private static String id(Map<String, AttributeValue> item) {
    return item.get(Sessions.KEY).s();
  }

  private static boolean kept(Map<String, AttributeValue> item, String idempotencyPrefix) {
    return id(item).startsWith(idempotencyPrefix);
  }

  private static boolean expired(Map<String, AttributeValue> item, Instant now) {
    AttributeValue expiry = item.get(Sessions.EXPIRY);
    return expiry != null
        && expiry.n() != null
        && new BigDecimal(expiry.n()).longValue() < now.getEpochSecond();
  }
}
