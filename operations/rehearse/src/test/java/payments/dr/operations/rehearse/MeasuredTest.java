package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.configuration.measurement.Measurements.Kind;
import payments.dr.operations.console.Project;
import payments.dr.testing.ProjectCopy;

/** What drills propose becomes what the recovery budget reckons with. */
class MeasuredTest {

  @TempDir Path root;
  private Project project;

  @BeforeEach
  void copyFiles() throws IOException {
    project = new Project(root);
    for (String file : List.of("main/environments/local.yaml", "main/accounts/local.yaml")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(ProjectCopy.PROJECT.resolve(file), root.resolve(file));
    }
    Files.createDirectories(root.resolve(Environment.MEASUREMENTS));
  }

  @Test
  void longest_of_all_drills_is_taken_with_the_day_of_the_last() throws IOException {
    proposal("local-switchover-20260101T000000Z", "local", 17, "2026-01-01");
    proposal("local-front-door-20260102T000000Z", "local", 12, "2026-01-02");
    proposal("local-elsewhere-switchover-20260103T000000Z", "local-elsewhere", 99, "2026-01-03");

    new Measured(project, environment()).run();

    var measured = environment().measurements().orElseThrow();
    assertEquals(Kind.EMULATED, measured.kind());
    assertEquals(1, measured.figures().size());
    assertEquals(DrillFigure.PROMOTE, measured.figures().get(0).figure());
    assertEquals(17, measured.figures().get(0).seconds());
    assertEquals("2026-01-02", measured.figures().get(0).date());
  }

  @Test
  void without_drills_nothing_is_written() {
    new Measured(project, environment()).run();

    assertFalse(Files.exists(root.resolve(environment().measurementsFile())));
  }

  private Environment environment() {
    return project.environment("local");
  }

  private void proposal(String drill, String environment, int seconds, String date)
      throws IOException {
    Path folder = root.resolve("evidence").resolve(drill);
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("measurements.yaml"),
        """
        # Of one drill.
        environment: %s
        account: "123456789012"
        kind: emulated
        figures:
          - figure: promote
            seconds: %d
            date: "%s"
        """
            .formatted(environment, seconds, date));
  }
}
