package payments.dr.operations.reconcile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One payment of one writer.
 *
 * @param key its idempotency key
 * @param id that the application gave it
 * @param contents fingerprint of the columns that are compared
 * @param created when it was made, by the writer's clock
 */
public record Row(String key, String id, String contents, Instant created) {

  /** As PostgreSQL sorts by collation "C": by the bytes of UTF-8, which Java's strings do not. */
  static final Comparator<Row> BY_KEY = Comparator.comparing(Row::key, Row::compareKeys);

  /** In which payments were made, and have to be made again. */
  static final Comparator<Row> BY_TIME =
      Comparator.comparing(Row::created).thenComparing(BY_KEY).thenComparing(Row::id);

  static int compareKeys(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
