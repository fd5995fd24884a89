package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.compare.ChangedRows;
import payments.dr.operations.migration.compare.DatabaseComparison;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.compare.Together;
import payments.dr.operations.migration.database.ChangeLog;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.StrayWrites;

/**
 * What a cutover compares while writes pause: what changed since both sides were verified. Only a
 * way back that was never verified compares every row.
 */
final class CutoverComparison implements AutoCloseable {

  private final Sides sides;
  private final Progress progress;
  private final ChangeLog here;
  private final ChangeLog there;
  private final DatabaseComparison strict;
  private final ChangedRows changed;
  private Runnable settled = () -> {};

  /** Opens its sessions and reads what the tables are like: it is ready when time counts. */
  CutoverComparison(Sides sides, Progress progress) {
    this.sides = sides;
    this.progress = progress;
    this.here = new ChangeLog(sides.source());
    this.there = new ChangeLog(sides.target());
    this.changed = new ChangedRows(sides.source(), sides.target(), here, there);
    this.strict = new DatabaseComparison(sides.source(), sides.target(), true);
  }

  /** Whether both sides are equal but for what their logs tell. */
  static boolean isVerified(Sides sides) {
    return new ChangeLog(sides.source()).isComplete() && new ChangeLog(sides.target()).isComplete();
  }

  boolean isVerified() {
    return here.isComplete() && there.isComplete();
  }

  /** Sees what is written from now on, where no verification did. */
  void watch() {
    here.make();
    there.make();
  }

  /**
   * Compares what changed while writes go on.
   *
   * @param strays whether rows that differ end it: those that go are left to the strict comparison
   * @return the tables that differ
   */
  List<TableResult> catchUp(Strays strays) {
    try (DatabaseComparison whole = new DatabaseComparison(sides.source(), sides.target(), false)) {
      List<TableResult> differing =
          changed.catchUp(strays == Strays.DISCARD, whole, progress::compared);
      changed
          .left()
          .forEach(
              (table, took) ->
                  progress.say(
                      "%s changes again whenever all of it is compared: it is compared while writes pause, which took %.1f s under writes"
                          .formatted(table, took.toMillis() / 1000.0)));
      return differing;
    }
  }

  /** What comparing takes that {@link #catchUp} has left to the pause, by tables. */
  Map<String, Duration> left() {
    return changed.left();
  }

  /** Compares every row while nobody writes. */
  List<TableResult> runEverything() {
    // Committed and not seen yet: the comparison would miss it, and the log would be past it.
    String hereNow = here.awaitSeen();
    String thereNow = there.awaitSeen();
    settled = () -> Together.both(() -> here.settle(hereNow), () -> there.settle(thereNow));
    return strict.run(progress::compared);
  }

  /** Compares what changed and is not settled yet, while nobody writes. */
  List<TableResult> runChanged() {
    ChangedRows.Strict compared = changed.strictly(strict, progress::compared);
    settled = compared.settled();
    progress.say(
        "  compared %,d changed rows by their keys, in %d tables"
            .formatted(compared.rows(), compared.results().size()));
    return compared.results();
  }

  /** Says that what was compared last is equal: what is written from then on is a stray write. */
  void settle() {
    settled.run();
  }

  /**
   * Returns a sentence for each side that was written since it was compared.
   *
   * @throws CommandFailedException when a log has not told everything since then
   */
  List<String> strays() {
    List<String> found = new CopyOnWriteArrayList<>();
    Together.both(
        () -> addStrays(sides.source(), here, found),
        () -> addStrays(sides.target(), there, found));
    return found;
  }

  private static void addStrays(Database side, ChangeLog log, List<String> found) {
    List<String> changes = new StrayWrites(side, log).read(ChangeLog.Origin.ANY);
    if (changes.isEmpty()) {
      log.requireUnbroken();
    } else {
      found.add(
          "nobody must have written %s since its fence, somebody has: %s"
              .formatted(side.generation(), String.join("; ", changes)));
    }
  }

  /**
   * Tells what the source was written in spite of its fence, once the target is open. A log that is
   * gone has been read: the command was killed afterwards.
   *
   * @throws CommandFailedException when that may not be all
   */
  void localStrays(Consumer<String> each) {
    if (here.stands()) {
      new StrayWrites(sides.source(), here).read(ChangeLog.Origin.LOCAL).forEach(each);
      here.requireUnbroken();
    }
  }

  @Override
  public void close() {
    strict.close();
  }
}
