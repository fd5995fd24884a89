package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.testing.ProjectCopy;

/** Pages that are made from the code; {@code -Dgolden.update} writes them anew. */
class ReferencePagesTest {

  /** Makes the text of a page. */
  private interface Writer {
    String text() throws IOException;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void page_is_what_the_code_says(String name, Writer writer) throws IOException {
    Path file = ProjectCopy.PROJECT.resolve("docs/reference/" + name);
    String page = writer.text();
    if (System.getProperty("golden.update") != null) {
      Files.writeString(file, page);
    }

    assertEquals(
        Files.exists(file) ? Files.readString(file) : "no file " + file,
        page,
        name + " differs; run `mvn test -Dgolden.update` and review the diff");
  }

  static Stream<Arguments> pages() {
    return Stream.of(
        page("commands.md", CommandsPage::text),
        page("alarms.md", AlarmsPage::text),
        page("all-settings.md", SettingsPage::text));
  }

  /** The message of an alarm is all that its reader has. */
  @Test
  void every_alarm_names_a_command_that_exists() throws IOException {
    var firsts =
        Pattern.compile("First run `\\./dr ([a-z]+)").matcher(AlarmsPage.text()).results().toList();

    assertTrue(firsts.size() > 40, firsts.size() + " alarms");
    firsts.forEach(
        first ->
            assertTrue(
                Dr.commandLine().getSubcommands().containsKey(first.group(1)), first::group));
  }

  /** Each metric of an alarm is paid for. */
  @Test
  void alarms_and_their_metrics_are_counted() throws IOException {
    List<Integer> metrics = new ArrayList<>();
    for (String environment : List.of("dev", "staging", "prod")) {
      metrics.add(alarms(environment).mapToInt(ReferencePagesTest::metrics).sum());
    }
    assertTrue(
        reference("cost.md").contains("%d, %d, %d metrics × 0.10".formatted(metrics.toArray())),
        metrics::toString);

    List<String> names = alarms("prod").map(alarm -> alarm.path("alarm_name").asText()).toList();
    long changes = names.stream().filter(name -> name.contains("-change-")).count();
    long restores = names.stream().filter(name -> name.startsWith("restore-test-")).count();
    String counts =
        "%d alarms, %d more with tests of restores"
            .formatted(names.size() - changes - restores, restores);
    String capabilities = reference("capabilities.md");
    assertTrue(capabilities.contains(counts), counts);
    assertTrue(capabilities.contains("up to %d on changes".formatted(changes)), changes + "");
  }

  private static int metrics(JsonNode alarm) {
    JsonNode queries = alarm.path("metric_query");
    return queries.isMissingNode() ? 1 : queries.findParents("metric").size();
  }

  private static Stream<JsonNode> alarms(String environment) throws IOException {
    Path golden =
        ProjectCopy.PROJECT.resolve(
            "main/src/test/resources/golden/payments-dr-%s.json".formatted(environment));
    JsonNode alarms =
        new ObjectMapper().readTree(golden.toFile()).at("/resource/aws_cloudwatch_metric_alarm");
    return StreamSupport.stream(alarms.spliterator(), false);
  }

  private static String reference(String page) throws IOException {
    return Files.readString(ProjectCopy.PROJECT.resolve("docs/reference/" + page));
  }

  private static Arguments page(String name, Writer writer) {
    return Arguments.of(name, writer);
  }
}
