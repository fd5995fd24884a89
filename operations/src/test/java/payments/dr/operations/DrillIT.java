package payments.dr.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.main.testing.ProjectCopy;
import payments.dr.main.testing.Shell;

/**
 * {@code make drill} from a clean copy: the primary Region is lost under a load of payments, the
 * jar that Terraform uploaded moves writer and traffic by itself, nothing returns by itself, and an
 * order leads home. One drill; the tests read what it left.
 */
class DrillIT {

  /** To deploy, to fail over and back, and to destroy. */
  private static final Duration DRILL = Duration.ofMinutes(35);

  private static final Duration COMMAND = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PRIMARY = "us-east-1";
  private static final String DR = "us-east-2";

  @TempDir static Path checkout;

  private static ProjectCopy copy;
  private static Shell shell;
  private static Path folder;
  private static JsonNode report;

  @BeforeAll
  static void drill() throws IOException {
    copy = ProjectCopy.into(checkout);
    shell = copy.shell();
    shell.sh(DRILL, "make drill SCENARIO=region-lost").expect(0);
    JsonNode list =
        JSON.readTree(shell.sh(COMMAND, "./dr evidence list --format json").expect(0).out());
    assertEquals(1, list.size(), list::toString);
    String id = list.at("/0/id").asText();
    folder = checkout.resolve("evidence").resolve(id);
    report =
        JSON.readTree(
            shell.sh(COMMAND, "./dr evidence show %s --format json".formatted(id)).expect(0).out());
  }

  @AfterAll
  static void stop() {
    copy.stopLocalAws();
  }

  @Test
  void writer_and_traffic_move_and_come_home_by_order_only() {
    assertTrue(report.path("passed").asBoolean(), () -> report.path("expectations").toString());
    assertEquals(List.of(PRIMARY, DR, PRIMARY), changes("writer"));
    assertEquals(List.of(PRIMARY, DR, PRIMARY), changes("dnsAnswers"));
    assertEquals(1, acts("PromoteDr"), () -> report.path("audit").toString());
    assertTrue(met("nothing returns by itself"));
    assertTrue(report.path("planEmpty").asBoolean());
  }

  @Test
  void customers_are_served_again_within_the_target() {
    double recovery = report.at("/measured/recoverySeconds").asDouble(Double.MAX_VALUE);
    assertTrue(recovery <= 300, () -> "recovery took " + recovery + " s");
    assertTrue(report.at("/measured/outageSeconds").asDouble() > 0, "a Region was lost");
    assertEquals(Set.of(PRIMARY, DR), servers());
  }

  /** By the client's own record, and not by what the report says of it. */
  @Test
  void no_payment_is_doubled_and_lost_ones_are_found_again() throws IOException {
    JsonNode payments = report.path("payments");
    assertEquals(0, payments.path("doubled").asLong(-1));
    assertEquals(payments.path("lost").asLong(-1), payments.path("found").asLong(-2));

    List<String> keys = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("payments.ndjson"))) {
      JsonNode attempt = JSON.readTree(line);
      if (attempt.has("region")) {
        keys.add(attempt.path("key").asText());
      }
    }
    assertEquals(keys.size(), Set.copyOf(keys).size(), "each is acknowledged once");
    assertEquals(keys.size(), payments.path("acknowledged").asLong());
    assertTrue(keys.size() > 1000, () -> keys.size() + " payments are no load");
  }

  @Test
  void evidence_says_what_was_drilled_and_tells_a_forgery() throws IOException {
    assertEquals("emulated", report.path("kind").asText());
    for (String of : List.of("stack", "function", "settings")) {
      assertTrue(
          report.at("/versions/sha256/" + of).asText().matches("[0-9a-f]{64}"),
          () -> report.path("versions").toString());
    }
    shell.sh(COMMAND, "cd evidence/* && sha256sum --check --quiet SHA256SUMS").expect(0);
    Path forged = folder.resolve("report.json");
    String genuine = Files.readString(forged);
    try {
      Files.writeString(forged, genuine.replace("\"doubled\" : 0", "\"doubled\" : 1"));
      assertEquals(
          3, shell.sh(COMMAND, "./dr evidence list").status(), "exit code of changed files");
    } finally {
      Files.writeString(forged, genuine);
    }
  }

  @Test
  void nothing_is_left_running() {
    assertNotEquals(0, shell.sh(COMMAND, "emulator/local-aws endpoint").status());
  }

  /** Regions in the order in which the samples name them; unknown is no change. */
  private static List<String> changes(String field) {
    List<String> seen = new ArrayList<>();
    for (JsonNode sample : report.path("samples")) {
      String region = sample.path(field).asText();
      if (!region.isEmpty() && (seen.isEmpty() || !seen.get(seen.size() - 1).equals(region))) {
        seen.add(region);
      }
    }
    return seen;
  }

  private static Set<String> servers() {
    Set<String> regions = new TreeSet<>();
    for (JsonNode second : report.path("seconds")) {
      second.path("accepted").fieldNames().forEachRemaining(regions::add);
    }
    return regions;
  }

  private static int acts(String act) {
    int count = 0;
    for (JsonNode line : report.path("audit")) {
      count += line.asText().contains(act) ? 1 : 0;
    }
    return count;
  }

  private static boolean met(String what) {
    for (JsonNode expectation : report.path("expectations")) {
      if (expectation.path("what").asText().equals(what)) {
        return expectation.path("met").asBoolean();
      }
    }
    return false;
  }
}
