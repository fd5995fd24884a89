package payments.dr.configuration.recovery;

import java.util.Locale;
import java.util.Optional;
import payments.dr.configuration.measurement.ControllerPace;
import payments.dr.configuration.measurement.Figure;

/**
 * How much of what was committed a failover may lose.
 *
 * @param seconds of commits before the fault
 * @param source the setting's key, or what the figure rests on
 */
public record RecoveryPoint(int seconds, Kind kind, String source) {

  /** How far a figure can be relied on. */
  public enum Kind {
    /** The database holds commits back rather than lose more. */
    BOUND,
    /**
     * The controller asks a human when it reckons more to be lost. It reckons from what it last
     * saw: a primary that goes on committing unseen loses more.
     */
    ESTIMATE;

    /** {@code bound} or {@code estimate}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns the recovery point that a bound on lag gives.
   *
   * @param bound of the database, with its key
   */
  public static RecoveryPoint of(Optional<Figure> bound) {
    return bound
        .map(figure -> new RecoveryPoint(figure.value(), Kind.BOUND, figure.source()))
        .orElse(
            new RecoveryPoint(
                ControllerPace.LOSS_GUARD_SECONDS,
                Kind.ESTIMATE,
                "the controller's guard before it promotes"));
  }
}
