package payments.dr.operations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.operations.drill.record.DrillRecord.Sample;

/**
 * The recovery's stretches as they were seen, by the names that the recovery budget gives them.
 * What the controller only notices with its next tick is within the stretch before.
 */
final class Terms {

  private final Instant fault;
  private final List<Sample> samples;

  /**
   * @param samples of the whole drill
   */
  Terms(Instant fault, List<Sample> samples) {
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
    put(terms, "turn DNS", routing, answers);
    put(terms, "reconnect", answers, served);
    return terms;
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

  /** What came before what it should follow took no time. */
  private static void put(
      Map<String, Duration> terms, String name, Optional<Instant> from, Optional<Instant> to) {
    if (from.isPresent() && to.isPresent()) {
      Duration between = Duration.between(from.get(), to.get());
      terms.put(name, between.isNegative() ? Duration.ZERO : between);
    }
  }
}
