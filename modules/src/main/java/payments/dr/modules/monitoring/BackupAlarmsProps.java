package payments.dr.modules.monitoring;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.region.Region;

/**
 * What the alarms on backups need.
 *
 * @param topicArns each Region's own alert topic
 */
public record BackupAlarmsProps(
    ResourceNames names,
    RegionPair<Region> regions,
    RegionPair<String> vaultNames,
    RegionPair<String> topicArns) {}
