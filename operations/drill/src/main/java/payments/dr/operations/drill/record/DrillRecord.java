package payments.dr.operations.drill.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one drill saw: what the evidence is written from.
 *
 * @param kind where it ran, such as {@code emulated}, or the account and its Regions
 * @param began when the first payment was sent
 * @param steps what was done and reached, in order
 * @param samples the controller as seen once a second or so
 * @param seconds the customers' payments, second by second
 * @param orders lines of the audit trail, orders and acts, oldest first
 * @param expectations what should have come about
 * @param plan whether a plan afterwards was empty; empty: none was made
 */
public record DrillRecord(
    String environment,
    String scenario,
    String kind,
    Instant began,
    Instant ended,
    List<Step> steps,
    List<Sample> samples,
    List<Second> seconds,
    Measured measured,
    Balance balance,
    List<String> orders,
    List<Expectation> expectations,
    Optional<Boolean> plan,
    Versions versions) {

  /** Returns whether everything came about that should have. */
  public boolean passed() {
    return expectations.stream().allMatch(Expectation::met);
  }

  /** Something done by the drill, or reached by the system, such as {@code PROMOTING}. */
  public record Step(Instant at, String what) {}

  /**
   * What the controller saw at one moment.
   *
   * @param phase of the controller
   * @param writer Region that writes, such as {@code us-east-1}; empty while nobody is known to
   * @param answers Region that DNS leads to; empty: unknown
   * @param lag how far the other Region was behind; empty: unknown
   */
  public record Sample(
      Instant at, String phase, String writer, String answers, Optional<Duration> lag) {}

  /**
   * One second of the customers' side.
   *
   * @param accepted acknowledged payments by the Region that served them
   * @param failed answers that were no acknowledgement, and tries without an answer
   */
  public record Second(Instant at, Map<String, Integer> accepted, int failed) {}

  /**
   * Durations that were measured, each empty where the scenario does not move the writer.
   *
   * @param outage longest time without an acknowledged payment
   * @param recovery from the fault to the first payment that the other Region acknowledged
   * @param loss time span of acknowledged payments that are missing
   * @param terms of the recovery budget, by their names there, such as {@code promote}
   */
  public record Measured(
      Optional<Duration> outage,
      Optional<Duration> recovery,
      Optional<Duration> loss,
      Map<String, Duration> terms) {}

  /**
   * The customers' record against the database.
   *
   * @param acknowledged payments that the client was told to be made
   * @param lost acknowledged, but not in the database that writes now
   * @param found of the lost ones, those that are in what the former primary left behind
   * @param doubled keys that are there more than once, or under two ids
   */
  public record Balance(long acknowledged, long lost, long found, long doubled) {}

  public record Expectation(String what, boolean met, String seen) {}

  /**
   * What was drilled.
   *
   * @param commit of the project, with {@code +} when files were changed
   * @param hashes SHA-256 by what it is of: {@code stack}, {@code function}, {@code settings}
   */
  public record Versions(String project, String commit, Map<String, String> hashes) {}
}
