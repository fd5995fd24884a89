package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  /** The signal reaches the launcher, and must reach the server. */
  @Test
  void server_answers_until_it_is_told_to_stop_and_ends_in_order() throws Exception {
    ProjectCopy.builtInto(checkout);
    Path key = Files.writeString(elsewhere.resolve("key"), "0123456789abcdef0123456789abcdef");
    RunningCommand server =
        RunningCommand.start(
            checkout, Map.of(), "exec ./dr review-server --port 0 --hmac-key-file " + key);
    server.waitFor("listening on 127.0.0.1:", LIMIT);
    String port = server.said().strip().replaceFirst("(?s).*:", "");
    Shell shell = new Shell(elsewhere, Map.of());
    String status = "curl -s -o answer -w '%{http_code}' http://127.0.0.1:" + port;

    assertEquals("200", shell.sh(LIMIT, status + "/health").expect(0).out());
    assertEquals("401", shell.sh(LIMIT, status + "/run-task -d '{}'").expect(0).out());
    shell.sh(LIMIT, "kill -TERM " + server.process().pid()).expect(0);

    assertTrue(server.process().waitFor(30, TimeUnit.SECONDS), "it must end");
    assertEquals(0, server.process().exitValue());
  }
}
