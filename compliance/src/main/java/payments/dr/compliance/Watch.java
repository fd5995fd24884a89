package payments.dr.compliance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An alarm that a resource must have.
 *
 * @param type of the resource
 * @param name the attribute by which alarms name it where they do not refer to it
 * @param metric that the alarm is on, alone or in an expression
 * @param above whether it rings above its threshold, not below
 * @param least threshold that can be reached in time
 * @param most threshold that can be reached in time
 */
record Watch(String type, String name, String metric, boolean above, double least, double most) {

  private static final double HALF_AN_HOUR_MILLIS = 1_800_000;

  private static final List<Watch> ALL =
      List.of(
          above("aws_rds_cluster", "cluster_identifier", "CPUUtilization", 100),
          above("aws_rds_cluster", "cluster_identifier", "DatabaseConnections", 16_000),
          above("aws_rds_cluster", "cluster_identifier", "TransactionLogsDiskUsage", 2e13),
          above(
              "aws_rds_cluster", "cluster_identifier", "AuroraGlobalDBRPOLag", HALF_AN_HOUR_MILLIS),
          above("aws_lb", "name", "HTTPCode_ELB_5XX_Count", 100),
          above("aws_lb", "name", "UnHealthyHostCount", 100),
          above("aws_lambda_function", "function_name", "Errors", 0),
          below("aws_lambda_function", "function_name", "Invocations", 1),
          above("aws_backup_vault", "name", "NumberOfBackupJobsFailed", 0),
          below("aws_backup_vault", "name", "NumberOfBackupJobsCompleted", 1),
          above("aws_wafv2_web_acl", "name", "BlockedRequests", 1_000_000),
          above("aws_cloudwatch_metric_stream", "name", "PublishErrorRate", 0),
          above("aws_kinesis_firehose_delivery_stream", "name", "DeliveryToS3.DataFreshness", 3600),
          below("aws_acm_certificate_validation", "certificate_arn", "DaysToExpiry", 14));

  static List<String> types() {
    return ALL.stream().map(Watch::type).distinct().toList();
  }

  /** In words, such as {@code aws_lb UnHealthyHostCount}. */
  static String metrics() {
    return ALL.stream()
        .collect(
            Collectors.groupingBy(
                Watch::type,
                LinkedHashMap::new,
                Collectors.mapping(Watch::metric, Collectors.joining(" "))))
        .entrySet()
        .stream()
        .map(it -> it.getKey() + " " + it.getValue())
        .collect(Collectors.joining(", "));
  }

  /** The first alarm that a resource lacks. */
  static Optional<String> missing(Resource resource, Resources stack) {
    return ALL.stream()
        .filter(watch -> watch.type.equals(resource.type()))
        .filter(watch -> watch.alarms(resource, stack).noneMatch(it -> watch.rings(it, stack)))
        .map(watch -> "no alarm on " + watch.metric)
        .findFirst();
  }

  private Stream<Resource> alarms(Resource resource, Resources stack) {
    String quoted = "\"" + resource.text(name) + "\"";
    return stack
        .ofType(AlarmRules.ALARM)
        .filter(alarm -> alarm.text("provider").equals(resource.text("provider")))
        .filter(alarm -> isOn(alarm, stack, resource, quoted));
  }

  private boolean isOn(Resource alarm, Resources stack, Resource resource, String quoted) {
    return alarm.text("metric_name").equals(metric)
            && of("dimensions", alarm, stack, resource, quoted)
        || alarm.has("metric_query")
            && alarm.text("metric_query").contains("\"metric_name\":\"" + metric + "\"")
            && of("metric_query", alarm, stack, resource, quoted);
  }

  private static boolean of(
      String path, Resource alarm, Resources stack, Resource resource, String quoted) {
    return stack.named(alarm.at(path)).contains(resource) || alarm.text(path).contains(quoted);
  }

  private boolean rings(Resource alarm, Resources stack) {
    double threshold = alarm.at("threshold").asDouble(Double.NaN);
    String comparison = alarm.text("comparison_operator");
    return comparison.startsWith(above ? "GreaterThan" : "LessThan")
        && threshold >= least
        && threshold <= most
        && AlarmRules.silence(alarm, stack).isEmpty();
  }

  private static Watch above(String type, String name, String metric, double most) {
    return new Watch(type, name, metric, true, 0, most);
  }

  private static Watch below(String type, String name, String metric, double least) {
    return new Watch(type, name, metric, false, least, Double.MAX_VALUE);
  }
}
