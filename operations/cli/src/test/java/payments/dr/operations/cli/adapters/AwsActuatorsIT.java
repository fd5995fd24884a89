package payments.dr.operations.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.lambda.aws.AwsActuators;
import payments.dr.lambda.aws.Capacity;
import payments.dr.lambda.aws.GlobalClusters;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.lambda.aws.LatchObject;
import payments.dr.lambda.aws.Promotions;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Suspicion;
import payments.dr.lambda.port.Actuators;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.RefusedException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.GlobalCluster;
import software.amazon.awssdk.services.s3.S3Client;

/** What the controller does to the world, on a local AWS. */
class AwsActuatorsIT {

  private static final String GROUP = "dr-asg-it";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path home;

  private static TwoRegions regions;
  private static LatchObject primaryLatch;
  private static LatchObject drLatch;
  private static AutoScalingClient fleet;
  private static int clusters;

  private String global;

  @BeforeAll
  static void start() {
    regions = TwoRegions.start(home);
    primaryLatch = regions.latch(TwoRegions.PRIMARY, "primary-latch-it");
    drLatch = regions.latch(TwoRegions.DR, "dr-latch-it");
    fleet = regions.client(AutoScalingClient.builder(), TwoRegions.DR);
    fleet.createLaunchConfiguration(
        request ->
            request.launchConfigurationName("it").imageId("ami-12345678").instanceType("t3.micro"));
    fleet.createAutoScalingGroup(
        request ->
            request
                .autoScalingGroupName(GROUP)
                .launchConfigurationName("it")
                .availabilityZones("us-east-2a")
                .minSize(0)
                .maxSize(5)
                .desiredCapacity(1));
  }

  @AfterAll
  static void stop() {
    regions.close();
  }

  @BeforeEach
  void globalCluster() {
    global = "global-db-it-" + clusters++;
    regions.globalCluster(global);
  }

  @Test
  void a_failover_moves_the_writer_and_may_lose_data() {
    hands(3).promoteDr(incident(Promotion.FAILOVER), () -> {});

    assertTrue(cluster().failoverState().isDataLossAllowed());
    awaitWriterIn(TwoRegions.DR);
  }

  @Test
  void a_failover_needs_nothing_of_the_primary_region() {
    regions.lose(TwoRegions.PRIMARY);
    try {
      hands(3).promoteDr(incident(Promotion.FAILOVER), () -> {});
    } finally {
      regions.repair(TwoRegions.PRIMARY);
    }

    awaitWriterIn(TwoRegions.DR);
  }

  @Test
  void a_planned_move_goes_there_and_back_without_loss() {
    hands(3).promoteDr(incident(Promotion.SWITCHOVER), () -> {});

    assertEquals(false, cluster().failoverState().isDataLossAllowed());
    awaitWriterIn(TwoRegions.DR);

    hands(3).promotePrimary(incident(Promotion.FAILOVER), () -> {});

    assertEquals(false, cluster().failoverState().isDataLossAllowed());
    awaitWriterIn(TwoRegions.PRIMARY);
  }

  @Test
  void the_writer_is_taken_home_without_the_dr_region() {
    hands(3).promoteDr(incident(Promotion.SWITCHOVER), () -> {});
    awaitWriterIn(TwoRegions.DR);
    regions.lose(TwoRegions.DR);
    try {
      hands(new Capacity(fleet, GROUP, 3), TwoRegions.PRIMARY, drLatch)
          .forcePrimary(incident(Promotion.FAILOVER), () -> {});
    } finally {
      regions.repair(TwoRegions.DR);
    }

    awaitWriterIn(TwoRegions.PRIMARY);
  }

  @Test
  void a_second_move_is_refused_while_the_first_is_under_way() {
    hands(3).promoteDr(incident(Promotion.FAILOVER), () -> {});

    String refused =
        assertThrows(
                RefusedException.class,
                () -> hands(3).promoteDr(incident(Promotion.FAILOVER), () -> {}))
            .getMessage();

    assertTrue(
        refused.startsWith(
            "RDS refused the failover: Global cluster " + cluster().globalClusterIdentifier()),
        refused);
  }

  @Test
  void a_generation_without_a_cluster_is_no_reason_to_guess() {
    Incident unknown =
        new Incident(
            "i",
            "v2",
            Promotion.FAILOVER,
            Authority.MACHINE,
            Instant.EPOCH,
            Suspicion.since(Instant.EPOCH),
            0,
            Asking.NONE);

    assertThrows(RuntimeException.class, () -> hands(3).promoteDr(unknown, () -> {}));
  }

