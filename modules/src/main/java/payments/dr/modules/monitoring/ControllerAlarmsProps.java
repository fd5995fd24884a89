package payments.dr.modules.monitoring;

import payments.dr.modules.naming.ResourceNames;

/**
 * What the alarms on the failover controller of one Region need.
 *
 * @param topicArn the Region's own alert topic
 */
public record ControllerAlarmsProps(
    ResourceNames names, MonitoredController controller, String topicArn) {}
