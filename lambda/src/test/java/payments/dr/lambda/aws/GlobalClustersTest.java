package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Site;
import software.amazon.awssdk.services.rds.RdsClient;

/** What is made of RDS's answer about a global cluster. */
class GlobalClustersTest {

  private StandInAws aws;

  @BeforeEach
  void start() throws IOException {
    aws = StandInAws.start();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void cluster_of_the_generation_is_asked_for_in_the_own_region() {
    view(new GlobalClusterAnswer());

    StandInAws.Call call = aws.call("DescribeGlobalClusters");
    assertEquals("global-db", call.parameters().get("GlobalClusterIdentifier"));
    assertEquals("us-east-2", call.region());
  }

  @ParameterizedTest
  @CsvSource({"us-east-1,PRIMARY", "us-east-2,DR", "eu-west-1,UNKNOWN"})
  void writer_is_known_by_its_region(String region, Site writer) {
    assertEquals(writer, view(new GlobalClusterAnswer().regions(region).writerIn(region)).writer());
  }

  @Test
  void cluster_without_a_writer_or_with_two_has_none_that_is_known() {
    assertEquals(Site.UNKNOWN, view(new GlobalClusterAnswer().writerIn()).writer());
    assertEquals(
        Site.UNKNOWN, view(new GlobalClusterAnswer().writerIn("us-east-1", "us-east-2")).writer());
  }

  @Test
  void only_an_available_cluster_without_a_move_is_idle() {
    assertEquals(Activity.IDLE, view(new GlobalClusterAnswer()).activity());
    assertEquals(Activity.BUSY, view(new GlobalClusterAnswer().status("modifying")).activity());
    assertEquals(Activity.BUSY, view(new GlobalClusterAnswer().moving("failing-over")).activity());
    assertEquals(Activity.UNKNOWN, view(new GlobalClusterAnswer().status("")).activity());
  }

  @Test
  void move_leads_somewhere_once_rds_has_begun_it() {
    assertEquals(Site.UNKNOWN, view(new GlobalClusterAnswer()).movingTo());
    assertEquals(
        Site.UNKNOWN, view(new GlobalClusterAnswer().moving("pending", "us-east-2")).movingTo());
    assertEquals(
        Site.DR, view(new GlobalClusterAnswer().moving("failing-over", "us-east-2")).movingTo());
    assertEquals(
        Site.PRIMARY,
        view(new GlobalClusterAnswer().moving("switching-over", "us-east-1")).movingTo());
    assertEquals(
        Site.UNKNOWN, view(new GlobalClusterAnswer().moving("cancelling", "us-east-2")).movingTo());
  }

  @Test
  void region_that_is_filled_anew_does_not_follow_yet() {
    assertTrue(view(new GlobalClusterAnswer()).otherIsReplica());
    assertFalse(view(new GlobalClusterAnswer().synchronization("pending-resync")).otherIsReplica());
    assertFalse(view(new GlobalClusterAnswer().regions("us-east-1")).otherIsReplica());
    assertFalse(
        view(new GlobalClusterAnswer().regions("us-east-1", "eu-west-1")).otherIsReplica(),
        "a Region that is neither");
  }

  @Test
  void cluster_to_promote_is_that_of_the_region_and_none_is_guessed() {
    GlobalClusters.View view = view(new GlobalClusterAnswer());
    assertEquals("arn:aws:rds:us-east-1:123456789012:cluster:db", view.memberArn(Site.PRIMARY));
    assertEquals("arn:aws:rds:us-east-2:123456789012:cluster:db", view.memberArn(Site.DR));

    GlobalClusters.View alone = view(new GlobalClusterAnswer().regions("us-east-1"));
    assertEquals(
        "global cluster global-db must have a cluster in the DR Region, got"
            + " [arn:aws:rds:us-east-1:123456789012:cluster:db]",
        assertThrows(IllegalStateException.class, () -> alone.memberArn(Site.DR)).getMessage());
  }

  @Test
  void generation_that_is_not_deployed_is_told() {
    assertEquals(
        "generation must be deployed (v1), got \"v2\"",
        assertThrows(IllegalArgumentException.class, () -> clusters().view("v2")).getMessage());
  }

  private GlobalClusters.View view(GlobalClusterAnswer answer) {
    aws.answers("DescribeGlobalClusters", answer.xml());
    return clusters().view("v1");
  }

  private GlobalClusters clusters() {
    return new GlobalClusters(
        aws.clients().client(RdsClient.builder(), "us-east-2", StandInAws.PATIENT),
        Map.of("v1", "global-db"),
        "us-east-1",
        "us-east-2");
  }
}
