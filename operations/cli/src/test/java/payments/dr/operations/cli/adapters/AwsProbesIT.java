package payments.dr.operations.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.lambda.aws.AwsActuators;
import payments.dr.lambda.aws.AwsProbes;
import payments.dr.lambda.aws.Capacity;
import payments.dr.lambda.aws.DatabaseAddress;
import payments.dr.lambda.aws.DatabaseRoots;
import payments.dr.lambda.aws.DatabaseSignIn;
import payments.dr.lambda.aws.EngineVersion;
import payments.dr.lambda.aws.GlobalClusters;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.lambda.aws.LatchObject;
import payments.dr.lambda.aws.NameServers;
import payments.dr.lambda.aws.Probe;
import payments.dr.lambda.aws.Promotions;
import payments.dr.lambda.aws.Readiness;
import payments.dr.lambda.aws.Replica;
import payments.dr.lambda.aws.TestNameServer;
import payments.dr.lambda.aws.ZoneRecords;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.Suspicion;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.rds.RdsClient;

/** One look at a local AWS, a real database, a name server and two load balancers. */
class AwsProbesIT {

  private static final String EXTERNAL = "ext.payments.example.com";
  private static final String SERVICE = "pay.payments.example.com";
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final LeaseReading LEASE = new LeaseReading.Unproven(true);
  private static final PostgresServers SERVERS = PostgresServers.shared();

  @TempDir static Path home;

  private static TwoRegions regions;
  private static LatchObject primaryLatch;
  private static LatchObject drLatch;
  private static int tests;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<HttpServer> balancers = new ArrayList<>();
  private TestNameServer zone;
  private String global;
  private String targetGroup;
  private volatile int primaryStatus = 200;
  private volatile int drStatus = 503;

  @BeforeAll
  static void startAws() {
    regions = TwoRegions.start(home);
    primaryLatch = regions.latch(TwoRegions.PRIMARY, "primary-latch-look");
    drLatch = regions.latch(TwoRegions.DR, "dr-latch-look");
  }

  @AfterAll
  static void stopAws() {
    regions.close();
  }

  @BeforeEach
  void startTheRest() throws Exception {
    global = "global-db-look-" + tests++;
    regions.globalCluster(global);
    targetGroup = targetGroup("dr-tg-" + tests);
    zone = TestNameServer.start().text(EXTERNAL, "up").alias(SERVICE, "primary.elb.example.com");
    SERVERS.reset();
    HeartbeatLogin.make(SERVERS.v1());
  }

  @AfterEach
  void stopTheRest() {
    zone.close();
    balancers.forEach(balancer -> balancer.stop(0));
    threads.shutdownNow();
  }

