"""What RDS refuses because of what is there: instances that go too early, versions that do not go together."""
from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import RDSClientError
from moto.rds.responses import RDSResponse

from local_aws.services.patching import replace
from local_aws.services.rds import global_cluster, global_of, writer_of


@replace(RDSResponse)
def create_db_cluster(original: Any, self: Any) -> ActionResult:
    """A member has the version of its global cluster: code and wording from aws/aws-cli#8139. Without a version AWS takes the
    engine's default, which no document names; here a secondary has the writer's."""
    identifier, wanted = (self.params.get(name) for name in ("GlobalClusterIdentifier", "EngineVersion"))
    if identifier:
        group = global_cluster(self.current_account, identifier)
        if wanted and wanted != group.engine_version:
            raise RDSClientError("InvalidParameterValue",
                                 f"Value for engineVersion should match setting for global cluster {group.global_cluster_identifier}")
        writer = writer_of(group)
        if writer and not wanted:
            self.params["EngineVersion"] = writer.engine_version
    return original(self)


@replace(RDSResponse)
def delete_db_instance(original: Any, self: Any) -> ActionResult:
    """AmazonRDS/latest/AuroraUserGuide/aurora-global-database-deleting.html: the primary goes last; wording from reports of users."""
    instance = self.backend.databases.get(self.params["DBInstanceIdentifier"])
    cluster = self.backend.clusters.get(instance.db_cluster_identifier) if instance and instance.db_cluster_identifier else None
    group = global_of(cluster) if cluster else None
    if cluster and group and writer_of(group) is cluster and len(group.members) > 1 and len(cluster.members) == 1:
        raise RDSClientError("InvalidDBClusterStateFault", "Cannot delete the last instance of the master cluster. "
                             "Delete the replica cluster before deleting the last master cluster instance.")
    return original(self)


# --- versions

@replace(RDSResponse)
def switchover_global_cluster(original: Any, self: Any) -> ActionResult:
    _require_equal_versions(self)
    return original(self)


@replace(RDSResponse)
def failover_global_cluster(original: Any, self: Any) -> ActionResult:
    _require_equal_versions(self)
    return original(self)


def _require_equal_versions(self: Any) -> None:
    """AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html: the same major and minor version; the code and
    its wording are inferred."""
    group = global_cluster(self.current_account, self.params["GlobalClusterIdentifier"])
    versions = {member.db_cluster_arn: member.engine_version for member in group.members}
    if len({_numbers(version)[:2] for version in versions.values()}) > 1:
        raise RDSClientError("InvalidGlobalClusterStateFault", "The clusters of a global cluster must have the same engine version, got "
                             + ", ".join(f"{version} in {arn}" for arn, version in versions.items()))


@replace(RDSResponse)
def modify_global_cluster(original: Any, self: Any) -> ActionResult:
    """AmazonRDS/latest/APIReference/API_ModifyGlobalCluster.html; wording from reports of users."""
    group, wanted = global_cluster(self.current_account, self.params["GlobalClusterIdentifier"]), self.params.get("EngineVersion")
    if wanted and _numbers(wanted) < _numbers(group.engine_version):
        raise RDSClientError("InvalidParameterCombination", f"Cannot upgrade {group.engine} from {group.engine_version} to {wanted}")
    if wanted and _numbers(wanted)[0] > _numbers(group.engine_version)[0] and not self.params.get("AllowMajorVersionUpgrade"):
        raise RDSClientError("InvalidParameterCombination",
                             "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.")
    return original(self)


def _numbers(version: str) -> tuple[int, ...]:
    """16.6 is before 16.10."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())
