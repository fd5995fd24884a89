package payments.dr.operations.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.region.RegionPair;
import payments.dr.operations.aws.JsonRequest;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** What each question makes of what is said. */
class QuestionsTest {

  private static final RegionPair<String> REGIONS = new RegionPair<>("us-east-1", "us-east-2");
  private static final String CLUSTER = "arn:aws:rds:us-east-1:123456789012:cluster:one";

  @TempDir Path drills;

  @Test
  void lag_metrics_are_told_with_the_dimensions_that_there_are() {
    CloudWatchClient cloudWatch =
        new MetricsOnly(
            List.of(
                metric("AuroraGlobalDBRPOLag", "DBClusterIdentifier", "one"),
                metric("AuroraGlobalDBRPOLag", "DBClusterIdentifier", "other", "Role", "READER"),
                metric("AuroraGlobalDBProgressLag", "DBClusterIdentifier", "somebody-else"),
                metric("AuroraGlobalDBReplicationLag", "SourceRegion", "us-east-1"),
                metric("CPUUtilization", "DBClusterIdentifier", "one")));

    assertEquals(
        "AuroraGlobalDBRPOLag {DBClusterIdentifier, Role}; AuroraGlobalDBRPOLag {DBClusterIdentifier};"
            + " AuroraGlobalDBReplicationLag {SourceRegion}",
        new LagMetrics(List.of(cloudWatch), List.of("one", "other")).answer());
    assertEquals(
        "none", new LagMetrics(List.of(new MetricsOnly(List.of())), List.of("one")).answer());
  }

  @Test
  void jobs_of_backup_are_told_with_their_times_or_reasons() {
    assertEquals(
        "backup completed in 90 s; copy FAILED no key; restore not tried",
        new OfBackup(
                answering(
                    Map.of(
                        "ListBackupJobs",
                        "{'BackupJobs': ["
                            + job(100, 110, CLUSTER, "'State': 'FAILED'")
                            + ","
                            + job(200, 290, CLUSTER, "'State': 'COMPLETED'")
                            + ","
                            + job(300, 900, "arn:other", "'State': 'COMPLETED'")
                            + "]}",
                        "ListCopyJobs",
                        "{'CopyJobs': ["
                            + job(100, 110, CLUSTER, "'State': 'FAILED', 'StatusMessage': 'no key'")
                            + "]}",
                        "ListRestoreJobs",
                        "{'RestoreJobs': []}")),
                REGIONS,
                CLUSTER)
            .answer());
  }

  @Test
  void jobs_are_read_to_the_last_page() {
    BiFunction<String, JsonRequest, JsonNode> aws =
        (region, request) ->
            json(
                request.path().contains("nextToken=more")
                    ? "{'RestoreJobs': [" + job(100, 160, CLUSTER, "'Status': 'COMPLETED'") + "]}"
                    : "{'NextToken': 'more'}");

    assertEquals(
        "backup not tried; copy not tried; restore completed in 60 s",
        new OfBackup(aws, REGIONS, CLUSTER).answer());
  }

  @Test
  void check_of_the_doctor_answers_for_each_region() {
    OfDoctor question =
        new OfDoctor(
            "So?",
            "test alarm",
            List.of(
                new Doctor.Answer("test alarm", "us-east-1", "ok", "took it"),
                new Doctor.Answer("alarms", "us-east-1", "fails", "one fires"),
                new Doctor.Answer("test alarm", "us-east-2", "fails", "did not")));

    assertEquals("us-east-1, ok: took it; us-east-2, fails: did not", question.answer());
    assertEquals("not asked", new OfDoctor("So?", "heartbeat", List.of()).answer());
  }

  @Test
  void newest_drill_of_the_scenario_answers() throws IOException {
    report("local-front-door-20260101T000000Z", 11.0);
    report("local-front-door-20260102T000000Z", 12.5);
    report("local-switchover-20260103T000000Z", 13.0);

    assertEquals(
        "12.5 s, where the recovery budget allows 120",
        new OfDrill("So?", "local", "front-door", "promote", drills).answer());
    assertEquals(
        "not measured", new OfDrill("So?", "local", "front-door", "detect", drills).answer());
    assertEquals(
        "not measured",
        new OfDrill("So?", "local", "front-door", "detect", drills.resolve("none")).answer());
  }

  private static Metric metric(String name, String... dimensions) {
    List<Dimension> pairs = new ArrayList<>();
    for (int i = 0; i < dimensions.length; i += 2) {
      pairs.add(Dimension.builder().name(dimensions[i]).value(dimensions[i + 1]).build());
    }
    return Metric.builder().namespace("AWS/RDS").metricName(name).dimensions(pairs).build();
  }

  /** CloudWatch, asked for its metrics and nothing else. */
  private record MetricsOnly(List<Metric> all) implements CloudWatchClient {

    @Override
    public ListMetricsResponse listMetrics(ListMetricsRequest request) {
      assertEquals("AWS/RDS", request.namespace());
      return ListMetricsResponse.builder().metrics(all).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private void report(String drill, double seconds) throws IOException {
    Files.createDirectories(drills.resolve(drill));
    Files.writeString(
        drills.resolve(drill).resolve("report.json"),
        "{\"measured\": {\"terms\": [{\"term\": \"promote\", \"allowedSeconds\": 120, \"seconds\": %s}]}}"
            .formatted(seconds));
  }

  private static String job(int created, int completed, String resource, String more) {
    return "{'CreationDate': %d, 'CompletionDate': %d, 'ResourceArn': '%s', %s}"
        .formatted(created, completed, resource, more);
  }

  static BiFunction<String, JsonRequest, JsonNode> answering(Map<String, String> answers) {
    return (region, request) -> json(answers.get(request.operation()));
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
