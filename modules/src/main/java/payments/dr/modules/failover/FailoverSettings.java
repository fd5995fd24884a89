package payments.dr.modules.failover;

import java.util.Objects;
import payments.dr.modules.settings.Faults;
import payments.dr.modules.settings.Setting;

/** What is promised about a failover, and how the outside judges an endpoint. */
public record FailoverSettings(
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
        Integer healthCheckFailureThreshold) {

  public FailoverSettings {
    rtoTargetSeconds = Objects.requireNonNullElse(rtoTargetSeconds, 300);
    rpoTargetSeconds = Objects.requireNonNullElse(rpoTargetSeconds, 60);
    probePath = Objects.requireNonNullElse(probePath, "/health.html");
    healthCheckIntervalSeconds = Objects.requireNonNullElse(healthCheckIntervalSeconds, 10);
    healthCheckFailureThreshold = Objects.requireNonNullElse(healthCheckFailureThreshold, 3);
    Faults.of(
            FailoverSettings.class,
            rtoTargetSeconds,
            rpoTargetSeconds,
            probePath,
            healthCheckIntervalSeconds,
            healthCheckFailureThreshold)
        .throwIfAny();
  }
}
