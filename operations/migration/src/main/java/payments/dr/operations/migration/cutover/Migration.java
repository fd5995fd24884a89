package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.compare.DatabaseComparison;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.database.MaterializedViews;
import payments.dr.operations.migration.database.Roles;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.migration.database.WriteGuard;
import payments.dr.operations.migration.preflight.Gate;
import payments.dr.operations.postgres.Cluster;

/** One migration, and what may be done with it in which phase. */
public final class Migration {

  private final Cluster home;
  private final Cluster away;
  private final Journal journal;
  private final Pointer pointer;
  private final CutoverLimits limits;
  private final Progress progress;
  private final InstantSource clock;
  private final SqlChanges changes;

  /**
   * Makes a migration from one cluster to another.
   *
   * @param home has the data before the migration begins
   * @param away is to have it
   */
  public Migration(
      Cluster home,
      Cluster away,
      Journal journal,
      Pointer pointer,
      CutoverLimits limits,
      Progress progress,
      InstantSource clock,
      SqlChanges changes) {
    this.home = home;
    this.away = away;
    this.journal = journal;
    this.pointer = pointer;
    this.limits = limits;
    this.progress = progress;
    this.clock = clock;
    this.changes = changes;
  }

  /**
   * Records why findings of preflight are accepted.
   *
   * @param reasons by checks
   */
  public void decide(Map<String, String> reasons) {
    if (!reasons.isEmpty()) {
      journal.save(current().decided(reasons), DataChange.NONE);
    }
  }

  /** Returns what was decided for this migration, reasons by checks. */
  public Map<String, String> decisions() {
    return current().decisions();
  }

  /** Whether a cutover would begin, and not go on. */
  public boolean isBeforeCutover() {
    MigrationRecord record = current();
    return record.phase() == MigrationPhase.REPLICATING && isHome(record);
  }

  /** Returns the gate before a start: one that was stopped holds workers and slots already. */
  public Gate gateOfStart() {
    return current().phase() == MigrationPhase.STARTING ? Gate.REPLICATING : Gate.START;
  }

  private MigrationRecord current() {
    return journal
        .read()
        .filter(found -> found.phase() != MigrationPhase.ABANDONED)
        .orElseGet(() -> MigrationRecord.begin(home.generation(), away.generation()));
  }

  /**
   * Makes schema, roles, logins and workspace; the target's own logins are closed until it has the
   * data.
   *
   * @param discardCopy whether a schema that the target has may be dropped, rows included
   */
  public void prepare(boolean discardCopy) {
    MigrationRecord record = current();
    require(record, MigrationPhase.PREPARING, MigrationPhase.PREPARED);
    try (Sides sides = Sides.open(home, away, changes)) {
      MigrationRecord last =
          run(
              record.at(MigrationPhase.PREPARING, ""),
              MigrationPhase.PREPARING,
              Preparation.of(sides, discardCopy, progress));
      journal.save(last.at(MigrationPhase.PREPARED, ""), DataChange.NONE);
    }
  }

  /**
   * Lets the target copy and follow; the copy goes on after this has returned.
   *
   * @param discardCopy whether rows that the target has are an old copy, to be emptied
   */
  public void start(boolean discardCopy) {
    MigrationRecord record = require(MigrationPhase.PREPARED, MigrationPhase.STARTING);
    try (Sides sides = Sides.open(home, away, changes)) {
      MigrationRecord last =
          run(
              record,
              MigrationPhase.STARTING,
              ReplicationStart.start(sides, discardCopy, limits.drain()));
      journal.save(
          last.at(MigrationPhase.REPLICATING, "").started(clock.instant()), DataChange.NONE);
    }
  }

  /**
   * Compares both sides while writes go on. When they are equal, it remembers how long that took,
   * and slots on both sides tell what changes from then on, for the cutover to compare. On the way
   * back they do so when rows differ, too: the way back compares those again.
   */
  public Verification verify() {
    MigrationRecord record = require(MigrationPhase.REPLICATING);
    try (Sides sides = sides(record)) {
      CutoverReadiness readiness = new CutoverReadiness(sides, pointer, limits);
      readiness.requireCopied();
      readiness.drObjection().ifPresent(progress::say);
      if (!sides.replication().publishes()) {
        progress.say(sides.replication().incomplete() + ": it is completed");
        sides.replication().republish();
      }
      Verification verification = new VerifiedSides(sides, progress, !isHome(record)).verify();
      if (verification.equal()) {
        journal.save(record.verified(verification.took()), DataChange.NONE);
      }
      return verification;
    }
  }

