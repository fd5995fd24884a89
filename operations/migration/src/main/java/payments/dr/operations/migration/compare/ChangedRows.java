package payments.dr.operations.migration.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.ChangeLog;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.LoggedChange;
import payments.dr.operations.migration.database.Marker;
import payments.dr.operations.migration.database.TableName;

/**
 * Compares what changed on either side since both were compared: the rest is equal still. Both logs
 * tell the keys of rows that changed. A table is compared as a whole when they do not: when it was
 * truncated, has nothing that identifies a row in the log, or changed in more rows than are looked
 * up sooner than all are read.
 *
 * <p>A log is settled only when every row that it told of is equal, or is kept with the pending
 * ones: a command that is killed compares again what it was about to.
 */
public final class ChangedRows {

  /** So many are read before they are compared. */
  private static final int CHANGES = 20_000;

  private static final int ROUNDS = 1_000;

  /** So often a table is compared as a whole under writes; one that changes again is left. */
  private static final int WHOLE = 3;

  /** So few are left to the strict comparison, or as many as come meanwhile. */
  private static final int FEW = 500;

  private final Database source;
  private final Database target;
  private final ChangeLog here;
  private final ChangeLog there;
  private final PendingRows pending;
  private final KeyComparison comparison;
  private final Map<TableName, ComparedTable> tables = new HashMap<>();
  private final Map<String, ComparedTable> byName = new HashMap<>();
  private final Set<TableName> withoutKey = new HashSet<>();
  private final Map<String, List<Duration>> wholes = new HashMap<>();
  private final Map<String, Duration> left = new TreeMap<>();

  /** Reads which tables there are and what identifies their rows, on both sides. */
  public ChangedRows(Database source, Database target, ChangeLog here, ChangeLog there) {
    this.source = source;
    this.target = target;
    this.here = here;
    this.there = there;
    this.pending = new PendingRows(source);
    this.comparison = new KeyComparison(source, target, new Marker(source, target));
    Map<TableName, ComparedTable> others = named(target);
    named(source)
        .forEach(
            (name, table) -> {
              tables.put(name, table);
              byName.put(table.name(), table);
              ComparedTable other = others.get(name);
              if (!table.logged()
                  || other == null
                  || !other.logged()
                  || !other.keyNames().equals(table.keyNames())) {
                withoutKey.add(name);
              }
            });
  }

  private static Map<TableName, ComparedTable> named(Database database) {
    Map<TableName, ComparedTable> named = new HashMap<>();
    ComparedTable.all(database).forEach(table -> named.put(table.tableName(), table));
    return named;
  }

  /** Which rows and tables changed, by either log. */
  private final class Changes {

    private final Map<ComparedTable, Set<List<String>>> keys = new HashMap<>();
    private final Set<ComparedTable> whole = new HashSet<>();
    private int read;

    void add(Database side, ChangeLog.Kind kind, LoggedChange change) {
      read++;
      if (kind == ChangeLog.Kind.NEITHER || kind == ChangeLog.Kind.KEPT) {
        return;
      }
      ComparedTable table = tables.get(change.table());
      if (table == null) {
        throw new CommandFailedException(
            "changed table must be one of those that are compared, got %s of %s: run ./dr migrate verify"
                .formatted(change.table().quoted(), side.generation()));
      }
      if (change.isTruncation() || withoutKey.contains(change.table())) {
        addWhole(table);
      } else {
        change
            .keys(table.keyNames())
            .ifPresentOrElse(
                found -> found.forEach(key -> addKey(table, key)), () -> addWhole(table));
      }
    }

    void addPending() {
      pending.read(
          (name, key) -> {
            ComparedTable table = byName.get(name);
            if (key.isEmpty()) {
              addWhole(table);
            } else {
              addKey(table, key);
            }
          });
    }

    private void addKey(ComparedTable table, List<String> key) {
      if (!whole.contains(table)) {
        Set<List<String>> known = keys.computeIfAbsent(table, any -> new HashSet<>());
        known.add(key);
        if (table.isSoonerReadAsAWhole(known.size())) {
          addWhole(table);
        }
      }
    }

    private void addWhole(ComparedTable table) {
      whole.add(table);
      keys.remove(table);
    }

    private int rows() {
      return keys.values().stream().mapToInt(Set::size).sum();
    }

    private List<String> wholeNames() {
      return whole.stream().map(ComparedTable::name).sorted().toList();
    }
  }

