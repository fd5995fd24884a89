package payments.dr.operations.migration.cutover;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import payments.dr.operations.migration.database.ChangeLog;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.Replication;

/**
 * Takes a cutover back before its point of no return: the source takes writes again and the target
 * follows as before.
 *
 * <p>Everything up to the opening happens at the source alone: it succeeds while the target is
 * gone.
 */
final class Abort {

  private final Sides sides;
  private final Journal journal;
  private final Progress progress;

  Abort(Sides sides, Journal journal, Progress progress) {
    this.sides = sides;
    this.journal = journal;
    this.progress = progress;
  }

  void run(MigrationRecord record) {
    boolean turned = Cutover.turned(record.abortedAt());
    MigrationRecord last =
        new Procedure(journal, progress)
            .run(
                record,
                MigrationPhase.ABORTING,
                turned ? turnedSteps() : steps(),
                UnaryOperator.identity());
    journal.save(last.at(MigrationPhase.REPLICATING, ""), DataChange.END);
  }

  private List<Step> steps() {
    return List.of(
        new Step("open again", () -> new DatabaseFence(sides.source()).release()),
        new Step("free slot of changes", () -> new ChangeLog(sides.source()).drop()),
        new Step("free other slot of changes", () -> new ChangeLog(sides.target()).drop()));
  }

  /**
   * The forward slot is made anew while the source is fenced and drained: from this moment on it
   * has every write, and none that the target has already.
   */
  private List<Step> turnedSteps() {
    Replication forward = sides.replication();
    Replication reverse = sides.swapped().replication();
    List<Step> all = new ArrayList<>();
    all.add(new Step("stop backward replication", reverse::unsubscribe));
    all.add(
        new Step(
            "renew forward slot",
            () -> {
              forward.dropOwnSlot();
              forward.createSlot();
            }));
    all.addAll(steps());
    all.add(new Step("subscribe forward again", () -> forward.subscribe(false)));
    all.add(new Step("free backward slot", reverse::dropSlots));
    return all;
  }
}
