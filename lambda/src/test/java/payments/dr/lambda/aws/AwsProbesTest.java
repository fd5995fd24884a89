package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** One look at everything, and what is made of what cannot be seen. */
class AwsProbesTest {

  private static final String EXTERNAL = "ext.payments.example.com";
  private static final String SERVICE = "pay.payments.example.com";
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final LeaseReading LEASE = new LeaseReading.Unproven(true);
  private static final Instant BEAT = Instant.parse("2026-01-01T00:00:07Z");

  private static TestCertificate certificate;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private StandInAws aws;
  private StandInPostgres postgres;
  private TestNameServer zone;
  private HttpServer balancers;
  private volatile int primaryStatus = 200;
  private volatile int drStatus = 204;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.ofLocalhost();
  }

  /** Peace: the primary Region serves, and the DR Region follows with two machines. */
  @BeforeEach
  void start() throws IOException {
    aws = StandInAws.start();
    aws.answers("DescribeGlobalClusters", new GlobalClusterAnswer().xml())
        .answers("HEAD /primary-latch/latch/dr-active", 404)
        .answers("HEAD /dr-latch/latch/dr-active", 404)
        .answers("HEAD /primary-latch/latch/dr-held", 404)
        .answers("HEAD /dr-latch/latch/dr-held", 404)
        .answers(
            "DescribeDBClusters",
            """
            <DescribeDBClustersResponse>
              <DescribeDBClustersResult>
                <DBClusters><DBCluster><EngineVersion>17.7</EngineVersion></DBCluster></DBClusters>
              </DescribeDBClustersResult>
            </DescribeDBClustersResponse>
            """);
    targets("healthy", "healthy");
    postgres =
        StandInPostgres.start(certificate.context())
            .answers(
                "SELECT max(beat_at)", StandInPostgres.Type.TIMESTAMPTZ, "2026-01-01 00:00:07+00")
            .answers("SELECT to_regproc", StandInPostgres.Type.BOOL, "t")
            .answers(
                "SELECT aws_region",
                new StandInPostgres.Column("aws_region", StandInPostgres.Type.TEXT, "us-east-2"),
                new StandInPostgres.Column("position", StandInPostgres.Type.INT8, "7"),
                new StandInPostgres.Column("lag", StandInPostgres.Type.INT8, "300"),
                new StandInPostgres.Column("commit_lag", StandInPostgres.Type.INT8, "300"),
                new StandInPostgres.Column("lag_age", StandInPostgres.Type.INT8, "0"));
    zone = TestNameServer.start().text(EXTERNAL, "up").alias(SERVICE, "primary.elb.example.com");
    balancers = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    balancers.createContext(
        "/",
        exchange -> {
          boolean dr = exchange.getRequestURI().getPath().equals("/dr");
          exchange.sendResponseHeaders(dr ? drStatus : primaryStatus, -1);
          exchange.close();
        });
    balancers.setExecutor(threads);
    balancers.start();
  }

  @AfterEach
  void stop() throws IOException {
    balancers.stop(0);
    zone.close();
    postgres.close();
    aws.close();
    threads.shutdownNow();
  }

  @Test
  void peace_is_seen_whole() throws IOException {
    AwsProbes probes = probes(PATIENT);

    assertEquals(
        new Observation(
            Health.UP,
            Health.UP,
            Health.UP,
            "v1",
            new Observation.Database(
                Site.PRIMARY,
                Activity.IDLE,
                BEAT,
                true,
                Duration.ofMillis(300),
                new EngineVersions("17.7", "17.7")),
            new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false),
            LEASE),
        probes.look("v1", LEASE));
    assertEquals(Optional.of(BEAT), probes.newestHeartbeat());
    assertEquals(Optional.of(new EngineVersions("17.7", "17.7")), probes.engineVersions());
    assertEquals(Optional.of(Duration.ofMillis(300)), probes.takeLongestLag());
    assertEquals(Optional.empty(), probes.takeLongestLag());
  }

  @Test
  void each_copy_of_the_latch_the_route_and_a_payment_in_dr_are_told_apart() throws IOException {
    zone.alias(SERVICE, "dr.elb.example.com");
    drStatus = 200;
    aws.answers("HEAD /primary-latch/latch/dr-active", 200)
        .answers("HEAD /dr-latch/latch/dr-held", 200);
    assertEquals(
        new Observation.Traffic(
            Presence.PRESENT, Presence.ABSENT, Presence.ABSENT, Presence.PRESENT, Site.DR, true),
        probes(PATIENT).look("v1", LEASE).traffic());

    aws.answers("HEAD /primary-latch/latch/dr-active", 403)
        .answers("HEAD /dr-latch/latch/dr-active", 200)
        .answers("HEAD /primary-latch/latch/dr-held", 403);
    assertEquals(
        new Observation.Traffic(
            Presence.UNKNOWN, Presence.PRESENT, Presence.UNKNOWN, Presence.PRESENT, Site.DR, true),
        probes(PATIENT).look("v1", LEASE).traffic());
    assertTrue(said("\"what\":\"latch in primary\""), log::toString);
  }

  @Test
  void each_region_is_asked_for_its_own_engine_version() throws IOException {
    probes(PATIENT).look("v1", LEASE);

    assertEquals(
        List.of("us-east-1", "us-east-2"),
        aws.calls("DescribeDBClusters").stream().map(StandInAws.Call::region).sorted().toList());
  }

  @ParameterizedTest
  @CsvSource({"1,204,DOWN", "2,503,UP", "3,503,UP"})
  void region_with_enough_healthy_machines_is_ready(int healthy, int status, Health readiness)
      throws IOException {
    String[] states = new String[healthy + 1];
    Arrays.fill(states, "healthy");
    states[healthy] = "unhealthy";
    targets(states);
    drStatus = status;

    assertEquals(readiness, probes(PATIENT).look("v1", LEASE).readiness());
  }

  @ParameterizedTest
  @CsvSource({"204,UP", "200,UP", "403,UNKNOWN", "503,UNKNOWN"})
  void region_that_answers_is_ready_though_its_control_plane_is_silent(int status, Health readiness)
      throws IOException {
    aws.answers("DescribeTargetHealth", 500);
    drStatus = status;

    assertEquals(readiness, probes(PATIENT).look("v1", LEASE).readiness());
  }

  @Test
  void verdict_of_the_checkers_is_kept_until_it_is_taken() throws IOException {
    AwsProbes probes = probes(PATIENT);
    assertEquals(Optional.empty(), probes.takeExternalDown());

    probes.look("v1", LEASE);
    assertEquals(Optional.of(false), probes.takeExternalDown());
    assertEquals(Optional.empty(), probes.takeExternalDown());

    zone.text(EXTERNAL, "down");
    probes.look("v1", LEASE);
    assertEquals(Optional.of(true), probes.takeExternalDown());
  }

  @Test
  void heartbeat_that_was_seen_once_stays_the_newest() throws IOException {
    AwsProbes probes = probes(PATIENT);
    assertEquals(Optional.empty(), probes.newestHeartbeat());
    assertEquals(Optional.empty(), probes.engineVersions());
    probes.look("v1", LEASE);
    postgres.answers("SELECT max(beat_at)", StandInPostgres.Type.TIMESTAMPTZ, null);

    assertNull(probes.look("v1", LEASE).database().heartbeatAt());
    assertEquals(Optional.of(BEAT), probes.newestHeartbeat());
  }

  /** No look even begins: the one thread that all of them need is busy. */
  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the thread that is kept busy
  void blindness_is_never_down() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    ExecutorService busy = Executors.newSingleThreadExecutor();
    busy.submit(() -> over.await(1, TimeUnit.MINUTES));

    Observation seen = probes(busy, Duration.ofMillis(100)).look("v1", LEASE);

    over.countDown();
    busy.shutdownNow();
    assertEquals(
        new Observation(
            Health.UNKNOWN,
            Health.UNKNOWN,
            Health.UNKNOWN,
            "v1",
            new Observation.Database(
                Site.UNKNOWN, Activity.UNKNOWN, null, false, null, EngineVersions.UNSEEN),
            new Observation.Traffic(Presence.UNKNOWN, Presence.UNKNOWN, Site.UNKNOWN, false),
            LEASE),
        seen);
    assertTrue(said("no answer in time"), log::toString);
  }

  @Test
  void generation_that_is_not_deployed_hides_nothing_else() throws IOException {
    Observation seen = probes(PATIENT).look("v2", LEASE);

    assertEquals(Site.UNKNOWN, seen.database().writer());
    assertFalse(seen.database().versions().seen());
    assertEquals(Health.UP, seen.external());
  }

  private AwsProbes probes(Duration limit) throws IOException {
    return probes(threads, limit);
  }

  private AwsProbes probes(ExecutorService looking, Duration limit) throws IOException {
    ElasticLoadBalancingV2Client targets =
        aws.clients()
            .client(ElasticLoadBalancingV2Client.builder(), "us-east-2", StandInAws.PATIENT);
    return new AwsProbes(
        new AwsProbes.Eyes(
            new ZoneRecords(
                new NameServers(List.of("127.0.0.1:" + zone.port())),
                EXTERNAL,
                SERVICE,
                "primary.elb.example.com",
                "dr.elb.example.com"),
            probe("primary"),
            probe("dr"),
            new Readiness(targets, "arn:of:targets", 2),
            clusters(),
            version("us-east-1", Site.PRIMARY),
            version("us-east-2", Site.DR),
            new Replica(
                new DatabaseSignIn(
                    "reader",
                    address -> "secret",
                    DatabaseRoots.of("us-east-2").and(certificate.pem()),
                    (int) PATIENT.toSeconds()),
                "us-east-2",
                Map.of("v1", new DatabaseAddress("localhost", postgres.port(), "payments")),
                InstantSource.system()),
            latch("us-east-1", "primary-latch"),
            latch("us-east-2", "dr-latch")),
        looking,
        limit,
        new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), InstantSource.system()));
  }

  private Probe probe(String region) throws IOException {
    return new Probe(
        URI.create("http://127.0.0.1:" + balancers.getAddress().getPort() + "/" + region).toURL(),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        threads,
        PATIENT);
  }

  private EngineVersion version(String region, Site site) {
    return new EngineVersion(rds(region), clusters(), site, InstantSource.system());
  }

  private GlobalClusters clusters() {
    return new GlobalClusters(
        rds("us-east-2"), Map.of("v1", "global-db"), "us-east-1", "us-east-2");
  }

  private RdsClient rds(String region) {
    return aws.clients().client(RdsClient.builder(), region, StandInAws.PATIENT);
  }

  private LatchObject latch(String region, String bucket) {
    S3Client client = aws.clients().client(S3Client.builder(), region, StandInAws.PATIENT);
    return new LatchObject(client, client, bucket);
  }

  private void targets(String... states) {
    StringBuilder members = new StringBuilder();
    for (String state : states) {
      members.append(
          "<member><TargetHealth><State>%s</State></TargetHealth></member>".formatted(state));
    }
    aws.answers(
        "DescribeTargetHealth",
        """
        <DescribeTargetHealthResponse>
          <DescribeTargetHealthResult>
            <TargetHealthDescriptions>%s</TargetHealthDescriptions>
          </DescribeTargetHealthResult>
        </DescribeTargetHealthResponse>
        """
            .formatted(members));
  }

  private boolean said(String text) {
    return log.toString(StandardCharsets.UTF_8).contains(text);
  }
}
