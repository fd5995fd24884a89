package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.configuration.recovery.Recovery;
import payments.dr.configuration.recovery.RecoveryPoint;

/** What a failover takes and loses by the files' settings and measurements. */
class RecoveryObjectivesTest {

  private static final String DEV = "main/environments/dev.yaml";

  @TempDir Path root;
  private ProjectFiles files;

  @BeforeEach
  void writeProject() {
    files = ProjectFiles.valid(root);
  }

  /** Each configuration that can be written into files; the others are {@code RecoveryBudget}'s. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "recommended                    | {}                               | 20 | -              | 210 | accept",
        "acts by itself                 | {mode: auto, probePath: /deep}   | 20 | -              | 210 | accept",
        "longest promotion that passes  | {}                               | 20 | promote: 210   | 300 | accept",
        "promotion takes a second more  | {}                               | 20 | promote: 211   | 301 | reject",
        "promotion takes 180 s          | {}                               | 20 | promote: 180   | 270 | accept",
        "answers live as an alias' do   | {}                               | 60 | -              | 241 | accept",
        // The latch keeps its own pace, so it is 20 s less than where everything is probed slowly.
        "probes every 30 s              | {healthCheckIntervalSeconds: 30} | 20 | -              | 270 | accept",
        "probes and latch every 30 s    | {healthCheckIntervalSeconds: 30} | 20 | latch-set: 35  | 281 | accept",
        "latch takes a metric's time    | {}                               | 20 | latch-set: 125 | 311 | reject",
        "one tick a minute              | {}                               | 20 | tick: 60       | 396 | reject",
        "a human approves within 300 s  | {mode: approval}                 | 20 | -              | 510 | reject",
        "a human is given the time      | {mode: approval, rtoTargetSeconds: 510} | 20 | -       | 510 | accept",
        "a human approves within 45 s   | {mode: approval}                 | 20 | approval: 45   | 255 | accept",
      })
  void worst_case_of_each_configuration(
      String name, String failover, int ttl, String measured, int seconds, String verdict) {
    configure("failover: " + failover + "\n", ttl);
    if (measured != null) {
      String[] figure = measured.split(": ");
      measure("dev", "- {figure: %s, seconds: %s, date: 2026-09-14}".formatted((Object[]) figure));
    }

    Configuration configuration = files.read();
    Recovery recovery = Recovery.of(configuration.environments().get(0));

    assertEquals(seconds, recovery.time().seconds(), recovery::toString);
    if (verdict.equals("accept")) {
      assertDoesNotThrow(() -> RecoveryChecks.require(configuration));
    } else {
      assertThrows(
          InvalidConfigurationException.class, () -> RecoveryChecks.require(configuration));
    }
  }

  @Test
  void refusal_names_the_largest_terms_and_what_they_are_made_of() {
    measure("dev", "- {figure: promote, seconds: 220, date: 2026-09-14}");

    assertEquals(
        DEV
            + ": failover.rtoTargetSeconds must be at least 310, got 300: that long may a failover"
            + " take, most of it promote 220 s (promote of 2026-09-14), detect 47 s"
            + " (failover.healthCheckIntervalSeconds; failover.healthCheckFailureThreshold;"
            + " checker-aggregation), confirm 25 s (failover.confirmSeconds; tick); shorten one of"
            + " these or raise the target (keys with a dot are of this file, the others of"
            + " main/measurements/dev.yaml)",
        refusal());
  }

  @Test
  void approval_must_be_part_of_the_target() {
    configure("failover: {mode: approval}\n", 20);

    assertEquals(
        DEV
            + ": failover.rtoTargetSeconds must be at least 510, got 300: that long may a failover"
            + " take, most of it approve 300 s (approval), promote 120 s (promote), detect 47 s"
            + " (failover.healthCheckIntervalSeconds; failover.healthCheckFailureThreshold;"
            + " checker-aggregation); shorten one of these or raise the target (keys with a dot are"
            + " of this file, the others of main/measurements/dev.yaml)",
        refusal());
  }

  /** At 30 s x 3 the controller would reckon 117 s lost, and ask a human each time. */
  @Test
  void machine_that_would_always_ask_is_not_called_automatic() {
    String slow = "probePath: /deep, healthCheckIntervalSeconds: 30, rtoTargetSeconds: 314";
    configure("failover: {mode: auto, " + slow + "}\n", 20);

    assertEquals(
        DEV
            + ": failover.healthCheckIntervalSeconds and healthCheckFailureThreshold must let a"
            + " fault be noticed within 57 s when mode is auto, or every failover waits for a human,"
            + " got 117 s: detect 107 s and two ticks of 5 s",
        refusal());

    configure("failover: {mode: observe, " + slow + "}\n", 20);
    assertDoesNotThrow(() -> RecoveryChecks.require(files.read()));
  }

