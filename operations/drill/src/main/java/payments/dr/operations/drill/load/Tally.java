package payments.dr.operations.drill.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.operations.drill.record.DrillRecord.Second;

/** Counts the payments that customers were told of. Safe for many threads. */
public final class Tally {

  private final List<AcknowledgedPayment> acknowledged = new ArrayList<>();
  private final List<Instant> failures = new ArrayList<>();
  private long total;

  synchronized void acknowledge(AcknowledgedPayment payment) {
    acknowledged.add(payment);
    total++;
  }

  synchronized void fail(Instant at) {
    failures.add(at);
  }

  /** Returns how many payments were acknowledged, those that are forgotten too. */
  public synchronized long total() {
    return total;
  }

  /** Forgets what was answered before then, but not how much: a load may last for days. */
  public synchronized void forget(Instant before) {
    acknowledged.removeIf(payment -> payment.answered().isBefore(before));
    failures.removeIf(at -> at.isBefore(before));
  }

  public synchronized List<AcknowledgedPayment> acknowledged() {
    return List.copyOf(acknowledged);
  }

  public synchronized long accepted(String region, Instant since) {
    return acknowledged.stream()
        .filter(payment -> payment.region().equals(region) && !payment.answered().isBefore(since))
        .count();
  }

  /** Returns when a Region acknowledged the first payment since then. */
  public synchronized Optional<Instant> first(String region, Instant since) {
    return acknowledged.stream()
        .filter(payment -> payment.region().equals(region) && !payment.answered().isBefore(since))
        .map(AcknowledgedPayment::answered)
        .min(Comparator.naturalOrder());
  }

  /**
   * Returns the longest time without an acknowledgement; one that did not end counts up to the end.
   *
   * @param from when customers began to pay
   * @param until when they ended
   */
  public synchronized Duration longestGap(Instant from, Instant until) {
    Duration longest = Duration.ZERO;
    Instant last = from;
    for (Instant next :
        Stream.concat(acknowledged.stream().map(AcknowledgedPayment::answered), Stream.of(until))
            .sorted()
            .toList()) {
      Duration gap = Duration.between(last, next);
      longest = gap.compareTo(longest) > 0 ? gap : longest;
      last = next;
    }
    return longest;
  }

  /** Returns the figures second by second, without seconds in which nothing was answered. */
  public List<Second> seconds() {
    return seconds(Instant.MIN);
  }

  /** Returns the figures of the seconds since then, without those in which nothing was answered. */
  public synchronized List<Second> seconds(Instant since) {
    Map<Instant, Map<String, Integer>> accepted = new TreeMap<>();
    Map<Instant, Integer> failed = new TreeMap<>();
    for (AcknowledgedPayment payment : acknowledged) {
      if (!payment.answered().isBefore(since)) {
        accepted
            .computeIfAbsent(second(payment.answered()), at -> new TreeMap<>())
            .merge(payment.region(), 1, Integer::sum);
      }
    }
    failures.stream()
        .filter(at -> !at.isBefore(since))
        .forEach(at -> failed.merge(second(at), 1, Integer::sum));
    failed.keySet().forEach(at -> accepted.computeIfAbsent(at, none -> new TreeMap<>()));
    return accepted.entrySet().stream()
        .map(at -> new Second(at.getKey(), at.getValue(), failed.getOrDefault(at.getKey(), 0)))
        .toList();
  }

  private static Instant second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }
}
