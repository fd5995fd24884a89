package payments.dr.operations.drill.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.operations.drill.record.DrillRecord;

/**
 * What the recovery budget may be told of a drill, in the form of {@code main/measurements}. Only
 * what a drill sees alone is proposed: other stretches hold several of the budget's figures.
 */
public final class Proposal {

  static final String FILE = "measurements.yaml";

  private static final String PROMOTE = DrillFigure.PROMOTE.word();

  private Proposal() {}

  /**
   * Writes none when no writer was moved.
   *
   * @param account id of the account that was drilled
   * @param folder of the evidence
   */
  public static void write(DrillRecord drill, String account, Path folder) {
    Duration promote = drill.measured().terms().get(PROMOTE);
    if (promote == null) {
      return;
    }
    try {
      Files.writeString(folder.resolve(FILE), text(drill, account, promote));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(DrillRecord drill, String account, Duration promote) {
    return """
        # Of one drill, and with the tick that noticed it. The 99th percentile of several goes into
        # main/measurements/%1$s.yaml, by a human.
        environment: %1$s
        account: "%2$s"
        kind: %3$s
        figures:
          - figure: %4$s
            seconds: %5$d
            date: "%6$s"
        """
        .formatted(
            drill.environment(),
            account,
            drill.kind().equals("emulated") ? "emulated" : "aws",
            PROMOTE,
            Math.max(1, promote.plusMillis(999).toSeconds()),
            LocalDate.ofInstant(drill.ended(), ZoneOffset.UTC));
  }
}
