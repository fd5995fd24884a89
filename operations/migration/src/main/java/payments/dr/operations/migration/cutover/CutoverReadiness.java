package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.migration.compare.SchemaComparison;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.DrMember;
import payments.dr.operations.migration.database.ExtensionTables;
import payments.dr.operations.migration.database.ReplicatedTables;

/** What must hold before a cutover fences anything; each refusal says what to do. */
final class CutoverReadiness {

  /** Of the target's copy in the other Region: with it, a lost Region loses less than a minute. */
  private static final Duration DR_LAG = Duration.ofSeconds(10);

  private final Sides sides;
  private final Pointer pointer;
  private final CutoverLimits limits;

  CutoverReadiness(Sides sides, Pointer pointer, CutoverLimits limits) {
    this.sides = sides;
    this.pointer = pointer;
    this.limits = limits;
  }

  void require(MigrationRecord record) {
    requireCopied();
    requirePublished();
    requireFollowing();
    new DatabaseFence(sides.source()).refusePrepared();
    ReplicatedTables.requireSame(sides.source(), sides.target());
    new ExtensionTables(sides.source(), sides.target()).requireSame();
    SchemaComparison.requireSame(
        new SchemaComparison(sides.source(), sides.target()).differences(),
        ": make them the same with SET payments_migration.ddl = on, then run ./dr migrate verify");
    requireVerified(record);
    pointer.requireReady(record.target());
  }

  /** Of the subscriber's side; one that copied nothing knows its tables as ready from the start. */
  void requireCopied() {
    List<String> copying =
        sides
            .target()
            .texts(
                "SELECT srrelid::regclass::text FROM pg_subscription_rel JOIN pg_subscription s"
                    + " ON s.oid = srsubid WHERE s.subname = ? AND srsubstate <> 'r' ORDER BY 1",
                sides.replication().name());
    if (!copying.isEmpty()) {
      throw new BadInputException(
          ("every table must be copied and follow, got %d that are not, such as %s: wait, see"
                  + " ./dr migrate status")
              .formatted(copying.size(), copying.get(0)));
    }
  }

  /** Returns why the target would lose payments with its Region; empty when it would not. */
  Optional<String> drObjection() {
    return new DrMember(sides.target()).objection(DR_LAG);
  }

  private void requirePublished() {
    if (!sides.replication().publishes()) {
      throw new BadInputException(
          sides.replication().incomplete()
              + ": run ./dr migrate verify, which completes it and names the rows that it left out");
    }
  }

  private void requireFollowing() {
    if (!sides.replication().connected()) {
      throw new BadInputException(
          ("%1$s must follow %2$s, its subscription is not connected: see the log of %1$s; where it"
                  + " says \"duplicate key\", delete that row of %1$s:"
                  + " docs/migrate/problems.md#a-stray-row-that-stops-replication")
              .formatted(sides.target().generation(), sides.source().generation()));
    }
    if (!sides.source().dryRun() && sides.marker().lag(limits.lag()).isEmpty()) {
      throw new BadInputException(
          ("%1$s must follow within %2$d s, it does not: wait, see ./dr migrate status; where the log"
                  + " of %1$s says \"duplicate key\", delete that row of %1$s:"
                  + " docs/migrate/problems.md#a-stray-row-that-stops-replication")
              .formatted(sides.target().generation(), limits.lag().toSeconds()));
    }
  }

  /** The way back may be taken without a verification, and then compares every row. */
  private void requireVerified(MigrationRecord record) {
    if (CutoverComparison.isVerified(sides)) {
      return;
    }
    if (record.source().equals(record.home())) {
      throw new BadInputException(
          "both sides must have been verified, and no schema changed, no slot be gone and no cutover"
              + " given up since: run ./dr migrate verify");
    }
    requireShort(record);
  }

  /** Of comparing some tables as a whole while writes pause, each with what it takes. */
  void requireShort(Map<String, Duration> tables) {
    Duration half = limits.pause().dividedBy(2);
    Duration all = tables.values().stream().reduce(Duration.ZERO, Duration::plus);
    if (all.compareTo(half) > 0) {
      throw new BadInputException(
          ("comparing tables that change all the time, as a whole, must take at most %.1f s, half of"
                  + " the longest pause of writes, got %.1f s for %s: give them a primary key, or"
                  + " stop who writes them until the cutover is done")
              .formatted(
                  half.toMillis() / 1000.0,
                  all.toMillis() / 1000.0,
                  tables.keySet().stream().sorted().collect(Collectors.joining(", "))));
    }
  }

  /** Of comparing every row while writes pause. */
  void requireShort(MigrationRecord record) {
    Duration half = limits.pause().dividedBy(2);
    record
        .verified()
        .filter(took -> took.compareTo(half) > 0)
        .ifPresent(
            took -> {
              throw new BadInputException(
                  ("comparing every row must take at most %d s, half of the longest pause of writes,"
                          + " got %d s at the last ./dr migrate verify: run it again, and only what"
                          + " changes afterwards is compared")
                      .formatted(half.toSeconds(), took.toSeconds()));
            });
  }
}