  /**
   * Compares what changed while writes go on, until little is left, or until rows differ. A table
   * that changes again whenever it has been compared as a whole is kept with the pending ones.
   *
   * @param past whether to go on past rows that differ
   * @param whole a comparison of whole tables under writes
   * @param each is told of every table that was compared as a whole, and of every one that differs
   * @return what was compared last, of the tables that differ; nothing when all are equal
   * @throws CommandFailedException when changes come faster than they are compared
   */
  public List<TableResult> catchUp(
      boolean past, DatabaseComparison whole, Consumer<TableResult> each) {
    int last = Integer.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      Changes changes = new Changes();
      ChangeLog.End hereEnd =
          here.read(ChangeLog.Origin.ANY, CHANGES, (kind, one) -> changes.add(source, kind, one));
      ChangeLog.End thereEnd =
          there.read(ChangeLog.Origin.ANY, CHANGES, (kind, one) -> changes.add(target, kind, one));
      changes.addPending();
      List<TableResult> results = new ArrayList<>(comparison.underWrites(changes.keys));
      results.addAll(compareAgain(changes.wholeNames(), whole, each));
      keep(results);
      here.settle(hereEnd.lsn());
      there.settle(thereEnd.lsn());
      List<TableResult> differing = results.stream().filter(result -> !result.equal()).toList();
      boolean all = hereEnd.complete() && thereEnd.complete();
      if (!past && !differing.isEmpty()
          || all && (changes.read <= FEW || changes.read > last / 2)) {
        return differing;
      }
      last = changes.read;
    }
    throw new CommandFailedException(
        "changes of %s must be compared faster than they come, %d rounds were not enough"
            .formatted(source.generation(), ROUNDS));
  }

  private List<TableResult> compareAgain(
      List<String> names, DatabaseComparison whole, Consumer<TableResult> each) {
    List<String> open = new ArrayList<>();
    for (String name : names) {
      List<Duration> before = wholes.getOrDefault(name, List.of());
      if (before.size() < WHOLE) {
        open.add(name);
      } else {
        left.put(name, before.get(WHOLE - 1));
      }
    }
    List<TableResult> results = whole.run(open, each);
    for (TableResult result : results) {
      wholes.computeIfAbsent(result.table(), any -> new ArrayList<>()).add(result.duration());
    }
    return results;
  }

  /** Returns the tables that {@link #catchUp} has left, with how long comparing all of one took. */
  public Map<String, Duration> left() {
    return left;
  }

  /** Returns the names of tables that are compared as a whole whenever they have changed. */
  public Set<String> withoutKey() {
    return withoutKey.stream().map(name -> tables.get(name).name()).collect(Collectors.toSet());
  }

  /** Keeps rows that no look could settle, instead of those that were kept before. */
  public void keep(List<TableResult> results) {
    Map<String, Set<List<String>>> unsettled = new HashMap<>();
    for (TableResult result : results) {
      Set<List<String>> rows = new HashSet<>(result.differing());
      rows.addAll(result.restless());
      if (!rows.isEmpty()) {
        boolean keyed = byName.get(result.table()).keyed();
        unsettled
            .computeIfAbsent(result.table(), any -> new HashSet<>())
            .addAll(keyed ? rows : Set.of(List.of()));
      }
    }
    left.keySet().forEach(table -> unsettled.put(table, Set.of(List.of())));
    pending.replace(unsettled);
  }

  /**
   * What the strict comparison found.
   *
   * @param rows that were compared by their keys
   * @param results of all tables that changed
   * @param settled settles what was read, once it is equal
   */
  public record Strict(int rows, List<TableResult> results, Runnable settled) {}

  /**
   * Compares what changed while nobody writes.
   *
   * @param whole a strict comparison of whole tables
   * @param each is told of every table that was compared as a whole
   */
  public Strict strictly(DatabaseComparison whole, Consumer<TableResult> each) {
    Changes changes = new Changes();
    Changes others = new Changes();
    ChangeLog.End[] ends = new ChangeLog.End[2];
    Together.both(
        () -> {
          ends[0] = readAll(here, source, changes);
          changes.addPending();
        },
        () -> ends[1] = readAll(there, target, others));
    others.whole.forEach(changes::addWhole);
    others.keys.forEach((table, keys) -> keys.forEach(key -> changes.addKey(table, key)));
    List<TableResult> results = new ArrayList<>(comparison.strictly(changes.keys));
    results.addAll(whole.run(changes.wholeNames(), each));
    return new Strict(
        changes.rows(),
        results,
        () -> Together.both(() -> here.settle(ends[0].lsn()), () -> there.settle(ends[1].lsn())));
  }

  private static ChangeLog.End readAll(ChangeLog log, Database side, Changes changes) {
    return log.read(
        ChangeLog.Origin.ANY, Integer.MAX_VALUE, (kind, one) -> changes.add(side, kind, one));
  }
}
