package payments.dr.operations.migration.compare;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.Marker;

/**
 * Compares one table.
 *
 * <p>While writes go on, two snapshots are never of the same moment. The source's is taken first,
 * then the target's as soon as it has a marker written after the source's: they differ in what was
 * written in between only. Rows that differ are looked at again, by their keys.
 */
final class TableComparison {

  private static final Duration MARKER_LIMIT = Duration.ofSeconds(30);

  private final Database source;
  private final Database target;
  private final Marker marker;
  private final KeyComparison byKey;
  private final boolean strict;

  /**
   * @param marker in sessions of its own: these here hold snapshots
   * @param strict whether nobody writes: the first difference counts
   */
  TableComparison(Database source, Database target, Marker marker, boolean strict) {
    this.source = source;
    this.target = target;
    this.marker = marker;
    this.byKey = new KeyComparison(source, target, marker);
    this.strict = strict;
  }

  private record Sum(long rows, String sum) {}

  TableResult compare(String name) {
    long began = System.nanoTime();
    ComparedTable table = ComparedTable.of(source, name);
    long rows;
    Set<List<String>> differing;
    try {
      begin();
      Map<Integer, Sum> here = new HashMap<>();
      Map<Integer, Sum> there = new HashMap<>();
      Together.both(
          () -> here.putAll(sums(source, table)), () -> there.putAll(sums(target, table)));
      rows = here.values().stream().mapToLong(Sum::rows).sum();
      differing = rows(table, differing(here, there));
    } finally {
      end();
    }
    List<List<String>> persisting = new ArrayList<>();
    List<List<String>> restless = new ArrayList<>();
    if (strict) {
      persisting.addAll(differing);
    } else if (!differing.isEmpty()) {
      for (TableResult again : byKey.underWrites(Map.of(table, differing))) {
        persisting.addAll(again.differing());
        restless.addAll(again.restless());
      }
    }
    return new TableResult(
        name, rows, persisting, restless, Duration.ofNanos(System.nanoTime() - began));
  }

  private void awaitMarker() {
    if (marker.lag(MARKER_LIMIT).isEmpty()) {
      throw new CommandFailedException(
          "%s must follow %s within %d s to be compared, it does not"
              .formatted(target.generation(), source.generation(), MARKER_LIMIT.toSeconds()));
    }
  }

  private static String differing(Map<Integer, Sum> here, Map<Integer, Sum> there) {
    Set<Integer> buckets = new TreeSet<>(here.keySet());
    buckets.addAll(there.keySet());
    return buckets.stream()
        .filter(bucket -> !Objects.equals(here.get(bucket), there.get(bucket)))
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private Set<List<String>> rows(ComparedTable table, String buckets) {
    Set<List<String>> differing = new HashSet<>();
    if (!buckets.isEmpty()) {
      Map<List<String>, Long> here = new HashMap<>();
      Map<List<String>, Long> there = new HashMap<>();
      String sql = table.rowsOf(buckets);
      Together.both(() -> here.putAll(rows(source, sql)), () -> there.putAll(rows(target, sql)));
      Set<List<String>> keys = new HashSet<>(here.keySet());
      keys.addAll(there.keySet());
      keys.stream()
          .filter(key -> !Objects.equals(here.get(key), there.get(key)))
          .forEach(differing::add);
    }
    return differing;
  }

  private static Map<Integer, Sum> sums(Database database, ComparedTable table) {
    Map<Integer, Sum> sums = new HashMap<>();
    database.query(
        table.sums(), row -> sums.put(row.getInt(1), new Sum(row.getLong(2), row.getString(3))));
    return sums;
  }

  private static Map<List<String>, Long> rows(Database database, String sql) {
    Map<List<String>, Long> rows = new HashMap<>();
    database.query(sql, row -> rows.merge(key(row), row.getLong(2), Long::sum));
    return rows;
  }

  private static List<String> key(ResultSet row) throws SQLException {
    Array array = row.getArray(1);
    return Arrays.asList((String[]) array.getArray());
  }

  /** The source's snapshot first, then the target's, which has to know all of it. */
  private void begin() {
    snapshot(source);
    if (!strict) {
      awaitMarker();
    }
    snapshot(target);
  }

  private static void snapshot(Database database) {
    database.always("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1");
  }

  private void end() {
    source.always("ROLLBACK");
    target.always("ROLLBACK");
  }
}
