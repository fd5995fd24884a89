package payments.dr.modules.monitoring;

import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.naming.ResourceNames;
import payments.dr.modules.region.Region;
import payments.dr.modules.region.RegionPair;

/** What the replication between the archives needs. */
public record ArchiveReplicationProps(
    ResourceNames names,
    RegionPair<Region> regions,
    RegionPair<EncryptionKeys> keys,
    RegionPair<MetricArchive> archives) {}
