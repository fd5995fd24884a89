package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.DroppedException;
import payments.dr.lambda.port.Guard;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.RefusedException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Which calls each act makes, in which Region, and what it makes of AWS's answers. */
class AwsActuatorsTest {

  private static final String PRIMARY = "us-east-1";
  private static final String DR = "us-east-2";
  private static final String PRIMARY_LATCH = "/primary-latch/latch/dr-active";
  private static final String DR_LATCH = "/dr-latch/latch/dr-active";
  private static final String PRIMARY_HOLD = "/primary-latch/latch/dr-held";
  private static final String DR_HOLD = "/dr-latch/latch/dr-held";
  private static final Guard WANTED = () -> {};

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private StandInAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = StandInAws.start();
    aws.answers("DescribeGlobalClusters", new GlobalClusterAnswer().xml())
        .answers("FailoverGlobalCluster", "<FailoverGlobalClusterResponse/>")
        .answers("SwitchoverGlobalCluster", "<SwitchoverGlobalClusterResponse/>")
        .answers("SetDesiredCapacity", "<SetDesiredCapacityResponse/>");
    for (String copy : List.of(PRIMARY_LATCH, DR_LATCH, PRIMARY_HOLD, DR_HOLD)) {
      aws.answers("PUT " + copy, 200).answers("DELETE " + copy, 204);
    }
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void failover_is_asked_for_in_the_region_that_is_to_write() {
    hands().promoteDr(incident(Promotion.FAILOVER), WANTED);
    hands().forcePrimary(incident(Promotion.FAILOVER), WANTED);

    List<StandInAws.Call> calls = aws.calls("FailoverGlobalCluster");
    assertEquals(List.of(DR, PRIMARY), calls.stream().map(StandInAws.Call::region).toList());
    for (StandInAws.Call call : calls) {
      assertEquals("global-db", call.parameters().get("GlobalClusterIdentifier"));
      assertEquals(
          "arn:aws:rds:%s:123456789012:cluster:db".formatted(call.region()),
          call.parameters().get("TargetDbClusterIdentifier"));
      assertEquals("true", call.parameters().get("AllowDataLoss"));
    }
  }

  @Test
  void planned_move_is_asked_for_in_the_region_that_writes() {
    hands().promoteDr(incident(Promotion.SWITCHOVER), WANTED);
    hands().promotePrimary(incident(Promotion.FAILOVER), WANTED);

    List<StandInAws.Call> calls = aws.calls("SwitchoverGlobalCluster");
    assertEquals(List.of(PRIMARY, DR), calls.stream().map(StandInAws.Call::region).toList());
    assertEquals(
        List.of(
            "arn:aws:rds:us-east-2:123456789012:cluster:db",
            "arn:aws:rds:us-east-1:123456789012:cluster:db"),
        calls.stream().map(call -> call.parameters().get("TargetDbClusterIdentifier")).toList());
    assertEquals("global-db", calls.get(0).parameters().get("GlobalClusterIdentifier"));
    assertEquals(List.of(), aws.calls("FailoverGlobalCluster"));
  }

  @ParameterizedTest
  @CsvSource({"FAILOVER,FailoverGlobalCluster", "SWITCHOVER,SwitchoverGlobalCluster"})
  void move_that_is_not_wanted_any_more_never_leaves(Promotion promotion, String operation) {
    Guard unwanted =
        () -> {
          assertEquals(1, aws.calls("DescribeGlobalClusters").size(), "asked last of all");
          throw new DroppedException("not wanted");
        };

    assertThrows(DroppedException.class, () -> hands().promoteDr(incident(promotion), unwanted));

    assertEquals(List.of(), aws.calls(operation));
  }

  @Test
  void move_that_rds_does_not_take_is_refused_in_its_words() {
    aws.refuses(
        "FailoverGlobalCluster", 400, "InvalidGlobalClusterStateFault", "A move is under way");

    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> hands().promoteDr(incident(Promotion.FAILOVER), WANTED));

