package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.Shell;

/**
 * The whole system as a newcomer rehearses it: payments flow, us-east-1 is lost while us-east-2
 * lags, the controller's real jar moves writer and traffic by itself, nothing returns by itself, a
 * fail-back is ordered, and the payments that were lost are found.
 */
class DrillIT {

  private static final Duration DRILL = Duration.ofMinutes(45);
  private static final Duration COMMAND = Duration.ofMinutes(3);

  @TempDir static Path checkout;

  @Test
  void region_is_lost_under_load_and_payments_survive() throws IOException {
    // Servers of root run as nobody, who must get in.
    Files.setPosixFilePermissions(checkout, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path deployment = Deployment.kept();
    Shell shell =
        Deployment.copyInto(checkout)
            .shell()
            .with(Deployment.SNAPSHOT, deployment.toString())
            .with("AWS_PAGER", "");

    Shell.Result drill = shell.sh(DRILL, "make -s drill SCENARIO=lagging");

    System.out.println(drill.out().substring(Math.max(0, drill.out().length() - 8000)));
    drill.expect(0);
    String id = shell.sh(COMMAND, "./dr evidence list").expect(0).out().strip();
    assertTrue(id.matches("local-lagging-\\S+  as expected"), id);
    JsonNode report =
        new ObjectMapper()
            .readTree(
                shell
                    .sh(COMMAND, "./dr evidence show %s --format json".formatted(id.split(" ")[0]))
                    .expect(0)
                    .out());
    assertEquals("emulated", report.path("kind").asText());
    assertTrue(report.path("planEmpty").asBoolean());
    assertEquals(0, report.at("/payments/doubled").asInt());
    assertTrue(report.at("/payments/lost").asInt() > 0, report.at("/payments")::toString);
    assertEquals(report.at("/payments/lost").asInt(), report.at("/payments/found").asInt());
    assertTrue(
        report.at("/payments/acknowledged").asInt() > 1000, report.at("/payments")::toString);
    assertMovedOnce(report);
    assertTrue(
        report.at("/measured/recoverySeconds").asDouble() <= 300, report.at("/measured")::toString);
    // The local AWS was destroyed, and its servers with it.
    shell.sh(COMMAND, "emulator/local-aws status").expect(1);
    assertFalse(Files.exists(checkout.resolve(".local-aws/endpoint")));
  }

  /** One incident, one promotion there, one back by order; every act has its row. */
  private static void assertMovedOnce(JsonNode report) {
    List<String> audit =
        StreamSupport.stream(report.path("audit").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    PromotionRows.assertOnePromotion(audit);
    assertEquals(
        1,
        audit.stream().filter(row -> row.contains("FAILBACK: drill [")).count(),
        audit::toString);
    assertTrue(audit.stream().anyMatch(row -> row.contains("act PromotePrimary")), audit::toString);
    assertTrue(audit.get(audit.size() - 1).contains("UNROUTING -> STEADY"), audit::toString);
  }
}