  @Test
  void peace_is_seen_whole() throws Exception {
    targets(2);
    beat("us-east-1", "2026-01-01T00:00:07Z");

    Observation seen = sensors(PATIENT).look("v1", LEASE);

    assertTrue(seen.database().versions().seen(), seen::toString);
    assertFalse(seen.database().versions().differ(), seen::toString);
    assertEquals(
        new Observation(
            Health.UP,
            Health.UP,
            Health.UP,
            "v1",
            new Observation.Database(
                Site.PRIMARY,
                Activity.IDLE,
                Instant.parse("2026-01-01T00:00:07Z"),
                true,
                null,
                seen.database().versions()),
            new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false),
            LEASE),
        seen);
  }

  @Test
  void a_lost_primary_region_is_down_and_unknown_where_nobody_can_look() throws Exception {
    targets(1);
    zone.text(EXTERNAL, "down");
    primaryStatus = 503;
    AwsProbes sensors = sensors(Duration.ofSeconds(20));
    sensors.look("v1", LEASE);
    regions.lose(TwoRegions.PRIMARY);
    try {
      Observation seen = sensors.look("v1", LEASE);

      assertEquals(Health.DOWN, seen.external());
      assertEquals(Health.DOWN, seen.peer());
      assertEquals(Health.DOWN, seen.readiness());
      assertEquals(Presence.UNKNOWN, seen.traffic().primaryLatch());
      assertEquals(Presence.ABSENT, seen.traffic().drLatch());
      assertEquals(Site.PRIMARY, seen.database().writer());
      assertNull(seen.database().heartbeatAt());
      assertTrue(seen.database().versions().seen(), "the primary Region's is kept");
    } finally {
      regions.repair(TwoRegions.PRIMARY);
    }
  }

  @Test
  void a_move_under_way_is_busy_and_its_end_is_seen() throws Exception {
    hands()
        .promoteDr(
            new Incident(
                "i",
                "v1",
                Promotion.FAILOVER,
                Authority.HUMAN,
                Instant.EPOCH,
                Suspicion.since(Instant.EPOCH),
                1,
                Asking.NONE),
            () -> {});
    hands().latch();
    zone.alias(SERVICE, "dr.elb.example.com");
    drStatus = 200;
    status("us-east-2", "us-east-1", 7, 1500);

    AwsProbes sensors = sensors(PATIENT);
    assertEquals(Activity.BUSY, sensors.look("v1", LEASE).database().activity());
    awaitBegun(sensors);

    Observation seen = awaitIdle(sensors);
    assertEquals(Site.DR, seen.database().writer());
    assertFalse(seen.database().otherIsReplica(), "the former primary is filled anew first");
    assertEquals(Duration.ofMillis(1500), seen.database().replicaLag());
    assertEquals(
        new Observation.Traffic(Presence.PRESENT, Presence.PRESENT, Site.DR, true), seen.traffic());
    hands().unlatch();
    SERVERS.v1().execute("DROP FUNCTION aurora_global_db_status");
  }

  /** No look even begins: the one thread that all of them need is busy. */
  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the thread that is kept busy
  void blindness_is_never_down() {
    CountDownLatch over = new CountDownLatch(1);
    ExecutorService busy = Executors.newSingleThreadExecutor();
    busy.submit(() -> over.await(1, TimeUnit.MINUTES));
    AwsProbes blind = sensors(busy, Duration.ofMillis(200));

    Observation seen = blind.look("v1", LEASE);

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
  }

  @Test
  void dr_region_that_answers_is_ready_though_its_control_plane_is_silent() {
    drStatus = 204;
    Observation seen =
        sensors("arn:aws:elasticloadbalancing:us-east-2:1:targetgroup/none/1").look("v1", LEASE);
    assertEquals(Health.UP, seen.readiness());

    drStatus = 403;
    Observation unclear =
        sensors("arn:aws:elasticloadbalancing:us-east-2:1:targetgroup/none/1").look("v1", LEASE);
    assertEquals(Health.UNKNOWN, unclear.readiness());
    drStatus = 204;
  }

  @Test
  void verdict_of_the_checkers_is_kept_for_the_alarm() throws IOException {
    AwsProbes sensors = sensors(PATIENT);
    assertEquals(Optional.empty(), sensors.takeExternalDown());
    sensors.look("v1", LEASE);
    assertEquals(Optional.of(false), sensors.takeExternalDown());
    zone.text(EXTERNAL, "down");
    sensors.look("v1", LEASE);
    assertEquals(Optional.of(true), sensors.takeExternalDown());
  }

  /** As when the primary Region's function has stalled for long. */
  @Test
  void growing_log_of_the_replica_proves_what_no_heartbeat_says() throws SQLException {
    AwsProbes sensors = sensors(PATIENT);
    status("us-east-1", "us-east-2", 7, 300);
    assertNull(sensors.look("v1", LEASE).database().replicatedUntil());
    status("us-east-1", "us-east-2", 8, 300);
    Instant before = Instant.now();

    Instant proved = sensors.look("v1", LEASE).database().replicatedUntil();

    assertTrue(proved.isAfter(before.minusMillis(400)), before + ", proved " + proved);
    assertTrue(proved.isBefore(Instant.now().minusMillis(299)), "proved " + proved);
    assertNull(sensors.look("v1", LEASE).database().replicatedUntil(), "it grows no more");
    status("us-east-2", "us-east-1", 9, 300);
    assertNull(sensors.look("v1", LEASE).database().replicatedUntil(), "the other follows");
    SERVERS.v1().execute("DROP FUNCTION aurora_global_db_status");
  }

  @Test
  void a_generation_that_is_not_deployed_is_not_seen() {
    Observation seen = sensors(PATIENT).look("v2", LEASE);

    assertEquals(Site.UNKNOWN, seen.database().writer());
    assertNull(seen.database().heartbeatAt());
    assertEquals(Health.UP, seen.external());
  }

  private AwsProbes sensors(Duration limit) {
    return sensors(threads, limit);
  }

  private AwsProbes sensors(String targets) {
    return sensors(threads, PATIENT, targets);
  }

  private AwsProbes sensors(ExecutorService looking, Duration limit) {
    return sensors(looking, limit, targetGroup);
  }

  private AwsProbes sensors(ExecutorService looking, Duration limit, String targets) {
    return new AwsProbes(
        new AwsProbes.Eyes(
            new ZoneRecords(
                new NameServers(List.of("127.0.0.1:" + zone.port())),
                EXTERNAL,
                SERVICE,
                "primary.elb.example.com",
                "dr.elb.example.com"),
            probe(() -> primaryStatus),
            probe(() -> drStatus),
            new Readiness(
                regions.client(ElasticLoadBalancingV2Client.builder(), TwoRegions.DR), targets, 2),
            clusters(),
            version(TwoRegions.PRIMARY, Site.PRIMARY),
            version(TwoRegions.DR, Site.DR),
            replica(),
            primaryLatch,
            drLatch),
        looking,
        limit,
        new JsonLog(System.out, InstantSource.system()));
  }

  private EngineVersion version(String region, Site site) {
    return new EngineVersion(
        regions.client(RdsClient.builder(), region), clusters(), site, InstantSource.system());
  }

  private GlobalClusters clusters() {
    return new GlobalClusters(
        regions.client(RdsClient.builder(), TwoRegions.DR),
        Map.of("v1", global),
        TwoRegions.PRIMARY,
        TwoRegions.DR);
  }

  private static Replica replica() {
    return new Replica(
        new DatabaseSignIn(
            HeartbeatLogin.USER,
            address -> HeartbeatLogin.PASSWORD,
            DatabaseRoots.of(TwoRegions.DR).and(SERVERS.v1().rootCertificate())),
        TwoRegions.DR,
        Map.of(
            "v1", new DatabaseAddress("localhost", SERVERS.v1().port(), PostgresServer.DATABASE)),
        InstantSource.system());
  }

  private AwsActuators hands() {
    return new AwsActuators(
        new Capacity(regions.client(AutoScalingClient.builder(), TwoRegions.DR), "none", 1),
        new Promotions(
            clusters(),
            regions.client(RdsClient.builder(), TwoRegions.PRIMARY),
            regions.client(RdsClient.builder(), TwoRegions.DR)),
        primaryLatch,
        drLatch,
        new JsonLog(System.out, InstantSource.system()));
  }

  private Probe probe(IntSupplier status) {
    try {
      HttpServer balancer =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      balancer.createContext(
          "/healthz/payments",
          exchange -> {
            exchange.sendResponseHeaders(status.getAsInt(), -1);
            exchange.close();
          });
      balancer.setExecutor(threads);
      balancer.start();
      balancers.add(balancer);
      return new Probe(
          URI.create("http://127.0.0.1:" + balancer.getAddress().getPort() + "/healthz/payments")
              .toURL(),
          (SSLSocketFactory) SSLSocketFactory.getDefault(),
          threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String targetGroup(String name) {
    String network =
        regions.cli(TwoRegions.DR, "ec2 describe-vpcs --query 'Vpcs[0].VpcId' --output text");
    return regions
        .client(ElasticLoadBalancingV2Client.builder(), TwoRegions.DR)
        .createTargetGroup(
            request ->
                request
                    .name(name)
                    .protocol("HTTP")
                    .port(80)
                    .vpcId(network)
                    .targetType(TargetTypeEnum.IP))
        .targetGroups()
        .get(0)
        .targetGroupArn();
  }

  private void targets(int count) {
    for (int i = 1; i <= count; i++) {
      TargetDescription target = TargetDescription.builder().id("10.0.0." + i).port(80).build();
      regions
          .client(ElasticLoadBalancingV2Client.builder(), TwoRegions.DR)
          .registerTargets(request -> request.targetGroupArn(targetGroup).targets(target));
    }
  }

  private static void beat(String region, String at) throws SQLException {
    SERVERS
        .v1()
        .execute("INSERT INTO payments_dr.heartbeat VALUES ('" + region + "', '" + at + "')");
  }

  /** As Aurora tells it: the writer's own row says -1. */
  private static void status(String writer, String follower, long position, int lag)
      throws SQLException {
    SERVERS
        .v1()
        .execute(
            """
            CREATE OR REPLACE FUNCTION aurora_global_db_status(OUT aws_region text,
              OUT highest_lsn_written bigint, OUT durability_lag_in_msec bigint,
              OUT rpo_lag_in_msec bigint, OUT last_lag_calculation_time timestamptz)
            RETURNS SETOF record LANGUAGE sql AS $$
              VALUES ('%s', 9, -1, -1, 'epoch'), ('%s', %d, %d, %d, clock_timestamp()) $$"""
                .formatted(writer, follower, position, lag, lag));
  }

  private static void awaitBegun(AwsProbes sensors) {
    Instant limit = Instant.now().plus(Duration.ofSeconds(30));
    while (sensors.look("v1", LEASE).database().movingTo() != Site.DR) {
      assertTrue(Instant.now().isBefore(limit), "the failover must be seen to begin");
    }
  }

  private static Observation awaitIdle(AwsProbes sensors) {
    Instant limit = Instant.now().plus(Duration.ofSeconds(30));
    while (true) {
      Observation seen = sensors.look("v1", LEASE);
      if (seen.database().activity() == Activity.IDLE) {
        return seen;
      }
      assertTrue(Instant.now().isBefore(limit), "the move must end, got " + seen);
    }
  }
}
