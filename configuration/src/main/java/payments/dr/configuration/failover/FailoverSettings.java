package payments.dr.configuration.failover;

import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;
import payments.dr.configuration.storage.RetentionMode;

/** Who decides on a failover, what is promised about it, and how the outside judges an endpoint. */
public record FailoverSettings(
    @Setting(
            value =
                "Whether the controller fails over by itself, asks first, or only says what it would do",
            defaultValue = "observe")
        FailoverMode mode,
    @Setting(
            value = "Seconds within which customers are served again",
            defaultValue = "300",
            min = 60,
            max = 86400)
        Integer rtoTargetSeconds,
    @Setting(
            value = "Seconds of committed payments that may be lost",
            defaultValue = "60",
            min = 1,
            max = 3600)
        Integer rpoTargetSeconds,
    @Setting(
            value = "Path that health checkers ask the load balancers for",
            defaultValue = FailoverSettings.SHALLOW_PROBE_PATH,
            pattern = "(?=.{1,255}$)/[A-Za-z0-9._~/-]*",
            patternMeaning = "a path such as /health.html, without query or blanks")
        String probePath,
    @Setting(
            value = "Seconds between two probes of one checker",
            defaultValue = "10",
            oneOf = {"10", "30"})
        Integer healthCheckIntervalSeconds,
    @Setting(
            value = "Probes in a row that must agree before an endpoint changes state",
            defaultValue = "3",
            min = 1,
            max = 10)
        Integer healthCheckFailureThreshold,
    @Setting(
            value = "Seconds that the signals must agree before the controller believes them",
            defaultValue = "25",
            min = 5,
            max = 600)
        Integer confirmSeconds,
    @Setting(
            value =
                "Seconds that the primary Region must have been healthy before a fail-back is taken",
            defaultValue = "600",
            min = 60,
            max = 86400)
        Integer failbackAfterSeconds,
    @Setting(
            value = "Seconds after a move within which the controller asks before it fails over",
            defaultValue = "1800",
            min = 60,
            max = 86400)
        Integer coolDownSeconds,
    @Setting(
            value =
                "How good the proof is that the old Region stopped writing: none; best-effort, which"
                    + " asks its application to; majority, a lease in both Regions and in"
                    + " regions.witness",
            defaultValue = "best-effort")
        LeaseGrade lease,
    @Setting(
            value =
                "Executions that Lambda keeps for the controller in each Region, of the account's"
                    + " quota; 0: none, then it may be starved",
            defaultValue = "4",
            min = 0,
            max = 100)
        Integer reservedConcurrency,
    @Setting(
            value = "Days that exported rows of the audit trail are locked; then they expire",
            defaultValue = "400",
            min = 365,
            max = 3650)
        Integer auditRetentionDays,
    @Setting(
            value =
                "governance: a principal with permission may unlock exported audit rows; compliance:"
                    + " nobody may, and it cannot be undone",
            defaultValue = "governance")
        RetentionMode auditRetentionMode) {

  /** Answered by the fleet without asking the database: up says nothing about payments. */
  static final String SHALLOW_PROBE_PATH = "/health.html";

  /** Two executions overlap at all times, and alarms wake one more. */
  private static final int LEAST_CONCURRENCY = 3;

  public FailoverSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    if (mode == FailoverMode.AUTO && SHALLOW_PROBE_PATH.equals(probePath)) {
      errors.add(
          "probePath",
          "be a deep probe, which commits a payment, when mode is auto: without one nobody sees"
              + " that the database is lost",
          probePath);
    }
    if (reservedConcurrency > 0 && reservedConcurrency < LEAST_CONCURRENCY) {
      errors.add("reservedConcurrency", "be 0, or 3 to 100", reservedConcurrency);
    }
    errors.throwIfAny();
  }

  /**
   * Returns how soon after a fault its checkers may know of it, in seconds: one right before a
   * probe is seen by that one and the next threshold - 1.
   */
  public int shortestDetectionSeconds() {
    return healthCheckIntervalSeconds * (healthCheckFailureThreshold - 1);
  }
}
