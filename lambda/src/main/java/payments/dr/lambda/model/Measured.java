package payments.dr.lambda.model;

import java.time.Duration;
import java.util.Optional;

/** What a move between the Regions cost customers, by what the controller itself knows. */
public final class Measured {

  private Measured() {}

  /**
   * Returns how long customers could not pay, from the fault's earliest moment until the DR Region
   * was seen to serve; of a planned move from its order on. Only when that has just come about.
   *
   * @param shortestDetection how soon after a fault the suspicion may arise
   */
  public static Optional<Duration> outage(State from, State to, Duration shortestDetection) {
    if (from.phase() != Phase.VERIFYING || to.phase() != Phase.FAILED_OVER) {
      return Optional.empty();
    }
    Incident incident = to.incident();
    Duration unseen = unplanned(incident) ? shortestDetection : Duration.ZERO;
    return Optional.of(Duration.between(incident.suspectedAt().minus(unseen), to.since()));
  }

  /**
   * Payments that may be lost, as the time between the last one that the primary Region may have
   * committed and the last one known to be in the DR Region; a planned move loses none. Only when
   * the writer is about to move, since later heartbeats come from the DR Region itself, and only if
   * any heartbeat was seen.
   */
  public static Optional<Duration> loss(State from, State to, Duration shortestDetection) {
    if (from.phase() == Phase.PROMOTING || to.phase() != Phase.PROMOTING) {
      return Optional.empty();
    }
    Incident incident = to.incident();
    if (!unplanned(incident)) {
      return Optional.of(Duration.ZERO);
    }
    return to.estimatedLoss(shortestDetection);
  }

  private static boolean unplanned(Incident incident) {
    return incident.promotion() == Promotion.FAILOVER;
  }
}
