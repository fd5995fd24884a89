package payments.dr.operations.migration.cutover;

import java.time.Duration;
import payments.dr.operations.migration.compare.TableResult;

/** Keeps what a migration told, and prints its steps. */
final class Printing implements Progress {

  final StringBuilder said = new StringBuilder();

  @Override
  public void began(String step) {}

  @Override
  public void done(String step, Duration took) {
    System.out.printf("  %-28s %6d ms%n", step, took.toMillis());
  }

  @Override
  public void compared(TableResult result) {
    if (result.rows() > 10_000) {
      System.out.printf(
          "    compared %-24s %8d rows %6d ms, %d differ, %d restless%n",
          result.table(),
          result.rows(),
          result.duration().toMillis(),
          result.differing().size(),
          result.restless().size());
    }
  }

  @Override
  public void say(String sentence) {
    said.append(sentence).append('\n');
  }
}
