package payments.dr.modules.monitoring;

import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.naming.ResourceNames;

/**
 * What the alarms on the failover controller of one Region need.
 *
 * @param topicArn the Region's own alert topic
 * @param armed whether it must look at all times; its twin has nothing to decide on until humans
 *     order something
 */
public record ControllerAlarmsProps(
    ResourceNames names,
    MonitoringSettings settings,
    MonitoredController controller,
    String topicArn,
    boolean armed) {}
