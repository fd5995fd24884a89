package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.util.List;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.ReplicatedTables;
import payments.dr.operations.migration.database.Replication;

/** Lets the target copy the source's rows and follow. */
final class ReplicationStart {

  private ReplicationStart() {}

  static List<Step> start(Sides sides, boolean discardCopy, Duration limit) {
    Replication replication = sides.replication();
    return List.of(
        new Step("check tables", () -> requireEmpty(sides, discardCopy)),
        new Step("publish", replication::publish),
        new Step("let copy", replication::grantSelect),
        new Step("reserve slot", replication::createSlot),
        new Step("subscribe", () -> replication.subscribe(true)),
        new Step("connect", () -> replication.awaitConnected(limit)));
  }

  private static void requireEmpty(Sides sides, boolean discardCopy) {
    if (sides.replication().subscribed()) {
      return;
    }
    ReplicatedTables.requireSame(sides.source(), sides.target());
    Database target = sides.target();
    List<String> filled = ReplicatedTables.filled(target);
    if (!filled.isEmpty() && discardCopy) {
      // CASCADE reaches no further: every table with a row is here.
      target.change("TRUNCATE " + String.join(", ", ReplicatedTables.of(target)) + " CASCADE");
    } else if (!filled.isEmpty()) {
      throw new BadInputException(
          ("tables of %s must be empty, got rows in %s: they are of an earlier copy when you say"
                  + " --discard-copy")
              .formatted(target.generation(), String.join(", ", filled)));
    }
    target.change("TRUNCATE payments_migration.marker");
  }
}
