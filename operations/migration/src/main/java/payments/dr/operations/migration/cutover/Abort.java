package payments.dr.operations.migration.cutover;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import payments.dr.operations.migration.database.Fence;
import payments.dr.operations.migration.database.Link;

/**
 * Back from a switch before its point of no return: the source takes writes again and the target
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
    boolean turned = Switch.turned(record.abortedAt());
    MigrationRecord last =
        new Procedure(journal, progress)
            .run(
                record, Phase.ABORTING, turned ? turnedSteps() : steps(), UnaryOperator.identity());
    journal.save(last.at(Phase.REPLICATING, ""), DataChange.END);
  }

  private List<Step> steps() {
    return List.of(new Step("open again", () -> new Fence(sides.source()).release()));
  }

  /**
   * The forward slot is made anew while the source is fenced and drained: from this moment on it
   * has every write, and none that the target has already.
   */
  private List<Step> turnedSteps() {
    Link forward = sides.link();
    Link reverse = sides.swapped().link();
    List<Step> all = new ArrayList<>();
    all.add(new Step("stop backward replication", reverse::unsubscribe));
    all.add(
        new Step(
            "renew forward slot",
            () -> {
              forward.freeHere();
              forward.reserve();
            }));
    all.addAll(steps());
    all.add(new Step("subscribe forward again", () -> forward.subscribe(false)));
    all.add(new Step("free backward slot", reverse::free));
    return all;
  }
}
