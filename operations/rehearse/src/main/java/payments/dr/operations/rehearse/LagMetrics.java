package payments.dr.operations.rehearse;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * By which dimensions CloudWatch has the lag of a global database: an alarm that names others never
 * hears anything.
 *
 * @param clients one for each Region
 * @param clusters names of the environment's, of which the answer is
 */
record LagMetrics(List<CloudWatchClient> clients, List<String> clusters) implements Question {

  private static final String NAMESPACE = "AWS/RDS";
  private static final String PREFIX = "AuroraGlobalDB";

  @Override
  public String asks() {
    return "Which metrics of a global database are there, by which dimensions?";
  }

  @Override
  public String tried() {
    return "ListMetrics of AWS/RDS in both Regions, those that begin with AuroraGlobalDB";
  }

  @Override
  public String answer() {
    Set<String> found = new TreeSet<>();
    for (CloudWatchClient cloudWatch : clients) {
      cloudWatch.listMetricsPaginator(request -> request.namespace(NAMESPACE)).metrics().stream()
          .filter(metric -> metric.metricName().startsWith(PREFIX))
          .filter(this::isOurs)
          .map(LagMetrics::told)
          .forEach(found::add);
    }
    return found.isEmpty() ? "none" : String.join("; ", found);
  }

  /**
   * Another environment of the account may have some, too; one by Region alone may be of either.
   */
  private boolean isOurs(Metric metric) {
    return metric.dimensions().stream()
        .filter(dimension -> dimension.name().equals("DBClusterIdentifier"))
        .allMatch(dimension -> clusters.contains(dimension.value()));
  }

  private static String told(Metric metric) {
    return metric.dimensions().stream()
        .map(Dimension::name)
        .sorted()
        .collect(Collectors.joining(", ", metric.metricName() + " {", "}"));
  }
}