    assertEquals("RDS refused the failover: A move is under way", refused.getMessage());
  }

  /** After a fault of RDS's own nobody knows whether it took the call. */
  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void fault_of_rds_is_no_refusal(int status) {
    aws.refuses("SwitchoverGlobalCluster", status, "InternalFailure", "Sorry");

    PortException unanswered =
        assertThrows(
            PortException.class, () -> hands().promoteDr(incident(Promotion.SWITCHOVER), WANTED));

    assertEquals(PortException.class, unanswered.getClass());
    assertEquals("switchover was not answered", unanswered.getMessage());
  }

  @Test
  void silence_of_rds_is_no_refusal() throws IOException {
    StandInAws silent = StandInAws.start();
    Promotions promotions = new Promotions(clusters(), rds(silent, PRIMARY), rds(silent, DR));
    silent.close();

    PortException unanswered =
        assertThrows(PortException.class, () -> promotions.failover("v1", Site.DR, WANTED));

    assertEquals(PortException.class, unanswered.getClass());
    assertEquals("failover was not answered", unanswered.getMessage());
  }

  @Test
  void move_of_a_cluster_that_nobody_sees_is_dropped() {
    aws.answers("DescribeGlobalClusters", new GlobalClusterAnswer().regions(PRIMARY).xml());
    assertDropped("global cluster of v1 could not be seen");

    aws.answers("DescribeGlobalClusters", 500);
    assertDropped("global cluster of v1 could not be seen");
  }

  private void assertDropped(String why) {
    DroppedException dropped =
        assertThrows(
            DroppedException.class, () -> hands().promoteDr(incident(Promotion.FAILOVER), WANTED));
    assertEquals(why, dropped.getMessage());
    assertEquals(List.of(), aws.calls("FailoverGlobalCluster"));
  }

  @Test
  void latch_is_put_in_both_regions_the_dr_region_first() {
    hands().latch();

    assertEquals(
        List.of(
            DR + " PUT " + DR_LATCH,
            DR + " PUT " + DR_HOLD,
            PRIMARY + " PUT " + PRIMARY_LATCH,
            PRIMARY + " PUT " + PRIMARY_HOLD),
        aws.asked());
    assertTrue(
        aws.call("PUT " + DR_LATCH).body().contains("Payments are served from the DR Region."));
  }

  @Test
  void copy_in_a_dark_primary_region_is_told_and_one_is_enough() {
    aws.lose(PRIMARY);

    assertDoesNotThrow(() -> hands().latch());

    assertTrue(said("latch in primary could not be put"), log::toString);
  }

  @Test
  void copy_that_the_dr_region_refuses_fails_the_latch_though_the_other_one_is_put() {
    aws.answers("PUT " + DR_LATCH, 403);

    PortException failed = assertThrows(PortException.class, () -> hands().latch());

    assertEquals("latch in DR could not be put", failed.getMessage());
    assertEquals(PRIMARY, aws.call("PUT " + PRIMARY_LATCH).region());
  }

  @Test
  void route_that_neither_region_holds_is_told_of_both() {
    aws.answers("PUT " + DR_LATCH, 403).answers("PUT " + PRIMARY_LATCH, 403);

    PortException failed = assertThrows(PortException.class, () -> hands().latch());

    assertEquals("latch in DR could not be put", failed.getMessage());
    assertTrue(said("latch in primary could not be put"), log::toString);
  }

  @Test
  void both_copies_are_deleted_and_each_that_is_left_is_told() {
    hands().unlatch();
    assertEquals(
        List.of(
            PRIMARY + " DELETE " + PRIMARY_LATCH,
            PRIMARY + " DELETE " + PRIMARY_HOLD,
            DR + " DELETE " + DR_LATCH,
            DR + " DELETE " + DR_HOLD),
        aws.asked());

    aws.answers("DELETE " + PRIMARY_LATCH, 403);
    assertEquals(
        "latch in primary could not be deleted",
        assertThrows(PortException.class, () -> hands().unlatch()).getMessage());
    assertEquals(2, aws.calls("DELETE " + DR_LATCH).size(), "the other one goes all the same");

    aws.answers("DELETE " + PRIMARY_LATCH, 204).answers("DELETE " + DR_LATCH, 403);
    assertEquals(
        "latch in DR could not be deleted",
        assertThrows(PortException.class, () -> hands().unlatch()).getMessage());
  }

  @Test
  void route_is_loosened_in_both_regions_and_each_hold_that_is_left_is_told() {
    hands().loosen();
    assertEquals(
        List.of(PRIMARY + " DELETE " + PRIMARY_HOLD, DR + " DELETE " + DR_HOLD), aws.asked());

    aws.answers("DELETE " + PRIMARY_HOLD, 403);
    assertEquals(
        "hold in primary could not be deleted",
        assertThrows(PortException.class, () -> hands().loosen()).getMessage());
    assertEquals(2, aws.calls("DELETE " + DR_HOLD).size(), "the other one goes all the same");

    aws.answers("DELETE " + PRIMARY_HOLD, 204).answers("DELETE " + DR_HOLD, 403);
    assertEquals(
        "hold in DR could not be deleted",
        assertThrows(PortException.class, () -> hands().loosen()).getMessage());
  }

  @Test
  void capacity_is_raised_to_what_the_region_needs_to_serve_alone() {
    group(2);

    hands().raiseCapacity();

    assertEquals(
        "dr-asg",
        aws.call("DescribeAutoScalingGroups").parameters().get("AutoScalingGroupNames.member.1"));
    Map<String, String> raised = aws.call("SetDesiredCapacity").parameters();
    assertEquals("dr-asg", raised.get("AutoScalingGroupName"));
    assertEquals("6", raised.get("DesiredCapacity"));
    assertEquals("false", raised.get("HonorCooldown"));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void capacity_that_is_enough_is_left_alone(int desired) {
    group(desired);

    hands().raiseCapacity();

    assertEquals(List.of(), aws.calls("SetDesiredCapacity"));
  }

  @Test
  void capacity_that_cannot_be_raised_is_told_and_keeps_nothing_from_happening() {
    aws.answers("DescribeAutoScalingGroups", "<DescribeAutoScalingGroupsResponse/>");
    assertDoesNotThrow(() -> hands().raiseCapacity());
    assertTrue(said("Auto Scaling group must exist: dr-asg"), log::toString);

    aws.answers("DescribeAutoScalingGroups", 403);
    assertDoesNotThrow(() -> hands().raiseCapacity());
    assertEquals(2, log.toString(StandardCharsets.UTF_8).lines().count());
  }

  private AwsActuators hands() {
    return new AwsActuators(
        new Capacity(
            aws.clients().client(AutoScalingClient.builder(), DR, StandInAws.PATIENT), "dr-asg", 6),
        new Promotions(clusters(), rds(aws, PRIMARY), rds(aws, DR)),
        latch(PRIMARY, "primary-latch"),
        latch(DR, "dr-latch"),
        new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), InstantSource.system()));
  }

  private GlobalClusters clusters() {
    return new GlobalClusters(rds(aws, DR), Map.of("v1", "global-db"), PRIMARY, DR);
  }

  private static RdsClient rds(StandInAws answering, String region) {
    return answering.clients().client(RdsClient.builder(), region, StandInAws.PATIENT);
  }

  private LatchObject latch(String region, String bucket) {
    S3Client client = aws.clients().client(S3Client.builder(), region, StandInAws.PATIENT);
    return new LatchObject(client, client, bucket);
  }

  private void group(int desired) {
    aws.answers(
        "DescribeAutoScalingGroups",
        """
        <DescribeAutoScalingGroupsResponse>
          <DescribeAutoScalingGroupsResult>
            <AutoScalingGroups>
              <member>
                <AutoScalingGroupName>dr-asg</AutoScalingGroupName>
                <DesiredCapacity>%d</DesiredCapacity>
              </member>
            </AutoScalingGroups>
          </DescribeAutoScalingGroupsResult>
        </DescribeAutoScalingGroupsResponse>
        """
            .formatted(desired));
  }

  private boolean said(String text) {
    return log.toString(StandardCharsets.UTF_8).contains(text);
  }

  private static Incident incident(Promotion promotion) {
    return Incident.open("test", "v1", Site.PRIMARY, 7, promotion, Authority.HUMAN, Instant.EPOCH);
  }
}
