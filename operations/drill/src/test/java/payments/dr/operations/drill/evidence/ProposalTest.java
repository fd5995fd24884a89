package payments.dr.operations.drill.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.InvalidConfigurationException;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.testing.ProjectCopy;

/** Whether the project's own rules of measurements take what a drill proposes. */
class ProposalTest {

  private static final String LOCAL = "123456789012";

  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void copyLocal() throws IOException {
    for (String file : List.of("main/environments/local.yaml", "main/accounts/local.yaml")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(ProjectCopy.PROJECT.resolve(file), root.resolve(file));
    }
    folder = Files.createDirectories(root.resolve("main/measurements"));
  }

  @Test
  void budget_takes_what_a_drill_proposes() throws IOException {
    propose(LOCAL);

    Measurements taken = read().environments().get(0).measurements().orElseThrow();

    assertEquals(Measurements.Kind.EMULATED, taken.kind());
    assertTrue(taken.has(DrillFigure.PROMOTE));
    assertEquals(16, taken.figures().get(0).seconds());
    assertEquals("2026-12-31", taken.figures().get(0).date());
  }

  @Test
  void proposal_of_another_account_is_refused() throws IOException {
    propose("222222222222");

    assertThrows(InvalidConfigurationException.class, this::read);
  }

  @Test
  void drill_that_moves_nothing_proposes_nothing() {
    Proposal.write(Drills.nothingSeen(), LOCAL, folder);

    assertFalse(Files.exists(folder.resolve(Proposal.FILE)));
  }

  private void propose(String account) throws IOException {
    Proposal.write(Drills.regionLost(), account, folder);
    Files.move(folder.resolve(Proposal.FILE), folder.resolve("local.yaml"));
  }

  private Configuration read() {
    return Configuration.read(root, Optional.empty());
  }
}
