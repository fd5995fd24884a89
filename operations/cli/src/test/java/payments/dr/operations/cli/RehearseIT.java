package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/**
 * The whole life of the local environment by {@code make rehearse}, but for the rest of its drills,
 * which {@code DrillIT} plays: killed while a drill moves the writer, it brings it home and goes on
 * to its end.
 */
class RehearseIT {

  private static final Duration UNTIL_DRILL = Duration.ofMinutes(25);
  private static final Duration REST = Duration.ofMinutes(25);
  private static final Duration COMMAND = Duration.ofMinutes(3);

  @TempDir static Path checkout;

  @Test
  void killed_in_a_drill_a_rehearsal_goes_on_to_its_end() throws IOException, InterruptedException {
    // Servers of root run as nobody, who must get in.
    Files.setPosixFilePermissions(checkout, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path deployment = Deployment.kept();
    ProjectCopy copy = Deployment.copyInto(checkout);
    Path journal = checkout.resolve(".rehearsal/local/journal");
    Map<String, String> variables = Map.of(Deployment.SNAPSHOT, deployment.toString());
    try {
      RunningCommand killed = RunningCommand.start(checkout, variables, "make rehearse");
      killed.waitFor("phase PROMOTING", UNTIL_DRILL);
      killed.kill();
      assertBegan(killed.said());
      assertEquals(
          List.of("began", "deploy", "database", "doctor", "restore"),
          Files.readAllLines(journal).stream().map(line -> line.split(" ")[1]).toList());

      // As if the drills had been played: each takes minutes.
      Files.writeString(
          journal,
          "2026-01-01T00:00:00Z switchover\n2026-01-01T00:00:00Z front-door\n",
          StandardOpenOption.APPEND);
      Shell.Result rest = new Shell(checkout, variables).sh(REST, "make rehearse");

      System.out.println(
          rest.out().substring(Math.max(0, rest.out().length() - 8000)) + rest.err());
      assertWentOn(rest.expect(0).out());
      assertAnswers(Files.readString(checkout.resolve("docs/aws-verified.md")));
      assertFalse(Files.exists(journal));
      copy.shell().sh(COMMAND, "emulator/local-aws status").expect(1);
    } finally {
      copy.stopLocalAws();
    }
  }

  private static void assertBegan(String said) {
    assertTrue(said.contains("dollars an hour on AWS by list prices of"), said);
    for (String step : List.of("deploy", "database", "doctor", "restore")) {
      assertTrue(said.contains(step + ": done in"), said);
    }
  }

  private static void assertWentOn(String said) {
    for (String step : List.of("deploy", "database", "doctor", "restore")) {
      assertTrue(said.contains(step + ": done before"), said);
    }
    for (String step :
        List.of("answers", "home", "unrestore", "destroy", "left", "stop", "measurements")) {
      assertTrue(said.contains(step + ": done in"), said);
    }
    assertTrue(said.contains("ordered FAILBACK"), said);
    assertTrue(said.contains("us-east-1 writes and serves"), said);
    assertTrue(said.contains("local: rehearsed"), said);
  }

  private static void assertAnswers(String page) {
    assertEquals(9, page.lines().filter(line -> line.contains("| emulated |")).count(), page);
    assertFalse(page.contains("| AWS |"), page);
    assertTrue(
        page.matches(
            "(?s).*backup completed in \\d+ s; copy completed in \\d+ s; restore completed in \\d+ s.*"),
        page);
    assertTrue(page.matches("(?s).*us-east-1, ok: the topic took a message.*"), page);
  }
}
