package payments.dr.operations.drill.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.Dr;
import picocli.CommandLine;

/** On folders as drills leave them. */
class EvidenceCommandTest {

  private static final String ROOT = "payments.dr.root";
  private static final String EARLIER = "local-region-lost-20261231T120000Z";
  private static final String LATER = "local-gray-20261231T130000Z";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path root;
  private String rootBefore;

  @BeforeEach
  void pointAtRoot() {
    rootBefore = System.setProperty(ROOT, root.toString());
  }

  @AfterEach
  void restoreRoot() {
    if (rootBefore == null) {
      System.clearProperty(ROOT);
    } else {
      System.setProperty(ROOT, rootBefore);
    }
  }

  @Test
  void list_is_in_order_of_time_with_verdicts() throws IOException {
    drilled(LATER, 1);
    drilled(EARLIER, 0);

    assertEquals(0, run("list"));

    String[] lines = out.toString().lines().toArray(String[]::new);
    assertEquals(2, lines.length, out::toString);
    assertTrue(lines[0].matches(EARLIER + " +as expected .*12 lost, 0 doubled.*"), lines[0]);
    assertTrue(lines[1].matches(LATER + " +NOT AS EXPECTED .*12 lost, 1 doubled.*"), lines[1]);
  }

  @Test
  void list_without_evidence_says_who_leaves_it() {
    assertEquals(0, run("list"));

    assertTrue(out.toString().contains("./dr drill"), out::toString);
  }

  @Test
  void drill_that_did_not_end_is_listed_and_not_shown() throws IOException {
    Path folder = Files.createDirectories(root.resolve("evidence").resolve(EARLIER));
    Files.writeString(folder.resolve("payments.ndjson"), "{}\n");

    assertEquals(0, run("list"));
    assertTrue(out.toString().contains("unfinished"), out::toString);
    assertEquals(1, run("show", EARLIER));
    assertTrue(err.toString().contains("lacks SHA256SUMS"), err::toString);
  }

  @Test
  void changed_added_and_removed_files_are_told() throws IOException {
    Path folder = drilled(EARLIER, 0);
    Files.writeString(folder.resolve("report.json"), "{\"passed\": true}\n");
    Files.writeString(folder.resolve("note.txt"), "all was well\n");
    Files.delete(folder.resolve("payments.ndjson"));

    assertEquals(3, run("list"));

    for (String told :
        new String[] {
          "CHANGED report.json was changed",
          "CHANGED note.txt was added",
          "CHANGED payments.ndjson is missing"
        }) {
      assertTrue(out.toString().contains(told), out::toString);
    }
    assertFalse(out.toString().contains("as expected"), "a forged verdict is not repeated");
    assertEquals(3, run("show", EARLIER));
    assertTrue(err.toString().contains("report.json was changed"), err::toString);
  }

  @Test
  void show_prints_the_report_by_the_beginning_of_its_id() throws IOException {
    Path folder = drilled(EARLIER, 0);
    drilled(LATER, 0);

    assertEquals(0, run("show", "local-reg"));
    assertEquals(Files.readString(folder.resolve("report.md")), out.toString());
  }

  @Test
  void show_and_list_speak_json() throws IOException {
    drilled(EARLIER, 0);

    assertEquals(0, run("show", EARLIER, "--format", "json"));
    assertEquals("region-lost", json().path("scenario").asText());
    assertEquals(0, run("list", "--format", "json"));
    assertEquals(EARLIER, json().at("/0/id").asText());
    assertEquals(12, json().at("/0/payments/lost").asInt());
    assertTrue(json().at("/0/faults").isEmpty());
  }

  @Test
  void id_that_none_or_several_begin_with_is_refused() throws IOException {
    drilled(EARLIER, 0);
    drilled(LATER, 0);

    for (String id : new String[] {"local", "prod"}) {
      assertEquals(1, run("show", id));
      assertTrue(
          err.toString().contains("must be one of " + EARLIER + ", " + LATER), err::toString);
      assertTrue(err.toString().contains("got \"" + id + "\""), err::toString);
    }
  }

  private Path drilled(String id, long doubled) throws IOException {
    Path folder = Files.createDirectories(root.resolve("evidence").resolve(id));
    Files.writeString(folder.resolve("payments.ndjson"), "{}\n");
    Evidence.write(Drills.regionLost(doubled), Drills.BUDGET, folder);
    return folder;
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] command = new String[words.length + 1];
    command[0] = "evidence";
    System.arraycopy(words, 0, command, 1, words.length);
    CommandLine line = Dr.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(command);
  }
}
