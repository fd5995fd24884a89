package payments.dr.modules.monitoring;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.region.Region;

/** What the replication between the archives needs. */
public record ArchiveReplicationProps(
    ResourceNames names,
    RegionPair<Region> regions,
    RegionPair<EncryptionKeys> keys,
    RegionPair<MetricArchive> archives) {}
