package payments.dr.operations.rehearse;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.console.CommandFailedException;

/**
 * Goes through the steps in order, from the first that the journal does not know.
 *
 * @param limit after which nothing begins but the steps that clean up
 * @param price in US dollars for an hour
 */
record Rehearsal(
    List<Step> steps,
    Journal journal,
    Duration limit,
    double price,
    InstantSource clock,
    PrintWriter out) {

  private static final double SECONDS = 3600;

  /**
   * @throws CommandFailedException when a step failed: everything stays as it is, and the next run
   *     goes on with that step; or when the hours were over, after the cleaning up
   */
  void run() {
    Instant end = journal.begin().plus(limit);
    boolean over = false;
    for (Step step : steps) {
      if (journal.isDone(step.name())) {
        say("%s: done before".formatted(step.name()));
      } else if (!step.cleansUp() && (over || clock.instant().plus(step.atMost()).isAfter(end))) {
        say("%s: left out, it could end after %s".formatted(step.name(), end));
        over = true;
      } else {
        play(step);
        journal.done(step.name());
      }
    }
    journal.end();
    if (over) {
      throw new CommandFailedException(
          "rehearsal must end within rehearsal.maxHours, %d; it did not, and was cleaned up"
              .formatted(limit.toHours()));
    }
  }

  /**
   * Only cleans up; what fails does not keep the others from being tried. The journal ends before:
   * of what is half removed, no step is finished.
   *
   * @throws CommandFailedException when something failed; cleaning up again tries again
   */
  void clean() {
    journal.end();
    List<String> failed = new ArrayList<>();
    for (Step step : steps) {
      if (step.cleansUp()) {
        try {
          play(step);
        } catch (RuntimeException e) { // whatever it is, what costs money must go
          say("   %s: failed: %s".formatted(step.name(), e.getMessage()));
          failed.add(step.name());
        }
      }
    }
    if (!failed.isEmpty()) {
      throw new CommandFailedException(
          "cleaning up must do all of its steps, failed: %s; clean up again"
              .formatted(String.join(", ", failed)));
    }
  }

  private void play(Step step) {
    say(
        "%n== %s: %s%n   up to %d minutes, up to %.2f dollars; Ctrl-C once stops it, the same command goes on, CLEAN=1 removes everything"
            .formatted(
                step.name(),
                step.what(),
                step.atMost().toMinutes(),
                step.atMost().toSeconds() / SECONDS * price));
    Instant start = clock.instant();
    step.action().run();
    say(
        "   %s: done in %d s"
            .formatted(step.name(), Duration.between(start, clock.instant()).toSeconds()));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
