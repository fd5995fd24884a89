package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.util.List;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.Link;
import payments.dr.operations.migration.database.Tables;

/** Lets the target copy the source's rows and follow. */
final class Replication {

  private Replication() {}

  static List<Step> start(Sides sides, boolean discardCopy, Duration limit) {
    Link link = sides.link();
    return List.of(
        new Step("check tables", () -> requireEmpty(sides, discardCopy)),
        new Step("publish", link::publish),
        new Step("let copy", link::letCopy),
        new Step("reserve slot", link::reserve),
        new Step("subscribe", () -> link.subscribe(true)),
        new Step("connect", () -> link.awaitConnected(limit)));
  }

  private static void requireEmpty(Sides sides, boolean discardCopy) {
    if (sides.link().subscribed()) {
      return;
    }
    Tables.requireSame(sides.source(), sides.target());
    Database target = sides.target();
    List<String> filled = Tables.filled(target);
    if (!filled.isEmpty() && discardCopy) {
      // CASCADE reaches no further: every table with a row is here.
      target.change("TRUNCATE " + String.join(", ", Tables.of(target)) + " CASCADE");
    } else if (!filled.isEmpty()) {
      throw new BadInputException(
          ("tables of %s must be empty, got rows in %s: they are of an earlier copy when you say"
                  + " --discard-copy")
              .formatted(target.generation(), String.join(", ", filled)));
    }
    target.change("TRUNCATE payments_migration.marker");
  }
}
