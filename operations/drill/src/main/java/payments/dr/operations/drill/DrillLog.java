package payments.dr.operations.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import payments.dr.operations.drill.record.DrillRecord.Expectation;
import payments.dr.operations.drill.record.DrillRecord.Sample;
import payments.dr.operations.drill.record.DrillRecord.Step;

/** Records the steps, samples and expectations of a drill, in order. */
final class DrillLog {

  private final List<Step> steps = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private final Consumer<Step> told;
  private Instant fault;

  /**
   * @param told each step as it comes
   */
  DrillLog(Consumer<Step> told) {
    this.told = told;
  }

  void step(Instant at, String what) {
    Step step = new Step(at, what);
    steps.add(step);
    told.accept(step);
  }

  /** From here on the clock of the recovery runs. */
  void fault(Instant at) {
    fault = at;
  }

  void sample(Sample sample) {
    if (samples.isEmpty() || !last().phase().equals(sample.phase())) {
      step(sample.at(), "phase " + sample.phase());
    }
    samples.add(sample);
  }

  void expect(String what, boolean met, String seen) {
    expectations.add(new Expectation(what, met, seen));
    step(last().at(), (met ? "as expected: " : "NOT AS EXPECTED: ") + what + " (" + seen + ")");
  }

  Sample last() {
    return samples.get(samples.size() - 1);
  }

  /** When the fault came, or the order; null before. */
  Instant fault() {
    return fault;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  List<Expectation> expectations() {
    return List.copyOf(expectations);
  }
}
