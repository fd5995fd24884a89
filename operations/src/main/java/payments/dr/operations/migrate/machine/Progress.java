package payments.dr.operations.migrate.machine;

import java.time.Duration;
import payments.dr.operations.migrate.compare.TableResult;

/** Who is told how a migration goes on. */
public interface Progress {

  void began(String step);

  void done(String step, Duration took);

  void compared(TableResult result);

  void say(String sentence);
}
