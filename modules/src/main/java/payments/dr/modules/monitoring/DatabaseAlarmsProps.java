package payments.dr.modules.monitoring;

import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;

/**
 * What the alarms on one database generation need.
 *
 * @param controllers whose heartbeats say which Region writes
 * @param topicArns each Region's own alert topic
 */
public record DatabaseAlarmsProps(
    ResourceNames names,
    MonitoringSettings settings,
    RegionPair<Region> regions,
    MonitoredDatabase database,
    RegionPair<MonitoredController> controllers,
    RegionPair<String> topicArns) {}
