package payments.dr.operations.migration.cutover;

import payments.dr.operations.migration.compare.DatabaseComparison;
import payments.dr.operations.migration.database.SqlChanges;

/** The strict comparison, for a test that has stopped its writers. */
final class Comparisons {

  private Comparisons() {}

  static void requireEqual(Journey journey) {
    try (Sides sides = Sides.open(journey.v1(), journey.v2(), SqlChanges.MADE);
        DatabaseComparison comparison =
            new DatabaseComparison(sides.source(), sides.target(), true)) {
      DatabaseComparison.requireEqual(comparison.run(result -> {}), "");
    }
  }
}
