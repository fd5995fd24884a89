package payments.dr.operations.drill.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.drill.record.DrillRecord;
import payments.dr.operations.drill.record.DrillRecord.Balance;
import payments.dr.operations.drill.record.DrillRecord.Expectation;
import payments.dr.operations.drill.record.DrillRecord.Measured;
import payments.dr.operations.drill.record.DrillRecord.Sample;
import payments.dr.operations.drill.record.DrillRecord.Second;
import payments.dr.operations.drill.record.DrillRecord.Step;
import payments.dr.operations.drill.record.DrillRecord.Versions;

class EvidenceTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ID = "local-region-lost-20260101T000000Z";

  private static final DrillBudget BUDGET =
      new DrillBudget(Map.of("detect", 40, "promote", 125), 254, 300, 60);

  @TempDir Path project;

  private Path folder;

  @BeforeEach
  void write() throws Exception {
    folder = Files.createDirectories(project.resolve("evidence").resolve(ID));
    Files.writeString(folder.resolve("payments.ndjson"), "{}\n");
    Evidence.write(drill(true), BUDGET, folder);
  }

  @Test
  void report_tells_what_was_measured_against_what_was_allowed() throws Exception {
    String report = Files.readString(folder.resolve("report.md"));

    assertTrue(report.startsWith("# Drill region-lost in local: as expected\n"), report);
    assertTrue(report.contains("**Emulated**"), report);
    assertTrue(report.contains("| detect | 34.0 s | 40 s | -6.0 s |"), report);
    assertTrue(report.contains("| promote | 130.5 s | 125 s | +5.5 s |"), report);
    assertTrue(report.contains("Largest deviation: promote, 5.5 s above"), report);
    assertTrue(report.contains("| 120 | 3 | 3 | 0 |"), report);
    assertTrue(report.contains("| met | a \\| b | c |"), report);
    assertTrue(report.contains("- us-east-2 acknowledged 300"), report);
  }

  @Test
  void failed_drill_says_so_everywhere() throws Exception {
    Path other = Files.createDirectories(folder.resolveSibling("local-gray-20260102T000000Z"));

    Evidence.write(drill(false), BUDGET, other);

    assertTrue(Files.readString(other.resolve("report.md")).contains("NOT AS EXPECTED"));
    assertTrue(Files.readString(other.resolve("report.html")).contains("<td><strong>not met"));
    assertTrue(Files.readString(other.resolve("report.md")).contains("**not met**"));
    assertTrue(Files.readString(other.resolve("timeline.svg")).contains("NOT AS EXPECTED"));
    assertFalse(json(other).path("passed").asBoolean());
    assertEquals(
        List.of(true, false),
        KeptEvidence.all(project).stream().map(KeptEvidence::passed).toList(),
        "oldest first");
  }

  @Test
  void json_holds_the_whole_record() throws Exception {
    JsonNode report = json(folder);

    assertEquals(1, report.path("schema").asInt());
    assertEquals(4, report.path("samples").size());
    assertEquals(60, report.path("seconds").size());
    assertEquals(164.5, report.at("/measured/recoverySeconds").asDouble());
    assertEquals("abc", report.at("/versions/sha256/stack").asText());
    assertTrue(report.path("planEmpty").asBoolean());
  }

  @Test
  void timeline_is_a_picture_with_every_lane() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new InputSource(
                    new StringReader(Files.readString(folder.resolve("timeline.svg")))));

    List<String> texts = new ArrayList<>();
    for (int i = 0; i < svg.getElementsByTagName("text").getLength(); i++) {
      texts.add(svg.getElementsByTagName("text").item(i).getTextContent());
    }
    assertTrue(
        texts.containsAll(
            List.of("controller", "writer", "DNS answers", "payments/s", "lag", "FAILED_OVER")),
        texts::toString);
  }

  @Test
  void change_of_any_file_is_noticed() throws Exception {
    assertEquals(List.of(), KeptEvidence.of(project, ID).faults());

    Files.writeString(folder.resolve("report.json"), "{}");
    Files.delete(folder.resolve("payments.ndjson"));
    Files.writeString(folder.resolve("more.txt"), "");

    assertEquals(
        List.of("payments.ndjson is missing", "report.json was changed", "more.txt was added"),
        KeptEvidence.of(project, ID).faults());
  }

  @Test
  void unknown_drill_is_told() {
    assertEquals(
        "id must be one that ./dr evidence list names, got \"../x\"",
        assertThrows(BadInputException.class, () -> KeptEvidence.of(project, "../x")).getMessage());
  }

  private static JsonNode json(Path folder) throws Exception {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private static DrillRecord drill(boolean passed) {
    List<Second> seconds = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      seconds.add(
          new Second(
              T.plusSeconds(i), i < 30 ? Map.of("us-east-1", 10) : Map.of("us-east-2", 10), i % 2));
    }
    return new DrillRecord(
        "local",
        "region-lost",
        "emulated",
        T,
        T.plusSeconds(61),
        List.of(new Step(T, "payments flow"), new Step(T.plusSeconds(10), "fault: <lost> & gone")),
        List.of(
            new Sample(T, "STEADY", "us-east-1", "us-east-1", Optional.of(Duration.ofSeconds(1))),
            new Sample(T.plusSeconds(20), "SUSPECT", "us-east-1", "us-east-1", Optional.empty()),
            new Sample(
                T.plusSeconds(30), "FAILED_OVER", "us-east-2", "us-east-2", Optional.empty()),
            new Sample(
                T.plusSeconds(60), "FAILED_OVER", "us-east-2", "us-east-2", Optional.empty())),
        seconds,
        new Measured(
            Optional.of(Duration.ofSeconds(160)),
            Optional.of(Duration.ofMillis(164_500)),
            Optional.of(Duration.ofSeconds(2)),
            Map.of("detect", Duration.ofSeconds(34), "promote", Duration.ofMillis(130_500))),
        new Balance(120, 3, 3, 0),
        List.of("a row"),
        List.of(new Expectation("a | b", passed, "c")),
        Optional.of(true),
        new Versions("payments-dr 2.0.0", "39f3366", Map.of("stack", "abc")));
  }
}
