package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.configuration.measurement.Figure.Basis;
import payments.dr.configuration.recovery.Recovery;
import payments.dr.configuration.recovery.RecoveryBudget.Term;

class MeasurementRulesTest {

  private static final String FILE = "main/measurements/dev.yaml";
  private static final String MEASURED =
      """
      environment: dev
      account: "111111111111"
      kind: aws
      figures:
        - {figure: promote, seconds: 97, date: 2026-09-14}
        - {figure: latch-set, seconds: 12, date: 2026-09-15}
      """;

  @TempDir Path root;
  private ProjectFiles files;

  @BeforeEach
  void writeProject() {
    files = ProjectFiles.valid(root).with(FILE, MEASURED);
  }

  @Test
  void what_was_measured_replaces_what_is_assumed() {
    Recovery recovery = Recovery.of(files.read().environments().get(0));

    assertEquals(201 - 3, recovery.time().seconds());
    assertTrue(
        recovery
            .time()
            .terms()
            .contains(new Term("promote", 97, Basis.MEASURED, "promote of 2026-09-14")),
        recovery::toString);
  }

  /** Each of them: none is left assumed that a file has measured. */
  @Test
  void every_figure_can_be_measured() {
    StringBuilder figures = new StringBuilder();
    for (DrillFigure figure : DrillFigure.values()) {
      figures.append("  - {figure: %s, seconds: 1, date: 2026-09-14}%n".formatted(figure.word()));
    }
    files
        .with(FILE, MEASURED.replaceAll("(?m)^ .*\n", "") + figures)
        .with(
            "main/environments/dev.yaml",
            ProjectFiles.ENVIRONMENT + "failover: {mode: approval}\n");

    Recovery recovery = Recovery.of(files.read().environments().get(0));
    recovery
        .time()
        .terms()
        .forEach(term -> assertTrue(term.basis() != Basis.ASSUMED, term::toString));
    assertEquals(
        (10 + 4) * 3 + 1 + 1 + 25 + 1 + 1 + 10 + 1 + (1 + 1 + 1 + 1 + 20 + 60 - 1),
        recovery.time().seconds());
    assertEquals(1 + 1 + 1 + 20 + 60, recovery.failbackSeconds());
    assertEquals(1 + (1 + 1 + 1 + 1 + 20 + 60), recovery.plannedSeconds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "environment: dev | environment: prod | environment must be \"dev\", where alone these"
            + " figures count, got \"prod\"",
        "111111111111 | 222222222222 | account must be \"111111111111\", where alone these"
            + " figures count, got \"222222222222\"",
        "kind: aws | kind: emulated | kind must be aws because account nonprod is no local AWS, got"
            + " emulated",
        "figure: promote | figure: promotion | figures[0].figure must be one of checker-aggregation,"
            + " tick, controller-start, approval, promote, under-way, latch-put, latch-set, latch-reset, reconnect,"
            + " got \"promotion\"",
        "figure: latch-set | figure: promote | figures must name each figure once, got \"promote\"",
        "seconds: 97 | seconds: 0 | figures[0].seconds must be 1 to 3600, got 0",
        "2026-09-14 | 2026-09-31 | figures[0].date must be a date as in 2026-12-31, got"
            + " \"2026-09-31\"",
        "kind: aws | kimd: aws | kimd is no known key, did you mean \"kind\"? (allowed: environment,"
            + " account, kind, figures)",
      })
  void what_was_measured_elsewhere_or_is_no_measurement_is_refused(
      String part, String by, String message) {
    files.replace(FILE, part, by);

    assertEquals(FILE + ": " + message, files.refusal());
  }

  @Test
  void local_aws_is_measured_on_the_local_aws() {
    files
        .with("main/accounts/nonprod.yaml", ProjectFiles.ACCOUNT + "localAws: true\n")
        .with(
            "main/environments/dev.yaml",
            ProjectFiles.ENVIRONMENT + "localAws: true\nstate: {kind: local}\n");

    assertEquals(
        FILE + ": kind must be emulated because account nonprod is a local AWS, got aws",
        files.refusal());

    files.replace(FILE, "kind: aws", "kind: emulated").read();
  }

  @Test
  void file_is_called_like_its_environment() {
    files.with("main/measurements/stagin.yaml", MEASURED);

    assertEquals(
        "main/measurements/stagin.yaml: file name must be one of dev (the files in"
            + " main/environments), got \"stagin\"",
        files.refusal());
  }

  @Test
  void throw_away_environment_was_never_measured() {
    Environment throwAway = Configuration.read(root, Optional.of("pr123")).environments().get(1);

    assertEquals(Optional.empty(), throwAway.measurements());
    assertEquals(210, Recovery.of(throwAway).time().seconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-09-15", "2026-12-13"})
  void measurements_of_the_last_90_days_are_good(String today) {
    assertEquals(List.of(), RecoveryChecks.warnings(files.read(), LocalDate.parse(today)));
  }

  @Test
  void older_ones_still_count_but_are_told() {
    assertEquals(
        List.of(FILE + ": promote must be measured within 90 days, got 2026-09-14, 91 days ago"),
        RecoveryChecks.warnings(files.read(), LocalDate.parse("2026-12-14")));
  }

  @Test
  void those_of_the_future_are_told_too() {
    assertEquals(
        List.of(
            FILE + ": latch-set must be measured within 90 days, got 2026-09-15, which is to come"),
        RecoveryChecks.warnings(files.read(), LocalDate.parse("2026-09-14")));
  }
}