  @Test
  void latch_is_put_in_both_regions_and_again() {
    hands(3).latch();
    hands(3).latch();

    assertTrue(isLatched(TwoRegions.PRIMARY, "primary-latch-it"));
    assertTrue(isLatched(TwoRegions.DR, "dr-latch-it"));

    hands(3).unlatch();
    hands(3).unlatch();

    assertEquals(false, isLatched(TwoRegions.PRIMARY, "primary-latch-it"));
    assertEquals(false, isLatched(TwoRegions.DR, "dr-latch-it"));
  }

  @Test
  void a_dark_primary_region_keeps_no_latch_from_being_put_but_from_being_cleared() {
    regions.lose(TwoRegions.PRIMARY);
    try {
      hands(3).latch();
      assertTrue(isLatched(TwoRegions.DR, "dr-latch-it"));

      assertThrows(PortException.class, () -> hands(3).unlatch());
    } finally {
      regions.repair(TwoRegions.PRIMARY);
    }
    assertEquals(false, isLatched(TwoRegions.DR, "dr-latch-it"));
  }

  @Test
  void latch_is_put_in_the_primary_region_though_the_dr_regions_bucket_refuses_it() {
    Actuators hands =
        hands(
            new Capacity(fleet, GROUP, 3),
            TwoRegions.DR,
            new LatchObject(drLatch.looking(), drLatch.acting(), "no-such-bucket"));
    try {
      assertThrows(PortException.class, hands::latch);

      assertTrue(isLatched(TwoRegions.PRIMARY, "primary-latch-it"));
    } finally {
      hands(3).unlatch();
    }
  }

  @Test
  void capacity_is_raised_and_never_lowered() {
    hands(3).raiseCapacity();
    assertEquals(3, desired());

    hands(2).raiseCapacity();
    assertEquals(3, desired());
  }

  @Test
  void capacity_that_cannot_be_raised_keeps_nothing_from_happening() {
    Actuators hands = hands(new Capacity(fleet, "no-such-group", 3));

    assertDoesNotThrow(hands::raiseCapacity);
  }

  private Actuators hands(int capacity) {
    return hands(new Capacity(fleet, GROUP, capacity));
  }

  private Actuators hands(Capacity capacity) {
    return hands(capacity, TwoRegions.DR, drLatch);
  }

  private Actuators hands(Capacity capacity, String standsIn, LatchObject drCopy) {
    RdsClient own = regions.client(RdsClient.builder(), standsIn);
    return new AwsActuators(
        capacity,
        new Promotions(
            new GlobalClusters(own, Map.of("v1", global), TwoRegions.PRIMARY, TwoRegions.DR),
            regions.client(RdsClient.builder(), TwoRegions.PRIMARY),
            regions.client(RdsClient.builder(), TwoRegions.DR)),
        primaryLatch,
        drCopy,
        new JsonLog(System.out, InstantSource.system()));
  }

  private static Incident incident(Promotion promotion) {
    return new Incident(
        "i",
        "v1",
        promotion,
        Authority.HUMAN,
        Instant.EPOCH,
        Suspicion.since(Instant.EPOCH),
        1,
        Asking.NONE);
  }

  private GlobalCluster cluster() {
    return regions
        .client(RdsClient.builder(), TwoRegions.DR)
        .describeGlobalClusters(request -> request.globalClusterIdentifier(global))
        .globalClusters()
        .get(0);
  }

  private void awaitWriterIn(String region) {
    Instant limit = Instant.now().plus(LIMIT);
    while (!writerIn(region)) {
      assertTrue(Instant.now().isBefore(limit), "writer must come to " + region + ": " + cluster());
      sleep();
    }
  }

  private boolean writerIn(String region) {
    GlobalCluster cluster = cluster();
    return cluster.failoverState() == null
        && cluster.globalClusterMembers().stream()
            .anyMatch(member -> member.isWriter() && member.dbClusterArn().contains(region));
  }

  private static boolean isLatched(String region, String bucket) {
    return regions
        .client(S3Client.builder(), region)
        .listObjectsV2(request -> request.bucket(bucket))
        .contents()
        .stream()
        .anyMatch(object -> object.key().equals("latch/dr-active"));
  }

  private static int desired() {
    return fleet
        .describeAutoScalingGroups(request -> request.autoScalingGroupNames(GROUP))
        .autoScalingGroups()
        .get(0)
        .desiredCapacity();
  }

  private static void sleep() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the writer moved", e);
    }
  }
}
