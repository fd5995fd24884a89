package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import payments.dr.ledger.LeaseLostException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.compare.DatabaseComparison;
import payments.dr.operations.migration.compare.DifferingRows;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.database.ChangeLog;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.ExtensionTables;
import payments.dr.operations.migration.database.Marker;
import payments.dr.operations.migration.database.Replication;
import payments.dr.operations.migration.database.Sequences;
import payments.dr.operations.migration.database.Waiting;

/**
 * Moves the data's home from one side to the other, and lets the one that it leaves follow. Cutover
 * and rollback both are this, with the sides swapped.
 *
 * <p>Up to {@code open} every failure leads back: the source is opened again. With {@code open} the
 * ledger says that the data is at the target, and from then on it goes forward only.
 */
final class Cutover {

  /** From here on the target may have lost its subscription: an abort has to restore it. */
  private static final String TURN = "stop forward replication";

  private static final List<String> BACKWARD =
      List.of(
          TURN,
          "free forward slot",
          "publish backward",
          "reserve backward slot",
          "subscribe backward",
          "connect backward",
          "prove");

  private static final String FENCE = "fence";
  private static final String POINT_OF_NO_RETURN = "open";
  private static final String POINTER = "pointer";

  private final Sides sides;
  private final Journal journal;
  private final Pointer pointer;
  private final CutoverLimits limits;
  private final Progress progress;
  private final InstantSource clock;
  private final Strays strays;
  private final CutoverComparison comparison;
  private final List<Step> steps;
  private Instant fencedAt = Instant.MAX;
  private Instant openedAt = Instant.MAX;

  Cutover(
      Sides sides,
      Journal journal,
      Pointer pointer,
      CutoverLimits limits,
      Progress progress,
      InstantSource clock,
      Strays strays,
      CutoverComparison comparison) {
    this.sides = sides;
    this.journal = journal;
    this.pointer = pointer;
    this.limits = limits;
    this.progress = progress;
    this.clock = clock;
    this.strays = strays;
    this.comparison = comparison;
    this.steps = steps();
  }

  private List<Step> steps() {
    Replication forward = sides.replication();
    Replication reverse = sides.swapped().replication();
    DatabaseFence source = new DatabaseFence(sides.source());
    Sequences sequences = new Sequences(sides.source(), sides.target());
    ExtensionTables extensions = new ExtensionTables(sides.source(), sides.target());
    return List.of(
        new Step(FENCE, DataChange.BEGIN, source::close),
        inTime("drain", this::drain),
        inTime("sequences", sequences::advance),
        inTime("extension tables", extensions::carry),
        inTime("compare", this::compare),
        // Forward ends before backward begins: two live directions would loop.
        inTime(TURN, forward::unsubscribe),
        inTime(BACKWARD.get(1), forward::dropSlots),
        inTime(BACKWARD.get(2), reverse::publish),
        // Before the target's first write, or that one would never come back.
        inTime(BACKWARD.get(3), reverse::createSlot),
        inTime(BACKWARD.get(4), () -> reverse.subscribe(false)),
        inTime(BACKWARD.get(5), () -> reverse.awaitConnected(limits.drain())),
        inTime(BACKWARD.get(6), this::requireNoStrays),
        // An application that follows the pointer finds it open.
        new Step(POINT_OF_NO_RETURN, DataChange.MOVE, this::open),
        new Step(POINTER, () -> pointer.pointTo(target())),
        new Step("look for stray writes", this::nameStrays));
  }

  /**
   * Begins, or goes on where a kill stopped it.
   *
   * @return writes paused for so long
   * @throws CommandFailedException when it was given up and the source takes writes again; or, past
   *     the point of no return, when it must be run again
   */
  Duration run(MigrationRecord begun) {
    MigrationRecord record = begun;
    fencedAt = record.fencedAt().orElse(Instant.MAX);
    openedAt = record.openedAt().orElseGet(clock::instant);
    try {
      record =
          new Procedure(journal, progress)
              .run(record, MigrationPhase.SWITCHING, steps, this::enter);
    } catch (LeaseLostException e) {
      // Whoever has the mutex now decides what becomes of the fence.
      throw e;
    } catch (RuntimeException e) {
      giveUp(e);
    }
    Duration pause = Duration.between(fencedAt, openedAt);
    journal.save(record.turned(), DataChange.END);
    if (pause.compareTo(limits.pause()) >= 0) {
      throw new CommandFailedException(
          "writes must pause less than %d s, they did for %d s; %s has the data"
              .formatted(limits.pause().toSeconds(), pause.toSeconds(), target()));
    }
    return pause;
  }

