package payments.dr.modules.monitoring;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;

/**
 * What the alarms on backups need.
 *
 * @param vaultNames as plain text: an alarm needs no vault of the other Region to be there
 * @param controllers tell by their heartbeats which Region writes
 * @param topicArns each Region's own alert topic
 */
public record BackupAlarmsProps(
    ResourceNames names,
    RegionPair<Region> regions,
    RegionPair<String> vaultNames,
    RegionPair<MonitoredController> controllers,
    RegionPair<String> topicArns) {}
