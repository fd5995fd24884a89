package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Runs steps one after the other, each once its intent is recorded; resumes at the recorded one.
 */
final class Procedure {

  private final Journal journal;
  private final Progress progress;

  Procedure(Journal journal, Progress progress) {
    this.journal = journal;
    this.progress = progress;
  }

  /**
   * @param record where to begin: at its step, if it is in this phase
   * @param atEntry what else changes in the record with a step
   * @return the record as last saved, at the last step
   */
  MigrationRecord run(
      MigrationRecord record,
      MigrationPhase phase,
      List<Step> steps,
      UnaryOperator<MigrationRecord> atEntry) {
    MigrationRecord current = record;
    int first = record.phase() == phase ? indexOf(record.step(), steps) : 0;
    for (Step step : steps.subList(first, steps.size())) {
      boolean resumed = current.phase() == phase && current.step().equals(step.name());
      if (!resumed) {
        MigrationRecord next = atEntry.apply(current.at(phase, step.name()));
        journal.save(next, step.data());
        current = next;
      }
      journal.check();
      progress.began(step.name());
      long began = System.nanoTime();
      step.action().run();
      progress.done(step.name(), Duration.ofNanos(System.nanoTime() - began));
    }
    return current;
  }

  static int indexOf(String name, List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(name)) {
        return i;
      }
    }
    return 0;
  }
}
