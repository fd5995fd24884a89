package payments.dr.operations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.operations.drill.record.DrillRecord.Sample;

/**
 * Measures how long each step of a recovery took. The time until the controller's next tick counts
 * for the step before. In a failover DNS turns while the database is promoted.
 */
final class RecoverySteps {

  private final Instant fault;
  private final List<Sample> samples;

  /**
   * @param samples of the whole drill
   */
  RecoverySteps(Instant fault, List<Sample> samples) {
    this.fault = fault;
    this.samples = samples;
  }

  /**
   * @param dr Region that takes over
   * @param served when it acknowledged its first payment
   */
  Map<String, Duration> of(String dr, Optional<Instant> served) {
    Map<String, Duration> terms = new LinkedHashMap<>();
    Optional<Instant> suspected = entered("SUSPECT");
    Optional<Instant> preparing = entered("PREPARING");
    Optional<Instant> promoting = entered("PROMOTING");
    Optional<Instant> routing = entered("ROUTING").or(() -> entered("VERIFYING"));
    Optional<Instant> answers =
        first(sample -> sample.answers().equals(dr) && !sample.phase().equals("STEADY"));
    put(terms, "detect", Optional.of(fault), suspected);
    put(terms, "confirm", suspected, preparing);
    put(terms, "stop old writes", preparing, promoting);
    put(terms, "promote", promoting, routing);
    put(terms, "turn DNS", promoting, answers);
    put(terms, "reconnect", later(answers, routing), served);
    return terms;
  }

  /** When both were there; empty unless both are. */
  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.flatMap(a -> other.map(b -> a.isAfter(b) ? a : b));
  }

  private Optional<Instant> entered(String phase) {
    return first(sample -> sample.phase().equals(phase));
  }

  private Optional<Instant> first(java.util.function.Predicate<Sample> wanted) {
    return samples.stream()
        .filter(sample -> !sample.at().isBefore(fault))
        .filter(wanted)
        .map(Sample::at)
        .findFirst();
  }

  /** A step entered before its predecessor counts as zero seconds. */
  private static void put(
      Map<String, Duration> terms, String name, Optional<Instant> from, Optional<Instant> to) {
    if (from.isPresent() && to.isPresent()) {
      Duration between = Duration.between(from.get(), to.get());
      terms.put(name, between.isNegative() ? Duration.ZERO : between);
    }
  }
}
