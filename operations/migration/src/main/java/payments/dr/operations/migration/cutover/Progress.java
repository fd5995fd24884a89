package payments.dr.operations.migration.cutover;

import java.time.Duration;
import payments.dr.operations.migration.compare.TableResult;

/** Receives the progress of a migration. */
public interface Progress {

  void began(String step);

  void done(String step, Duration took);

  void compared(TableResult result);

  void say(String sentence);
}
