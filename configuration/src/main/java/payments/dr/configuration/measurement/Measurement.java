package payments.dr.configuration.measurement;

import java.time.LocalDate;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** What drills have shown of one figure. */
public record Measurement(
    @Setting("Which figure of the recovery budget") DrillFigure figure,
    @Setting(value = "99th percentile of the drills, rounded up", min = 1, max = 3600)
        Integer seconds,
    @Setting("Day of the last drill among them, as in 2026-12-31") String date) {

  public Measurement {
    new ConfigurationErrors().checkDay("date", date).throwIfAny();
  }

  public LocalDate day() {
    return LocalDate.parse(date);
  }
}
