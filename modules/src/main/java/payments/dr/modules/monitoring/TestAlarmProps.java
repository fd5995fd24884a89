package payments.dr.modules.monitoring;

import payments.dr.configuration.naming.ResourceNames;

/**
 * What the alarm needs that tries one Region's way to people.
 *
 * @param metricsNamespace CloudWatch's, of which it watches a metric that nobody publishes
 * @param topicArn the Region's own alert topic
 */
public record TestAlarmProps(ResourceNames names, String metricsNamespace, String topicArn) {}
