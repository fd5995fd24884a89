package payments.dr.configuration.measurement;

import java.util.Locale;
import java.util.Optional;

/** A figure of a recovery that only a drill can tell; assumed until one has. */
public enum DrillFigure {
  CHECKER_AGGREGATION(5, "from the last failed probe to DNS's answer"),
  TICK(ControllerPace.TICK_SECONDS, "between two looks of the controller"),
  CONTROLLER_START(3, "from a wake-up to the first look"),
  APPROVAL(300, "from the page until the controller has read the approval"),
  PROMOTE(120, "from the order to a writer in the DR Region; AWS promises no figure"),
  UNDER_WAY(10, "from the order until RDS shows the failover as begun"),
  LATCH_PUT(1, "to write the latch object"),
  LATCH_SET(
      ControllerPace.LATCH_INTERVAL_SECONDS * ControllerPace.LATCH_SET_THRESHOLD + 5,
      "from the latch object to DNS's answer: one probe, and 5 s until the checkers agree"),
  LATCH_RESET(
      ControllerPace.LATCH_INTERVAL_SECONDS * ControllerPace.LATCH_HOLD_THRESHOLD,
      "from the removal of both latch objects to DNS's answer, at a fail-back"),
  RECONNECT(15, "from DNS's answer until clients have left their old connections");

  private final int assumedSeconds;
  private final String meaning;

  DrillFigure(int assumedSeconds, String meaning) {
    this.assumedSeconds = assumedSeconds;
    this.meaning = meaning;
  }

  public int assumedSeconds() {
    return assumedSeconds;
  }

  /** Returns the figure as it was measured, or as it is assumed when it was not. */
  public Figure from(Optional<Measurements> measurements) {
    return measurements
        .flatMap(all -> all.figure(this))
        .orElse(Figure.assumed(assumedSeconds, word()));
  }

  /** Returns from when to when the figure counts. */
  public String meaning() {
    return meaning;
  }

  /** Returns the word of files and tables, such as {@code latch-set}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