  /**
   * Makes the other side the data's home.
   *
   * @return how long writes paused; empty when it is there already
   */
  public Optional<Duration> cutover() {
    MigrationRecord record =
        require(MigrationPhase.REPLICATING, MigrationPhase.SWITCHING, MigrationPhase.ABORTING);
    if (record.phase() == MigrationPhase.REPLICATING && !isHome(record)) {
      return Optional.empty();
    }
    requireDirection(record, true);
    return Optional.of(switchOver(record, Strays.REFUSE));
  }

  /**
   * Moves back to where the data was, at any time: before the cutover by ending the replication,
   * after it by the cutover in the other direction.
   *
   * @return how long writes paused; empty when the data never left
   */
  public Optional<Duration> rollback() {
    return rollback(Strays.REFUSE_ON_THE_WAY_BACK);
  }

  /**
   * Moves back like {@link #rollback}, and gives rows which differ at the side that followed what
   * the other has: somebody wrote there in spite of its fence. Each is told before it goes.
   */
  public Optional<Duration> rollbackDiscardingStrays() {
    return rollback(Strays.DISCARD);
  }

  private Optional<Duration> rollback(Strays strays) {
    MigrationRecord record = journal.read().orElseThrow(Migration::nothing);
    if (record.phase() == MigrationPhase.SWITCHING && isHome(record)) {
      // Past the point of no return the way back begins at the other side.
      record = completeOrAbort(record);
    }
    if (record.phase() == MigrationPhase.ABANDONED) {
      return Optional.empty();
    }
    if (record.phase() == MigrationPhase.ABORTING && isHome(record)) {
      record = finishAbort(record);
    }
    if (isHome(record)) {
      abandon(record);
      return Optional.empty();
    }
    requireDirection(record, false);
    return Optional.of(switchOver(record, strays));
  }

  /** Removes everything that replicates. The source of old stays closed. */
  public void finish() {
    MigrationRecord record =
        require(MigrationPhase.REPLICATING, MigrationPhase.FINISHING, MigrationPhase.FINISHED);
    if (isHome(record)) {
      throw new BadInputException(
          "data must be in %s to finish, got %s in %s: run ./dr migrate cutover, or rollback to give"
                  .formatted(record.target(), record.label(), record.source())
              + " the migration up");
    }
    if (record.phase() == MigrationPhase.FINISHED) {
      return;
    }
    try (Sides sides = sides(record)) {
      MigrationRecord last =
          run(record, MigrationPhase.FINISHING, ReplicationRemoval.ofFollower(sides));
      journal.save(last.at(MigrationPhase.FINISHED, ""), DataChange.NONE);
    }
  }

  private Duration switchOver(MigrationRecord record, Strays strays) {
    try (Sides sides = sides(record)) {
      if (record.phase() == MigrationPhase.ABORTING) {
        new Abort(sides, journal, progress).run(record);
        throw new CommandFailedException(
            "%s takes writes again, the cutover that was given up is undone; run this again"
                .formatted(record.source()));
      }
      if (record.phase() == MigrationPhase.REPLICATING) {
        CutoverReadiness readiness = new CutoverReadiness(sides, pointer, limits);
        readiness.require(record);
        readiness.drObjection().ifPresent(objection -> refuseOrSay(record, objection));
        // Statistics are not replicated, and no plan should be made without.
        sides.target().change("ANALYZE");
        new WriteGuard(sides.source()).make();
        // The step that makes it finds it: there is less to be done while writes pause.
        sides.swapped().replication().publish();
        new Roles(sides.source(), sides.target()).carry().forEach(progress::say);
        MaterializedViews.refresh(sides.source(), sides.target());
      }
      try (CutoverComparison comparison = new CutoverComparison(sides, progress)) {
        if (record.phase() == MigrationPhase.REPLICATING) {
          catchUp(sides, record, comparison, strays);
        }
        return cutover(sides, pointer, strays, comparison).run(record);
      }
    }
  }

