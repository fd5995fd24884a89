package payments.dr.lambda.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.aws.GlobalClusterAnswer;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.lambda.aws.StandInAws;
import payments.dr.lambda.aws.StandInPostgres;
import payments.dr.lambda.aws.TestCertificate;
import payments.dr.lambda.aws.TestNameServer;
import payments.dr.lambda.port.Clock;

/** One invocation of each Region's controller, in a hurry. */
class RegionControllerTest {

  private static final String DATA =
      """
      {"Item":{"entity":{"S":"DATA"},"entry":{"S":"-"},"version":{"N":"1"},\
      "state":{"S":"STEADY"},"generation":{"S":"v1"},"writerRegion":{"S":"us-east-1"},\
      "since":{"S":"2026-01-01T00:00:00Z"}}}""";

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final HurriedClock clock = new HurriedClock();
  private StandInAws aws;
  private TestNameServer zone;

  @BeforeEach
  void start() throws IOException {
    zone = TestNameServer.start().text("ext.payments.example.com", "down");
    aws =
        StandInAws.start()
            .answers("GetItem", call -> call.body().contains("\"DATA\"") ? DATA : "{}")
            .answers("TransactWriteItems", "{}")
            .answers("PutMetricData", "\u00a0")
            .answers("DescribeGlobalClusters", new GlobalClusterAnswer().xml())
            .answers(
                "DescribeDBClusters",
                call ->
                    """
                    <DescribeDBClustersResponse>
                      <DescribeDBClustersResult>
                        <DBClusters>
                          <DBCluster><EngineVersion>17.%d</EngineVersion></DBCluster>
                        </DBClusters>
                      </DescribeDBClustersResult>
                    </DescribeDBClustersResponse>
                    """
                        .formatted(call.region().equals("us-east-1") ? 7 : 8));
  }

  @AfterEach
  void stop() {
    aws.close();
    zone.close();
  }

  @Test
  void ticks_until_the_next_invocation_has_surely_begun_and_says_what_it_saw() {
    run("dr");

    String body = figures();
    assertTrue(told(body, "Ticks", 4), body);
    assertTrue(told(body, "Heartbeats", 0), body);
    assertTrue(told(body, "Follows", 0), body);
    assertTrue(told(body, "FailedAuditExports", 0), body);
    assertTrue(told(body, "ExternalDown", 1), body);
    assertTrue(told(body, "EngineVersionsDiffer", 1), body);
    assertFalse(body.contains("HeartbeatAgeSeconds"), "none was seen");
    assertFalse(body.contains("ReplicationLagMillis"), "none was seen");
    assertFalse(body.contains("DrTickAgeSeconds"), "the primary Region's to say");
  }

  @Test
  void what_the_database_says_of_replication_is_a_figure() throws Exception {
    try (StandInPostgres postgres = follower("2026-01-01 00:00:00+00")) {
      run("dr", signIn(postgres));

      String body = figures();
      assertTrue(told(body, "ReplicationLagMillis", 21), body);
      assertTrue(body.contains("HeartbeatAgeSeconds"), body);
    }
  }

  @Test
  void heartbeat_of_a_clock_that_is_ahead_is_no_figure() throws Exception {
    try (StandInPostgres postgres = follower("2026-02-01 00:00:00+00")) {
      run("dr", signIn(postgres));

      assertFalse(figures().contains("HeartbeatAgeSeconds"));
    }
  }

  private static StandInPostgres follower(String heartbeatAt) throws Exception {
    StandInPostgres.Type number = StandInPostgres.Type.INT8;
    return StandInPostgres.start(TestCertificate.ofLocalhost().context())
        .answers("SELECT max(beat_at)", StandInPostgres.Type.TIMESTAMPTZ, heartbeatAt)
        .answers("SELECT to_regproc", StandInPostgres.Type.BOOL, "t")
        .answers("SELECT pg_is_in_recovery", StandInPostgres.Type.BOOL, "t")
        .answers(
            "SELECT aws_region",
            new StandInPostgres.Column("aws_region", StandInPostgres.Type.TEXT, "us-east-2"),
            new StandInPostgres.Column("position", number, "7"),
            new StandInPostgres.Column("lag", number, "21"),
            new StandInPostgres.Column("commit_lag", number, "21"),
            new StandInPostgres.Column("lag_age", number, "0"));
  }

