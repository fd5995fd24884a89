package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import payments.dr.operations.migration.compare.TableResult;

/**
 * How long a cutover would stop writes.
 *
 * @param steps what takes as long whatever there is, by the way to both databases
 * @param changes comparing what changes
 * @param whole comparing tables without a key, which are read as a whole
 * @param names of these tables
 */
record PauseEstimate(Duration steps, Duration changes, Duration whole, List<String> names) {

  /** Ways to a database and back from the fence to the opening. */
  private static final int ROUND_TRIPS = 80;

  private static final Duration WORK = Duration.ofMillis(500);
  private static final int TRIED = 5;

  /**
   * Reckons from what a verification measured.
   *
   * @param results of all tables
   * @param withoutKey names of those that are compared as a whole once they changed
   * @param changes what comparing the changes of its own time took
   */
  static PauseEstimate of(
      Sides sides, List<TableResult> results, Set<String> withoutKey, Duration changes) {
    long began = System.nanoTime();
    for (int i = 0; i < TRIED; i++) {
      sides.source().holds("true");
      sides.target().holds("true");
    }
    Duration roundTrip = Duration.ofNanos((System.nanoTime() - began) / (2 * TRIED));
    List<TableResult> whole =
        results.stream().filter(result -> withoutKey.contains(result.table())).toList();
    return new PauseEstimate(
        WORK.plus(roundTrip.multipliedBy(ROUND_TRIPS)),
        changes,
        whole.stream().map(TableResult::duration).reduce(Duration.ZERO, Duration::plus),
        whole.stream().map(TableResult::table).sorted().toList());
  }

  String sentence() {
    String estimate =
        "a cutover now would stop writes for about %.1f s"
            .formatted(seconds(steps.plus(changes).plus(whole)));
    return names.isEmpty()
        ? estimate
        : estimate
            + ", up to %.1f s of it to compare as a whole what has no key: %s"
                .formatted(seconds(whole), String.join(", ", names));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
