package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Site;
import payments.dr.ledger.TestClock;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersResponse;
import software.amazon.awssdk.services.rds.model.GlobalCluster;
import software.amazon.awssdk.services.rds.model.GlobalClusterMember;

class EngineVersionTest {

  private final TestClock clock = new TestClock();
  private final Rds rds = new Rds();
  private final EngineVersion version =
      new EngineVersion(
          rds,
          new GlobalClusters(rds, Map.of("v2", "global-db-v2"), "us-east-1", "us-east-2"),
          Site.PRIMARY,
          clock);

  @Test
  void cluster_of_that_region_is_asked_for_once_a_minute() {
    assertEquals("17.7", version.look("v2"));
    clock.advance(EngineVersion.PACE.minusSeconds(1));
    rds.version = "17.8";
    assertEquals("17.7", version.look("v2"));
    clock.advance(Duration.ofSeconds(1));

    assertEquals("17.8", version.look("v2"));
    assertEquals(List.of("primary-db", "primary-db"), rds.asked);
  }

  @Test
  void what_was_seen_last_is_kept_while_the_region_is_dark() {
    assertEquals("", version.last("v2"));
    version.look("v2");
    clock.advance(EngineVersion.PACE);
    rds.dark = true;

    assertThrows(SdkClientException.class, () -> version.look("v2"));
    assertEquals("17.7", version.last("v2"));
    assertEquals("", version.last("v1"));
    clock.advance(EngineVersion.OLDEST.minus(EngineVersion.PACE).minusSeconds(1));
    assertEquals("17.7", version.last("v2"));
    clock.advance(Duration.ofSeconds(1));
    assertEquals("", version.last("v2"));
  }

  private static final class Rds implements RdsClient {

    private final List<String> asked = new ArrayList<>();
    private String version = "17.7";
    private boolean dark;

    @Override
    public DescribeGlobalClustersResponse describeGlobalClusters(
        DescribeGlobalClustersRequest request) {
      return DescribeGlobalClustersResponse.builder()
          .globalClusters(
              GlobalCluster.builder()
                  .globalClusterMembers(
                      member("us-east-2", "dr-db"), member("us-east-1", "primary-db"))
                  .build())
          .build();
    }

    private static GlobalClusterMember member(String region, String cluster) {
      return GlobalClusterMember.builder()
          .dbClusterArn("arn:aws:rds:%s:123456789012:cluster:%s".formatted(region, cluster))
          .build();
    }

    @Override
    public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
      if (dark) {
        throw SdkClientException.create("no answer");
      }
      asked.add(request.dbClusterIdentifier());
      return DescribeDbClustersResponse.builder()
          .dbClusters(DBCluster.builder().engineVersion(version).build())
          .build();
    }

    @Override
    public String serviceName() {
      return "rds";
    }

    @Override
    public void close() {}
  }
}
