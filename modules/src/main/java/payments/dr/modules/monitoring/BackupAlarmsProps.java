package payments.dr.modules.monitoring;

import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;

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
