package payments.dr.operations.migration.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.Marker;

/**
 * Compares rows whose keys are given, those of many tables with one statement: beside the way
 * there, looking a row up takes no time.
 *
 * <p>A row that neither side has is equal. Keys are given as the log tells them, and come back as
 * the table has them: {@code "7 "} of a {@code char(2)} comes back as {@code "7"}.
 */
final class KeyComparison {

  private static final int LOOKS = 10;
  private static final int TABLES = 100;
  private static final int KEYS = 20_000;
  private static final Duration MARKER_LIMIT = Duration.ofSeconds(30);

  private final Database source;
  private final Database target;
  private final Marker marker;

  KeyComparison(Database source, Database target, Marker marker) {
    this.source = source;
    this.target = target;
    this.marker = marker;
  }

  /** A row of one table. */
  private record Row(ComparedTable table, List<String> key) {

    /** Of the name alone: there are many rows, and much to say of a table. */
    @Override
    public int hashCode() {
      return Objects.hash(table.name(), key);
    }
  }

  /** Compares while nobody writes. */
  List<TableResult> strictly(Map<ComparedTable, Set<List<String>>> keys) {
    List<TableResult> results = new ArrayList<>();
    for (Map<ComparedTable, Set<List<String>>> batch : batches(keys)) {
      long began = System.nanoTime();
      Map<Row, Long> here = new HashMap<>();
      Map<Row, Long> there = new HashMap<>();
      Together.both(
          () -> here.putAll(rows(source, batch)), () -> there.putAll(rows(target, batch)));
      Set<Row> differing = union(here, there);
      differing.removeIf(row -> Objects.equals(here.get(row), there.get(row)));
      results.addAll(results(batch, differing, Set.of(), began));
    }
    return results;
  }

  /**
   * Compares while writes go on: source, marker, target, source. A row that the source had before
   * or has after is one that the target had to have in between. One look alone proves no
   * difference: the source's row may have become another in between, and again what it was. A row
   * counts as differing when it does at every look and the source's stays the same over all.
   */
  List<TableResult> underWrites(Map<ComparedTable, Set<List<String>>> keys) {
    List<TableResult> results = new ArrayList<>();
    for (Map<ComparedTable, Set<List<String>>> batch : batches(keys)) {
      long began = System.nanoTime();
      Map<ComparedTable, Set<List<String>>> open = batch;
      Map<Row, Long> first = new HashMap<>();
      Set<Row> differing = Set.of();
      Set<Row> restless = new HashSet<>();
      Set<Row> left = new HashSet<>();
      for (int look = 0; look < LOOKS && !open.isEmpty(); look++) {
        Map<Row, Long> before = rows(source, open);
        awaitMarker();
        Map<Row, Long> there = rows(target, open);
        Map<Row, Long> after = rows(source, open);
        differing = union(before, there);
        differing.addAll(after.keySet());
        differing.removeIf(
            row ->
                Objects.equals(there.get(row), before.get(row))
                    || Objects.equals(there.get(row), after.get(row)));
        if (look == 0) {
          first.putAll(before);
        }
        differing.stream()
            .filter(row -> !always(first.get(row), before.get(row), after.get(row)))
            .forEach(restless::add);
        // Without a key, a look reads the whole table.
        differing.stream()
            .filter(row -> !row.table().keyed() && restless.contains(row))
            .forEach(left::add);
        differing.removeAll(left);
        open = byTables(differing);
      }
      restless.retainAll(differing);
      restless.addAll(left);
      differing.removeAll(restless);
      results.addAll(results(batch, differing, restless, began));
    }
    return results;
  }

  private static boolean always(Long first, Long before, Long after) {
    return Objects.equals(first, before) && Objects.equals(before, after);
  }

  private void awaitMarker() {
    if (marker.lag(MARKER_LIMIT).isEmpty()) {
      throw new CommandFailedException(
          "%s must follow %s within %d s to be compared, it does not"
              .formatted(target.generation(), source.generation(), MARKER_LIMIT.toSeconds()));
    }
  }

  private static Set<Row> union(Map<Row, Long> one, Map<Row, Long> other) {
    Set<Row> all = new HashSet<>(one.keySet());
    all.addAll(other.keySet());
    return all;
  }

  private static Map<ComparedTable, Set<List<String>>> byTables(Set<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                Row::table, Collectors.mapping(Row::key, Collectors.toUnmodifiableSet())));
  }

  private static List<TableResult> results(
      Map<ComparedTable, Set<List<String>>> batch,
      Set<Row> differing,
      Set<Row> restless,
      long began) {
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return batch.entrySet().stream()
        .map(
            table ->
                new TableResult(
                    table.getKey().name(),
                    table.getValue().size(),
                    List.copyOf(byTables(differing).getOrDefault(table.getKey(), Set.of())),
                    List.copyOf(byTables(restless).getOrDefault(table.getKey(), Set.of())),
                    took))
        .toList();
  }

  private static Map<Row, Long> rows(
      Database database, Map<ComparedTable, Set<List<String>>> batch) {
    Map<Row, Long> rows = new HashMap<>();
    if (batch.isEmpty()) {
      return rows;
    }
    List<ComparedTable> tables = List.copyOf(batch.keySet());
    List<String> parts = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      parts.add("SELECT %d, r.* FROM (%s) AS r".formatted(i, tables.get(i).rowsByKey()));
      parameters.addAll(Arrays.asList(tables.get(i).arrays(database, batch.get(tables.get(i)))));
    }
    database.query(
        String.join(" UNION ALL ", parts),
        found ->
            rows.merge(
                new Row(
                    tables.get(found.getInt(1)),
                    Arrays.asList((String[]) found.getArray(2).getArray())),
                found.getLong(3),
                Long::sum),
        parameters.toArray());
    return rows;
  }

  private static List<Map<ComparedTable, Set<List<String>>>> batches(
      Map<ComparedTable, Set<List<String>>> keys) {
    List<Map<ComparedTable, Set<List<String>>>> batches = new ArrayList<>();
    Map<ComparedTable, Set<List<String>>> batch = new LinkedHashMap<>();
    int size = 0;
    for (Map.Entry<ComparedTable, Set<List<String>>> table : keys.entrySet()) {
      for (List<String> key : table.getValue()) {
        if (size == KEYS || batch.size() == TABLES && !batch.containsKey(table.getKey())) {
          batches.add(batch);
          batch = new LinkedHashMap<>();
          size = 0;
        }
        batch.computeIfAbsent(table.getKey(), any -> new HashSet<>()).add(key);
        size++;
      }
    }
    if (size > 0) {
      batches.add(batch);
    }
    return batches;
  }
}