  private MigrationRecord enter(MigrationRecord next) {
    switch (next.step()) {
      case FENCE -> {
        fencedAt = clock.instant();
        return next.fenced(fencedAt);
      }
      case POINT_OF_NO_RETURN -> {
        openedAt = clock.instant();
        return next.pastTheReturn().opened(openedAt);
      }
      case POINTER -> {
        return next.opened(openedAt);
      }
      default -> {
        return next;
      }
    }
  }

  /** Asks the ledger, not this process, on which side of the point of no return it failed. */
  private void giveUp(RuntimeException failure) {
    MigrationRecord record = journal.read().orElseThrow();
    if (record.moved()) {
      throw new CommandFailedException(
          "%s has the data, but not every step is done; run this again: %s"
              .formatted(target(), failure.getMessage()),
          failure);
    }
    if (record.phase() != MigrationPhase.SWITCHING) {
      // Not even the fence was recorded.
      new ChangeLog(sides.source()).drop();
      new ChangeLog(sides.target()).drop();
      throw failure;
    }
    progress.say("giving up: " + failure.getMessage());
    try {
      new Abort(sides, journal, progress).run(record.aborted());
    } catch (RuntimeException e) {
      throw new CommandFailedException(
          "giving up is not done, run this again: %s; given up because: %s"
              .formatted(e.getMessage(), failure.getMessage()),
          e);
    }
    throw new CommandFailedException(
        "%s takes writes again, nothing was moved: %s"
            .formatted(sides.source().generation(), failure.getMessage()),
        failure);
  }

  /** Whether a cutover that stopped at this step had begun to turn replication round. */
  static boolean turned(String step) {
    return BACKWARD.contains(step);
  }

  private Step inTime(String name, Runnable action) {
    return new Step(
        name,
        () -> {
          Duration fenced = Duration.between(fencedAt, clock.instant());
          if (fenced.compareTo(limits.pause()) >= 0) {
            throw new CommandFailedException(
                "writes must pause less than %d s, they have for %d s before step \"%s\""
                    .formatted(limits.pause().toSeconds(), fenced.toSeconds(), name));
          }
          action.run();
        });
  }

  private void drain() {
    Marker marker = sides.marker();
    String lsn = marker.write();
    if (!sides.target().dryRun()) {
      Waiting.until(
          "%s must have applied %s of %s".formatted(target(), lsn, sides.source().generation()),
          limits.drain(),
          () -> marker.arrived(lsn));
    }
  }

  /** One that was killed in this step may have opened it. */
  private void open() {
    if (new DatabaseFence(sides.target()).release()) {
      openedAt = clock.instant();
    }
  }

  /** Of replication, too: nothing of ours comes in while both are closed. */
  private void requireNoStrays() {
    if (sides.target().dryRun()) {
      return;
    }
    List<String> since = comparison.strays();
    if (!since.isEmpty()) {
      // The slot by which the target follows again is younger: these it would never get.
      sides.swapped().replication().unsubscribe();
      overwrite(comparison.runChanged());
      throw new CommandFailedException(String.join("; ", since));
    }
  }

  private void overwrite(List<TableResult> results) {
    new DifferingRows(sides.source(), sides.target()).overwrite(results, progress::say);
  }

  /**
   * It is too late to give up: the operator who goes back must know, and a log that is lost must
   * not stand in the way.
   */
  private void nameStrays() {
    if (!sides.source().dryRun()) {
      try {
        // The target's own writes come in by now.
        comparison.localStrays(
            change ->
                progress.say(
                    "written to %s in spite of its fence, and not to %s: %s"
                        .formatted(sides.source().generation(), target(), change)));
      } catch (CommandFailedException e) {
        progress.say(
            "nobody knows what was written to %s in spite of its fence, ./dr migrate verify finds it: %s"
                .formatted(sides.source().generation(), e.getMessage()));
      }
    }
    new ChangeLog(sides.source()).drop();
    new ChangeLog(sides.target()).drop();
  }

  private void compare() {
    if (sides.target().dryRun()) {
      return;
    }
    boolean verified = comparison.isVerified();
    if (strays == Strays.REFUSE && !verified) {
      throw new CommandFailedException(
          "both sides must be as they were verified, a schema or a slot is not: run ./dr migrate verify");
    }
    List<TableResult> results = rows(verified);
    if (strays == Strays.DISCARD && !results.stream().allMatch(TableResult::equal)) {
      overwrite(results);
      results = rows(verified);
    }
    DatabaseComparison.requireEqual(results, strays.advice());
    // No log tells of what is prepared, and after the turn giving up would have to wait for it.
    new DatabaseFence(sides.source()).refusePrepared();
    new DatabaseFence(sides.target()).refusePrepared();
    comparison.settle();
  }

  private List<TableResult> rows(boolean verified) {
    return verified ? comparison.runChanged() : comparison.runEverything();
  }

  private String target() {
    return sides.target().generation();
  }
}
