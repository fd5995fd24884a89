package payments.dr.modules.monitoring;

import payments.dr.configuration.naming.ResourceNames;

/**
 * What the alarms on one Region's lease need.
 *
 * @param controller whose heartbeats tell whether this Region writes
 * @param topicArn the Region's own alert topic
 */
public record LeaseAlarmsProps(
    ResourceNames names, MonitoredController controller, String topicArn) {}
