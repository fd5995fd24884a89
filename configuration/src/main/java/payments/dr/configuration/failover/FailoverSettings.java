package payments.dr.configuration.failover;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;
import payments.dr.configuration.storage.RetentionMode;

/** Who decides on a failover, what is promised about it, and how the outside judges an endpoint. */
public record FailoverSettings(
    @Setting(
            "Whether the controller fails over by itself, asks first, or only says what it would do")
        FailoverMode mode,
    @Setting(value = "Seconds within which customers are served again", min = 60, max = 86400)
        Integer rtoTargetSeconds,
    @Setting(value = "Seconds of committed payments that may be lost", min = 1, max = 3600)
        Integer rpoTargetSeconds,
    @Setting(
            value = "Path that health checkers ask the load balancers for",
            pattern = "(?=.{1,255}$)/[A-Za-z0-9._~/-]*",
            patternMeaning = "a path such as /health.html, without query or blanks")
        String probePath,
    @Setting(
            value = "Seconds between two probes of one checker",
            oneOf = {"10", "30"})
        Integer healthCheckIntervalSeconds,
    @Setting(
            value = "Probes in a row that must agree before an endpoint changes state",
            min = 1,
            max = 10)
        Integer healthCheckFailureThreshold,
    @Setting(
            value = "Seconds that the signals must agree before the controller believes them",
            min = 5,
            max = 600)
        Integer confirmSeconds,
    @Setting(
            value =
                "Seconds that the primary Region must have been healthy before a fail-back is taken",
            min = 60,
            max = 86400)
        Integer failbackAfterSeconds,
    @Setting(
            value = "Seconds after a move within which the controller asks before it fails over",
            min = 60,
            max = 86400)
        Integer coolDownSeconds,
    @Setting(
            value = "Days that exported rows of the audit trail are locked; then they expire",
            min = 365,
            max = 3650)
        Integer auditRetentionDays,
    @Setting(
            "Whether whoever has the right may unlock exported rows of the audit trail, or nobody;"
                + " compliance cannot be taken back")
        RetentionMode auditRetentionMode) {

  /** Answered by the fleet without asking the database: up says nothing about payments. */
  private static final String SHALLOW_PROBE_PATH = "/health.html";

  public FailoverSettings {
    mode = Objects.requireNonNullElse(mode, FailoverMode.OBSERVE);
    rtoTargetSeconds = Objects.requireNonNullElse(rtoTargetSeconds, 300);
    rpoTargetSeconds = Objects.requireNonNullElse(rpoTargetSeconds, 60);
    probePath = Objects.requireNonNullElse(probePath, SHALLOW_PROBE_PATH);
    healthCheckIntervalSeconds = Objects.requireNonNullElse(healthCheckIntervalSeconds, 10);
    healthCheckFailureThreshold = Objects.requireNonNullElse(healthCheckFailureThreshold, 3);
    confirmSeconds = Objects.requireNonNullElse(confirmSeconds, 25);
    failbackAfterSeconds = Objects.requireNonNullElse(failbackAfterSeconds, 600);
    coolDownSeconds = Objects.requireNonNullElse(coolDownSeconds, 1800);
    auditRetentionDays = Objects.requireNonNullElse(auditRetentionDays, 400);
    auditRetentionMode = Objects.requireNonNullElse(auditRetentionMode, RetentionMode.GOVERNANCE);
    Faults faults =
        Faults.of(
            FailoverSettings.class,
            mode,
            rtoTargetSeconds,
            rpoTargetSeconds,
            probePath,
            healthCheckIntervalSeconds,
            healthCheckFailureThreshold,
            confirmSeconds,
            failbackAfterSeconds,
            coolDownSeconds,
            auditRetentionDays,
            auditRetentionMode);
    if (mode == FailoverMode.AUTO && SHALLOW_PROBE_PATH.equals(probePath)) {
      faults.add(
          "probePath",
          "be a deep probe, which commits a payment, when mode is auto: without one nobody sees"
              + " that the database is lost",
          probePath);
    }
    faults.throwIfAny();
  }

  /**
   * How soon after a fault its checkers may know of it, in seconds: one right before a probe is
   * seen by that one and the next threshold - 1.
   */
  public int shortestDetectionSeconds() {
    return healthCheckIntervalSeconds * (healthCheckFailureThreshold - 1);
  }
}
