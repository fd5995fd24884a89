package payments.dr.operations.migration.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Whether two tables hold the same.
 *
 * @param items of the source that had to be the same
 * @param different keys that are not
 * @param took how long it took
 */
record SessionComparison(long items, List<String> different, Duration took) {

  private static final int THREADS = 16;
  private static final Duration RECHECK = Duration.ofMillis(500);

  boolean equal() {
    return different.isEmpty();
  }

  /** Returns a text such as {@code 10000 items compared in 1.2 s, 0 differ}. */
  @Override
  public String toString() {
    return "%d items compared in %.1f s, %d differ%s"
        .formatted(
            items,
            took.toMillis() / 1000.0,
            different.size(),
            different.isEmpty() ? "" : ": " + different.subList(0, Math.min(10, different.size())));
  }

  /**
   * Counts and fingerprints of both in buckets; where they differ, key by key.
   *
   * @param patience how long a key may differ, since writes go on and the copier is behind
   */
  static SessionComparison of(
      Sessions source,
      Sessions target,
      String idempotencyPrefix,
      Duration patience,
      InstantSource clock) {
    Instant start = clock.instant();
    Contents.Judge judge = Contents.judge(start, idempotencyPrefix);
    try (Parallel threads = new Parallel("session-compare", THREADS)) {
      Contents left = new Contents(source, judge, threads);
      Contents right = new Contents(target, judge, threads);
      Contents.Bucket[] ours = left.buckets();
      Contents.Bucket[] theirs = right.buckets();
      long items = Arrays.stream(ours).mapToLong(Contents.Bucket::count).sum();
      List<Integer> suspects =
          IntStream.range(0, Contents.BUCKETS)
              .filter(i -> !ours[i].equals(theirs[i]))
              .boxed()
              .toList();
      List<String> different =
          suspects.isEmpty() ? List.of() : different(left, right, suspects, patience, clock);
      return new SessionComparison(items, different, Duration.between(start, clock.instant()));
    }
  }

  private static List<String> different(
      Contents left,
      Contents right,
      List<Integer> suspects,
      Duration patience,
      InstantSource clock) {
    Map<String, Long> ours = left.keys(suspects::contains);
    Map<String, Long> theirs = right.keys(suspects::contains);
    TreeSet<String> keys = new TreeSet<>(ours.keySet());
    keys.addAll(theirs.keySet());
    keys.removeIf(key -> Objects.equals(ours.get(key), theirs.get(key)));
    Instant end = clock.instant().plus(patience);
    while (true) {
      keys.removeIf(key -> left.fingerprint(key).equals(right.fingerprint(key)));
      if (keys.isEmpty() || !clock.instant().isBefore(end)) {
        return new ArrayList<>(keys);
      }
      Pause.of(RECHECK);
    }
  }
}
