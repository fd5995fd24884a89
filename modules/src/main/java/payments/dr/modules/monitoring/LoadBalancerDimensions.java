package payments.dr.modules.monitoring;

import java.util.Map;

/**
 * The names under which a load balancer and its target group report.
 *
 * @param arnSuffix such as {@code app/primary-alb-dev/50dc6c495c0c9188}
 * @param targetGroupArnSuffix such as {@code targetgroup/primary-tg-dev/73e2d6bc24d8a067}
 */
public record LoadBalancerDimensions(String arnSuffix, String targetGroupArnSuffix) {

  private static final String NAMESPACE = "AWS/ApplicationELB";

  Metric unhealthyHosts() {
    return ofTargets(Metric.maximum(NAMESPACE, "UnHealthyHostCount"));
  }

  Metric healthyHosts() {
    return ofTargets(new Metric(NAMESPACE, "HealthyHostCount", "Minimum", Map.of()));
  }

  Metric responseTime() {
    return ofTargets(new Metric(NAMESPACE, "TargetResponseTime", "p99", Map.of()));
  }

  Metric requests() {
    return ofAll(Metric.sum(NAMESPACE, "RequestCount"));
  }

  /** Errors that the fleet answered. */
  Metric targetErrors() {
    return ofAll(Metric.sum(NAMESPACE, "HTTPCode_Target_5XX_Count"));
  }

  /** Errors that the load balancer answered itself, such as 503 without a healthy host. */
  Metric ownErrors() {
    return ofAll(Metric.sum(NAMESPACE, "HTTPCode_ELB_5XX_Count"));
  }

  private Metric ofAll(Metric metric) {
    return metric.of("LoadBalancer", arnSuffix);
  }

  private Metric ofTargets(Metric metric) {
    return ofAll(metric).of("TargetGroup", targetGroupArnSuffix);
  }
}
