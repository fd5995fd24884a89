package payments.dr.operations.migration.cutover;

import payments.dr.operations.migration.compare.Comparison;
import payments.dr.operations.migration.database.Changes;

/** The strict comparison, for a test that has stopped its writers. */
final class Comparisons {

  private Comparisons() {}

  static void requireEqual(Journey journey) {
    try (Sides sides = Sides.open(journey.v1(), journey.v2(), Changes.MADE);
        Comparison comparison = new Comparison(sides.source(), sides.target(), true)) {
      Comparison.requireEqual(comparison.run(result -> {}));
    }
  }
}
