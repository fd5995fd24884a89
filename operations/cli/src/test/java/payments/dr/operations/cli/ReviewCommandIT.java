package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.review.TestPlan;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

class ReviewCommandIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path checkout;
  @TempDir Path elsewhere;

  @Test
  void launcher_works_from_another_folder_and_reads_standard_input() throws IOException {
    ProjectCopy.builtInto(checkout);
    Files.writeString(elsewhere.resolve("plan.json"), TestPlan.of("payments-dr-staging").json());

    Shell.Result result =
        new Shell(elsewhere, Map.of())
            .sh(LIMIT, checkout.resolve("dr") + " review - < plan.json")
            .expect(0);

    assertTrue(result.out().startsWith("# Plan of payments-dr-staging: clean"), result.out());
    assertFalse(result.out().contains("\u001b"), "no colours");
  }
}
