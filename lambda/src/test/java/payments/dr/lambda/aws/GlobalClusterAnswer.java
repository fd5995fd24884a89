package payments.dr.lambda.aws;

import java.util.List;
import java.util.stream.Collectors;

/**
 * RDS's answer to DescribeGlobalClusters about one cluster: at rest in us-east-1 and us-east-2,
 * with its writer in the former, unless it is told otherwise.
 */
public final class GlobalClusterAnswer {

  private List<String> regions = List.of("us-east-1", "us-east-2");
  private List<String> writers = List.of("us-east-1");
  private String synchronization = "connected";
  private String status = "available";
  private String move = "";

  public GlobalClusterAnswer regions(String... names) {
    regions = List.of(names);
    return this;
  }

  public GlobalClusterAnswer writerIn(String... names) {
    writers = List.of(names);
    return this;
  }

  /** Of each member that does not write. */
  GlobalClusterAnswer synchronization(String value) {
    synchronization = value;
    return this;
  }

  /** Empty: the answer has none. */
  GlobalClusterAnswer status(String value) {
    status = value;
    return this;
  }

  GlobalClusterAnswer moving(String state) {
    move = "<FailoverState><Status>" + state + "</Status></FailoverState>";
    return this;
  }

  GlobalClusterAnswer moving(String state, String region) {
    move =
        "<FailoverState><Status>%s</Status><ToDbClusterArn>arn:aws:rds:%s:123456789012:cluster:db</ToDbClusterArn></FailoverState>"
            .formatted(state, region);
    return this;
  }

  public String xml() {
    return """
        <DescribeGlobalClustersResponse>
          <DescribeGlobalClustersResult>
            <GlobalClusters>
              <GlobalClusterMember>
                <GlobalClusterIdentifier>global-db</GlobalClusterIdentifier>
                %s%s
                <GlobalClusterMembers>%s</GlobalClusterMembers>
              </GlobalClusterMember>
            </GlobalClusters>
          </DescribeGlobalClustersResult>
        </DescribeGlobalClustersResponse>
        """
        .formatted(
            element("Status", status),
            move,
            regions.stream().map(this::member).collect(Collectors.joining()));
  }

  private String member(String region) {
    boolean writes = writers.contains(region);
    return "<GlobalClusterMember>"
        + element("DBClusterArn", "arn:aws:rds:" + region + ":123456789012:cluster:db")
        + element("IsWriter", Boolean.toString(writes))
        + (writes ? "" : element("SynchronizationStatus", synchronization))
        + "</GlobalClusterMember>";
  }

  private static String element(String name, String value) {
    return value.isEmpty() ? "" : "<%s>%s</%s>".formatted(name, value, name);
  }
}