  /** The way back may be the one that is left when a Region is lost. */
  private void refuseOrSay(MigrationRecord record, String objection) {
    if (isHome(record)) {
      throw new BadInputException(objection);
    }
    progress.say(objection);
  }

  private Cutover cutover(Sides sides, Pointer to, Strays strays, CutoverComparison comparison) {
    return new Cutover(sides, journal, to, limits, progress, clock, strays, comparison);
  }

  /** What it does not compare now, the strict comparison does while writes pause. */
  private void catchUp(
      Sides sides, MigrationRecord record, CutoverComparison comparison, Strays strays) {
    if (!comparison.isVerified()) {
      progress.say("not verified since the last cutover");
      compareEverything(record, comparison);
    } else if (!changes.dryRun()) {
      List<TableResult> differing = List.of();
      try {
        differing = comparison.catchUp(strays);
      } catch (CommandFailedException e) {
        if (isHome(record)) {
          throw e;
        }
        // A log that cannot be read must not stop the way back, where reading every row is short.
        progress.say("what changed since the verification cannot be compared: " + e.getMessage());
        new CutoverReadiness(sides, pointer, limits).requireShort(record);
        compareEverything(record, comparison);
      }
      new CutoverReadiness(sides, pointer, limits).requireShort(comparison.left());
      if (strays != Strays.DISCARD) {
        DatabaseComparison.requireEqual(differing, strays.advice());
      }
    }
  }

  private void compareEverything(MigrationRecord record, CutoverComparison comparison) {
    progress.say(
        "every row is compared while writes pause"
            + record
                .verified()
                .map(took -> ", which took %d s at the last verify".formatted(took.toSeconds()))
                .orElse(""));
    comparison.watch();
  }

  private MigrationRecord completeOrAbort(MigrationRecord record) {
    try (Sides sides = sides(record)) {
      if (record.moved()) {
        try (CutoverComparison comparison = new CutoverComparison(sides, progress)) {
          cutover(sides, new LeftPointer(), Strays.REFUSE, comparison).run(record);
        }
      } else {
        new Abort(sides, journal, progress).run(record.aborted());
      }
    }
    return journal.read().orElseThrow();
  }

  private MigrationRecord finishAbort(MigrationRecord record) {
    try (Sides sides = sides(record)) {
      new Abort(sides, journal, progress).run(record);
    }
    return journal.read().orElseThrow();
  }

  private void abandon(MigrationRecord record) {
    try (Sides sides = sides(record)) {
      MigrationRecord last =
          run(record, MigrationPhase.ABANDONING, ReplicationRemoval.ofCopy(sides));
      journal.save(last.at(MigrationPhase.ABANDONED, ""), DataChange.NONE);
    }
  }

  private MigrationRecord run(MigrationRecord record, MigrationPhase phase, List<Step> steps) {
    return new Procedure(journal, progress).run(record, phase, steps, UnaryOperator.identity());
  }

  private Sides sides(MigrationRecord record) {
    return isHome(record) ? Sides.open(home, away, changes) : Sides.open(away, home, changes);
  }

  private static boolean isHome(MigrationRecord record) {
    return record.source().equals(record.home());
  }

  private static void requireDirection(MigrationRecord record, boolean forward) {
    if (isHome(record) != forward) {
      throw new BadInputException(
          "migration is %s: run ./dr migrate %s to complete it"
              .formatted(record.label(), forward ? "rollback" : "cutover"));
    }
  }

  private MigrationRecord require(MigrationPhase... allowed) {
    MigrationRecord record = journal.read().orElseThrow(Migration::nothing);
    require(record, allowed);
    return record;
  }

  private static void require(MigrationRecord record, MigrationPhase... allowed) {
    if (!List.of(allowed).contains(record.phase())) {
      throw new BadInputException(
          "migration must be %s for this, got %s: see ./dr migrate status"
              .formatted(
                  Stream.of(allowed).map(MigrationPhase::name).collect(Collectors.joining(" or ")),
                  record.label()));
    }
  }

  private static BadInputException nothing() {
    return new BadInputException(
        "there must be a migration, got none: run ./dr migrate preflight, then prepare");
  }
}
