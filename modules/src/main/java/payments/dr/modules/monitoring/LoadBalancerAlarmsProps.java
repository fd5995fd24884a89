package payments.dr.modules.monitoring;

import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.naming.ResourceNames;

/**
 * What the alarms on one Region's load balancer need.
 *
 * @param topicArn the Region's own alert topic
 */
public record LoadBalancerAlarmsProps(
    ResourceNames names,
    MonitoringSettings settings,
    LoadBalancerDimensions loadBalancer,
    String topicArn) {}
