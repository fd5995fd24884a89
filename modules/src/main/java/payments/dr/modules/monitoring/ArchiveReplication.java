package payments.dr.modules.monitoring;

import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.storage.BucketReplication;
import payments.dr.modules.storage.BucketReplicationProps;
import payments.dr.modules.storage.BucketReplicationProps.End;

/**
 * Copies what each Region archives to the other Region's bucket, under the other Region's key.
 * Deletions stay local: each Region expires its own.
 */
public final class ArchiveReplication {

  private final ArchiveReplicationProps props;

  /** Makes one construct named {@code id} in each Region. */
  public ArchiveReplication(String id, ArchiveReplicationProps props) {
    this.props = props;
    replicate(id, RegionRole.PRIMARY, RegionRole.DR);
    replicate(id, RegionRole.DR, RegionRole.PRIMARY);
  }

  private void replicate(String id, RegionRole from, RegionRole to) {
    new BucketReplication(
        props.regions().get(from),
        id,
        new BucketReplicationProps(
            "metrics",
            props.names().regional(from, "metric-replication"),
            end(from),
            end(to),
            "metrics/",
            false));
  }

  private End end(RegionRole role) {
    return new End(
        props.regions().get(role),
        props.archives().get(role).bucket(),
        props.keys().get(role).arn(KeyPurpose.STORAGE));
  }
}
