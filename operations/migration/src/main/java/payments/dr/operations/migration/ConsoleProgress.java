package payments.dr.operations.migration;

import java.io.PrintWriter;
import java.time.Duration;
import payments.dr.operations.migration.compare.TableResult;
import payments.dr.operations.migration.cutover.Progress;

/** Prints one line for each step, with the time it took. */
final class ConsoleProgress implements Progress {

  private final PrintWriter out;

  ConsoleProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void began(String step) {
    // Said when it is done: a line that is never completed would be taken for success.
  }

  @Override
  public void done(String step, Duration took) {
    out.printf("%-28s %8.2f s%n", step, took.toMillis() / 1000.0);
    out.flush();
  }

  @Override
  public void compared(TableResult result) {
    out.printf(
        "  %-9s %-36s %,12d rows %8.2f s%s%n",
        result.equal() ? "equal" : "DIFFERENT",
        result.table(),
        result.rows(),
        result.duration().toMillis() / 1000.0,
        result.restless().isEmpty()
            ? ""
            : ", %d rows change at every look: the cutover compares them"
                .formatted(result.restless().size()));
    out.flush();
  }

  @Override
  public void say(String sentence) {
    out.println(sentence);
    out.flush();
  }
}
