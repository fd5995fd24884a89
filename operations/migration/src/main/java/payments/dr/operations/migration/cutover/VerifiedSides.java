package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.util.List;
import payments.dr.operations.migration.compare.ChangedRows;
import payments.dr.operations.migration.compare.DatabaseComparison;
import payments.dr.operations.migration.compare.SchemaComparison;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.database.ChangeLog;
import payments.dr.operations.migration.database.Workspace;

/**
 * Compares both sides while writes go on. The slots that tell what changes are made before anything
 * is read: what is read is not older than what they tell.
 */
final class VerifiedSides {

  private final Sides sides;
  private final Progress progress;
  private final boolean wayBack;
  private final ChangeLog here;
  private final ChangeLog there;

  /**
   * @param wayBack whether the target has been left by a cutover: rows that differ there were
   *     written past its fence, and must not stand in the way
   */
  VerifiedSides(Sides sides, Progress progress, boolean wayBack) {
    this.sides = sides;
    this.progress = progress;
    this.wayBack = wayBack;
    this.here = new ChangeLog(sides.source());
    this.there = new ChangeLog(sides.target());
  }

  /**
   * Leaves the slots when both sides are equal; on the way back also when rows differ, which it
   * keeps to be compared again.
   */
  Verification verify() {
    try {
      Workspace.make(sides.source());
      Workspace.make(sides.target());
      here.make();
      there.make();
      Verification verification = compare();
      if (!verification.equal() && !(wayBack && verification.definitions().isEmpty())) {
        drop();
      }
      return verification;
    } catch (RuntimeException e) {
      try {
        drop();
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private Verification compare() {
    List<String> definitions = new SchemaComparison(sides.source(), sides.target()).differences();
    definitions.forEach(difference -> progress.say("DIFFERENT " + difference));
    try (DatabaseComparison comparison =
        new DatabaseComparison(sides.source(), sides.target(), false)) {
      long began = System.nanoTime();
      List<TableResult> results = comparison.run(progress::compared);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      boolean equal = results.stream().allMatch(TableResult::equal);
      if (definitions.isEmpty() && (equal || wayBack)) {
        ChangedRows changed = new ChangedRows(sides.source(), sides.target(), here, there);
        changed.keep(results);
        here.complete();
        there.complete();
        if (equal) {
          results = withChanged(results, changed, comparison);
        }
      }
      return new Verification(results, definitions, took);
    }
  }

  /** Does what a cutover does before its fence: so it is known how long that takes. */
  private List<TableResult> withChanged(
      List<TableResult> results, ChangedRows changed, DatabaseComparison comparison) {
    long began = System.nanoTime();
    List<TableResult> differing = changed.catchUp(false, comparison, progress::compared);
    differing.forEach(progress::compared);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    progress.say(PauseEstimate.of(sides, results, changed.withoutKey(), took).sentence());
    return differing.isEmpty() ? results : differing;
  }

  private void drop() {
    here.drop();
    there.drop();
  }
}
