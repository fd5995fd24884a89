package payments.dr.configuration.recovery;

import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.measurement.Figure;

/**
 * How long it takes to detect that the primary Region is down. A checker counts its interval from
 * the end of a probe, and a probe of a Region that is dark ends when the checker gives up.
 *
 * @param intervalSeconds between two probes of one checker
 * @param threshold failures in a row
 * @param aggregationSeconds until the checkers' verdict is DNS's answer
 * @param alarm a CloudWatch alarm that must agree; null: none is required
 */
public record Detection(
    Figure intervalSeconds, Figure threshold, Figure aggregationSeconds, Alarm alarm) {

  /**
   * One period more than it evaluates, because a fault may begin just after one started.
   *
   * @param ingestionSeconds until a period's data can be evaluated
   */
  public record Alarm(Figure periodSeconds, Figure evaluations, Figure ingestionSeconds) {

    int seconds() {
      return periodSeconds.value() * (evaluations.value() + 1) + ingestionSeconds.value();
    }
  }

  /** How long one of Route 53's checkers waits for a connection, by its documentation. */
  private static final int CONNECT_SECONDS = 4;

  /** Returns the seconds of the worst case, in which each probe waits in vain. */
  public int seconds() {
    return seconds(CONNECT_SECONDS);
  }

  /** Returns the seconds where each probe is answered at once, as by a server's error. */
  public int answeredSeconds() {
    return seconds(0);
  }

  /** Returns whichever of checkers and alarm is later. */
  private int seconds(int wait) {
    int probes = (intervalSeconds.value() + wait) * threshold.value() + aggregationSeconds.value();
    return alarm == null ? probes : Math.max(probes, alarm.seconds());
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>(List.of(intervalSeconds, threshold, aggregationSeconds));
    if (alarm != null) {
      figures.addAll(List.of(alarm.periodSeconds(), alarm.evaluations(), alarm.ingestionSeconds()));
    }
    return figures;
  }
}