  private static Map<String, String> signIn(StandInPostgres postgres) throws Exception {
    String port = Integer.toString(postgres.port());
    return Map.of(
        "DATABASE_HOSTS",
        "v1=localhost,v2=localhost",
        "DATABASE_WRITER_HOSTS",
        "v1=localhost,v2=localhost",
        "DATABASE_PORT",
        "v1=%s,v2=%s".formatted(port, port),
        "ADDITIONAL_DATABASE_ROOTS",
        TestCertificate.ofLocalhost().pem().toString());
  }

  @Test
  void what_fails_is_told_and_the_next_tick_tries_again() {
    aws.lose("us-east-2");

    run("dr");

    assertEquals(4, log.toString(StandardCharsets.UTF_8).split("tick failed", -1).length - 1);
    assertTrue(said("audit rows could not be exported"), log::toString);
  }

  @Test
  void failed_exports_are_counted() {
    aws.answers("GetItem", 400);

    run("dr");

    String body = figures();
    assertTrue(told(body, "Ticks", 0), body);
    assertTrue(told(body, "FailedAuditExports", 3), body);
  }

  @Test
  void primary_region_looks_at_nothing_before_a_human_says_where_the_data_is() {
    aws.answers("GetItem", "{}");

    run("primary");

    assertEquals(List.of(), aws.calls("DescribeGlobalClusters"));
    assertTrue(told(figures(), "Ticks", 4), this::figures);
  }

  @Test
  void primary_region_decides_once_it_is_told_and_watches_the_other_controller() {
    clock.now = Instant.parse("2026-01-01T00:00:00Z");

    run("primary");

    assertFalse(aws.calls("DescribeGlobalClusters").isEmpty());
    assertTrue(
        aws.calls("GetItem").stream()
            .anyMatch(
                call -> call.region().equals("us-east-2") && call.body().contains("\"FAILOVER\"")));
  }

  @Test
  void tick_of_the_other_controller_has_an_age() throws Exception {
    run("dr");
    JsonNode written = null;
    for (StandInAws.Call call : aws.calls("TransactWriteItems")) {
      for (JsonNode item : new ObjectMapper().readTree(call.body()).findValues("Item")) {
        written = item.at("/entity/S").asText().equals("FAILOVER") ? item : written;
      }
    }
    String state = "{\"Item\":" + written + "}";
    aws.answers("GetItem", call -> call.body().contains("\"FAILOVER\"") ? state : "{}");

    run("primary");

    List<StandInAws.Call> figures = aws.calls("PutMetricData");
    assertTrue(figures.get(1).body().contains("DrTickAgeSeconds"), log::toString);
  }

  @Test
  void silence_of_the_other_controller_is_told_and_no_figure() {
    aws.lose("us-east-2");

    run("primary");

    assertTrue(said("controller of the DR Region could not be seen"), log::toString);
    assertFalse(figures().contains("DrTickAgeSeconds"));
  }

  private void run(String role) {
    String nobody = "v1=127.0.0.1,v2=127.0.0.1";
    run(
        role,
        Map.of(
            "DATABASE_HOSTS", nobody,
            "DATABASE_WRITER_HOSTS", nobody,
            "DATABASE_PORT", "v1=1,v2=1"));
  }

  private void run(String role, Map<String, String> databases) {
    Map<String, String> variables =
        TestVariables.with(
            Map.of(
                "REGION_ROLE",
                role,
                "ZONE_NAME_SERVERS",
                "127.0.0.1:" + zone.port(),
                "PRIMARY_PROBE_URL",
                "http://127.0.0.1:1/",
                "DR_PROBE_URL",
                "http://127.0.0.1:1/"));
    variables.putAll(databases);
    FunctionConfiguration configuration = FunctionConfiguration.of(variables);
    JsonLog lines = new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), clock);
    new RegionController(new Wiring(configuration, aws.clients(), new AtOnce(), lines), clock)
        .run();
  }

  private String figures() {
    return aws.call("PutMetricData").body();
  }

  /** Whether CBOR has this figure: a whole number below 24 is one byte in it. */
  private static boolean told(String body, String name, int value) {
    int from = body.indexOf(name);
    int to = body.indexOf("MetricName", from);
    String datum = from < 0 ? "" : body.substring(from, to < 0 ? body.length() : to);
    return datum.contains("Value" + (char) value);
  }

  private boolean said(String text) {
    return log.toString(StandardCharsets.UTF_8).contains(text);
  }

  /** Oversleeps by 50 s each time, so that an invocation of two minutes has four ticks. */
  private static final class HurriedClock implements Clock {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleepUntil(Instant wake) {
      now = wake.plus(Duration.ofSeconds(50));
    }
  }

  /** Runs everything at once in the thread that asks for it. */
  private static final class AtOnce extends AbstractExecutorService {

    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
