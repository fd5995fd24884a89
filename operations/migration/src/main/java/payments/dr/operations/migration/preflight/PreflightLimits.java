package payments.dr.operations.migration.preflight;

import java.time.Duration;

/**
 * The limits above which a figure becomes a finding.
 *
 * @param transaction age of an open transaction; the copy waits for all that are older than itself
 * @param clocks how far the two servers' clocks may be apart
 */
record PreflightLimits(Duration transaction, Duration clocks) {

  static final PreflightLimits DEFAULT =
      new PreflightLimits(Duration.ofMinutes(1), Duration.ofSeconds(1));
}
