package payments.dr.modules.monitoring;

import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;

/**
 * What the alarms on one database generation need.
 *
 * @param topicArns each Region's own alert topic
 */
public record DatabaseAlarmsProps(
    ResourceNames names,
    MonitoringSettings settings,
    RegionPair<Region> regions,
    MonitoredDatabase database,
    RegionPair<String> topicArns) {}
