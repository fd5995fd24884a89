package payments.dr.operations.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import payments.dr.operations.encoding.Markdown;
import payments.dr.operations.encoding.MarkdownTable;
import payments.dr.testing.ProjectCopy;

/** docs/reference/alarms.md: what each alarm of prod watches and says, from its golden file. */
final class AlarmsPage {

  private static final Path GOLDEN =
      ProjectCopy.PROJECT.resolve("main/src/test/resources/golden/payments-dr-prod.json");

  private static final Map<String, String> REGIONS =
      Map.of("primary", "us-east-1", "dr", "us-east-2");

  private static final Map<Integer, String> UNITS =
      Map.of(60, "minute", 3600, "hour", 86400, "day");

  /**
   * An alarm without the names of its Region and environment.
   *
   * @param when in words
   */
  private record Alarm(String name, String when, String description) implements Comparable<Alarm> {

    static Alarm of(JsonNode json, String role) {
      String other = role.equals("dr") ? "primary" : "dr";
      return new Alarm(
          json.path("alarm_name")
              .asText()
              .replaceFirst("^" + role + "-", "{role}-")
              .replaceFirst("-prod$", "-{env}"),
          when(json),
          json.path("alarm_description")
              .asText()
              .replace(REGIONS.get(role), "{Region}")
              .replace(REGIONS.get(other), "{other Region}")
              .replace("/" + role + "-", "/{role}-")
              .replace("aws-waf-logs-" + role, "aws-waf-logs-{role}")
              .replaceAll("\\bprod\\b", "{env}"));
    }

    private static String when(JsonNode json) {
      return "%s %s in %d of %d values, one each %s%s"
          .formatted(
              json.path("comparison_operator").asText().startsWith("Less") ? "below" : "above",
              json.path("threshold").asText(),
              json.path("datapoints_to_alarm").asInt(),
              json.path("evaluation_periods").asInt(),
              UNITS.get(seconds(json)),
              json.path("treat_missing_data").asText().equals("breaching")
                  ? "; silence counts"
                  : "");
    }

    /** Of one metric, or of each that an expression takes. */
    private static int seconds(JsonNode json) {
      return json.has("period")
          ? json.path("period").asInt()
          : json.at("/metric_query/1/metric/period").asInt();
    }

    @Override
    public int compareTo(Alarm other) {
      return (name + when + description).compareTo(other.name + other.when + other.description);
    }
  }

  private AlarmsPage() {}

  static String text() throws IOException {
    StringBuilder text = new StringBuilder();
    Markdown page = new Markdown(text);
    page.title("Alarms");
    page.paragraph(
        """
        Every alarm of an environment such as prod: when it goes off, and what its message says. Begin with the command that the message names;
        [Alerts](../operate/alerts.md) says how alarms reach people.""");
    page.paragraph(
        """
        Made from the golden file of prod by `-Dgolden.update`; not written by hand. `{role}` is `primary` or `dr`, `{Region}` the Region of the alarm.
        Figures come from the settings, in the units of their metrics: another environment may have others.""");
    MarkdownTable table = new MarkdownTable().words("Alarm", "In", "Goes off", "Says");
    alarms()
        .forEach(
            (alarm, roles) ->
                table.row(
                    Markdown.code(alarm.name()),
                    roles.size() == 2 ? "both Regions" : roles.iterator().next(),
                    alarm.when(),
                    alarm.description().replace("<", "&lt;")));
    page.table(table);
    return text.toString();
  }

  private static Map<Alarm, Set<String>> alarms() throws IOException {
    Map<Alarm, Set<String>> alarms = new TreeMap<>();
    new ObjectMapper()
        .readTree(GOLDEN.toFile())
        .at("/resource/aws_cloudwatch_metric_alarm")
        .forEach(
            json -> {
              String role = json.path("provider").asText().replace("aws.", "");
              alarms.computeIfAbsent(Alarm.of(json, role), it -> new TreeSet<>()).add(role);
            });
    return alarms;
  }
}
