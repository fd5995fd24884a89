package payments.dr.operations.drill.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import payments.dr.operations.drill.record.DrillRecord;

/** What is written of a drill. */
class ReportsTest {

  private static final Path GOLDEN =
      Path.of("src/test/resources/payments/dr/operations/drill/evidence/report.md");

  @Test
  void report_is_the_golden_one() throws IOException {
    String report = DrillMarkdown.of(Drills.regionLost(), comparison(Drills.regionLost()));

    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, report);
    }
    assertEquals(Files.readString(GOLDEN), report);
  }

  @Test
  void doubled_payment_is_the_verdict_of_every_report() throws Exception {
    DrillRecord drill = Drills.regionLost(1);

    assertTrue(DrillMarkdown.of(drill, comparison(drill)).contains("region-lost in local: NOT AS"));
    assertFalse(json(drill).path("passed").asBoolean(true));
    assertEquals(1, json(drill).at("/payments/doubled").asInt());
    assertTrue(title(Timeline.of(drill)).endsWith("NOT AS EXPECTED"));
  }

  /** An auditor reads it: what is furthest above what was allowed counts, not what is furthest. */
  @Test
  void largest_deviation_is_the_one_above_what_was_allowed() {
    var worst = comparison(Drills.regionLost()).worst().orElseThrow();

    assertEquals("stop old writes", worst.term());
    assertEquals(3.0, worst.difference(), 0.01);
  }

  @Test
  void json_holds_what_was_measured() throws Exception {
    JsonNode report = json(Drills.regionLost());

    assertEquals("emulated", report.path("kind").asText());
    assertEquals(102.3, report.at("/measured/recoverySeconds").asDouble());
    assertEquals("detect", report.at("/measured/terms/0/term").asText());
    assertEquals(12, report.at("/payments/lost").asInt());
    assertTrue(report.path("planEmpty").asBoolean());
    assertEquals(420, report.path("seconds").size());
    assertTrue(report.at("/samples/0").has("lagSeconds"));
    assertFalse(report.at("/samples/31").has("lagSeconds"), "nobody knows it without a writer");
  }

  @Test
  void picture_is_well_formed_and_lies_within_its_frame() throws Exception {
    Element svg = parse(Timeline.of(Drills.regionLost()));
    String[] frame = svg.getAttribute("viewBox").split(" ");

    NodeList rectangles = svg.getElementsByTagName("rect");
    assertTrue(rectangles.getLength() > 420, "one bar for each second at least");
    for (int i = 0; i < rectangles.getLength(); i++) {
      Element one = (Element) rectangles.item(i);
      assertTrue(number(one, "x") + number(one, "width") <= Double.parseDouble(frame[2]) + 0.5);
      assertTrue(number(one, "y") + number(one, "height") <= Double.parseDouble(frame[3]) + 0.5);
      assertTrue(number(one, "width") > 0 && number(one, "height") > 0);
    }
    assertTrue(title(Timeline.of(Drills.regionLost())).contains("region-lost"));
  }

  @Test
  void page_holds_the_report_and_its_picture_and_needs_no_other_file() {
    DrillRecord drill = Drills.regionLost(1);
    String timeline = Timeline.of(drill);

    String page = DrillPage.of(DrillMarkdown.of(drill, comparison(drill)), timeline);

    assertTrue(page.contains("<title>Drill region-lost in local: NOT AS EXPECTED</title>"), page);
    assertTrue(page.contains(timeline), "the picture is within");
    assertTrue(page.contains("<td align=\"right\">102.3 s</td>"), "what was measured");
    assertTrue(page.contains("<td align=\"right\">+3.0 s</td>"), "terms against the budget");
    assertTrue(
        page.contains("<td>1 doubled | none &lt;allowed&gt;</td>"),
        "text of a drill is no HTML of the page");
    assertFalse(
        Pattern.compile("\\b(src|href)=|@import|url\\(|https?://(?!www\\.w3\\.org/2000/svg)")
            .matcher(page)
            .find(),
        "a resource from elsewhere");
  }

  @Test
  void drill_that_never_began_leaves_reports_too() throws Exception {
    DrillRecord drill = Drills.nothingSeen();

    parse(Timeline.of(drill));
    assertFalse(json(drill).has("planEmpty"), "none was made");
    String report = DrillMarkdown.of(drill, comparison(drill));
    assertTrue(report.contains("Ran on AWS, by arn:aws:iam::123456789012:role/drill"), report);
    assertFalse(report.contains("mulated"), report);
  }

  private static BudgetComparison comparison(DrillRecord drill) {
    return BudgetComparison.of(drill.measured(), Drills.BUDGET);
  }

  private static JsonNode json(DrillRecord drill) throws IOException {
    return new ObjectMapper().readTree(DrillJson.of(drill, comparison(drill)));
  }

  private static String title(String svg) throws Exception {
    return parse(svg).getElementsByTagName("title").item(0).getTextContent();
  }

  private static Element parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static double number(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    return value.isEmpty() ? 0 : Double.parseDouble(value);
  }
}