  @Test
  void impatience_is_refused() {
    configure("failover: {confirmSeconds: 19}\n", 20);

    assertEquals(
        DEV
            + ": failover.confirmSeconds must be at least 20, got 19: detection, a tick and the"
            + " confirmation must be 60 s or more together, because Aurora replaces a writer inside"
            + " its Region in up to 30 s",
        refusal());

    configure("failover: {confirmSeconds: 20}\n", 20);
    assertDoesNotThrow(() -> RecoveryChecks.require(files.read()));
  }

  @Test
  void loss_that_the_controller_lets_pass_must_be_within_the_target() {
    configure("failover: {rpoTargetSeconds: 56}\n", 20);

    assertEquals(
        DEV
            + ": failover.rpoTargetSeconds must be at least 57 (the controller's guard before it"
            + " promotes), got 56",
        refusal());

    configure("failover: {rpoTargetSeconds: 57}\n", 20);
    assertDoesNotThrow(() -> RecoveryChecks.require(files.read()));
  }

  @Test
  void bound_of_the_active_generation_is_more_than_an_estimate() {
    configure(
        "failover: {rpoTargetSeconds: 30}\n"
            + "databases: {v1: {rpoBoundSeconds: 60}, v2: {rpoBoundSeconds: 30}}\n",
        20);
    Configuration bounded = files.read();

    assertEquals(
        new RecoveryPoint(30, RecoveryPoint.Kind.BOUND, "databases.v2.rpoBoundSeconds"),
        Recovery.of(bounded.environments().get(0)).point());
    assertDoesNotThrow(() -> RecoveryChecks.require(bounded));
  }

  @Test
  void every_fault_of_every_environment_is_told() {
    files.with(
        "main/environments/staging.yaml",
        ProjectFiles.ENVIRONMENT + "failover: {confirmSeconds: 10, rpoTargetSeconds: 10}\n");
    measure("dev", "- {figure: promote, seconds: 250, date: 2026-09-14}");

    assertEquals(3, refusal().lines().count(), this::refusal);
  }

  /** Who has to act during an outage must not be kept from it by arithmetic. */
  @Test
  void environment_that_misses_its_target_can_still_be_read() {
    configure("failover: {mode: approval}\n", 20);

    assertEquals(510, Recovery.of(files.read().environments().get(0)).time().seconds());
  }

  private void configure(String groups, int ttl) {
    files.with(
        DEV,
        ProjectFiles.ENVIRONMENT.replace(
                "  domainName:", "  recordTtlSeconds: " + ttl + "\n  domainName:")
            + groups);
  }

  private void measure(String environment, String figures) {
    files.with(
        "main/measurements/" + environment + ".yaml",
        """
        environment: %s
        account: "111111111111"
        kind: aws
        figures:
          %s
        """
            .formatted(environment, figures));
  }

  private String refusal() {
    return assertThrows(
            InvalidConfigurationException.class, () -> RecoveryChecks.require(files.read()))
        .getMessage();
  }
}
