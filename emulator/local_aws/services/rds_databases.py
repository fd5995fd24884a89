"""Passes changes of clusters, instances and snapshots on to the servers of the package databases."""
from __future__ import annotations

import sys
from typing import Any

from moto.rds.exceptions import DBClusterSnapshotNotFoundError
from moto.rds.models import DBCluster, DBClusterSnapshot, DBInstance, RDSBackend
from moto.rds.responses import RDSResponse

from local_aws import databases, settings
from local_aws.services.patching import replace

# The type of snapshots that AWS Backup makes: aws-backup/latest/devguide/recovery-points.html names their identifiers
OF_AWS_BACKUP = "awsbackup"
# What a restored cluster does not take from its source
ALONE = {"global_cluster_identifier": None, "replication_source_identifier": None, "tags": [], "deletion_protection": False}


@replace(RDSResponse)
def create_db_cluster(original: Any, self: Any) -> Any:
    answer = original(self)
    cluster = self.backend.clusters[self.params["DBClusterIdentifier"]]
    if self.params.get("MasterUserPassword"):   # moto forgets that of a cluster in a global one
        cluster.master_user_password = self.params["MasterUserPassword"]
    return answer


@replace(RDSBackend)
def modify_db_cluster(original: Any, self: Any, kwargs: dict[str, Any]) -> DBCluster:
    answer: DBCluster = original(self, kwargs)
    databases.serve(self.describe_db_clusters(kwargs.get("new_db_cluster_identifier") or answer.db_cluster_identifier)[0])
    return answer


@replace(RDSBackend)
def stop_db_cluster(original: Any, self: Any, cluster_identifier: str) -> DBCluster:
    return _changed(self, cluster_identifier, original(self, cluster_identifier))


@replace(RDSBackend)
def start_db_cluster(original: Any, self: Any, cluster_identifier: str) -> DBCluster:
    return _changed(self, cluster_identifier, original(self, cluster_identifier))


def _changed(backend: RDSBackend, identifier: str, answer: DBCluster) -> DBCluster:
    databases.serve(backend.clusters[identifier])
    return answer


@replace(RDSBackend)
def delete_db_cluster(original: Any, self: Any, cluster_identifier: str, snapshot_name: str | None = None) -> DBCluster:
    deleted: DBCluster = original(self, cluster_identifier, snapshot_name)
    databases.forget(deleted)
    # AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html: automated backups go too, by default. moto names the first by
    # the minute and refuses a cluster of that name within it.
    for name in [name for name in self.cluster_snapshots if name.startswith(f"rds:{deleted.db_cluster_identifier}-")]:
        self.delete_db_cluster_snapshot(name)
    return deleted


# --- instances

@replace(RDSBackend)
def create_db_instance(original: Any, self: Any, db_kwargs: dict[str, Any]) -> DBInstance:
    return _of_cluster(original(self, db_kwargs))


@replace(RDSBackend)
def delete_db_instance(original: Any, self: Any, *args: Any, **kwargs: Any) -> DBInstance:
    return _of_cluster(original(self, *args, **kwargs))


def _of_cluster(instance: DBInstance) -> DBInstance:
    cluster = instance.backend.clusters.get(instance.db_cluster_identifier or "")
    if cluster:
        databases.serve(cluster)
    return instance


# --- snapshots

@replace(RDSBackend)
def create_db_cluster_snapshot(original: Any, self: Any, db_cluster_identifier: str, *args: Any, **kwargs: Any) -> DBClusterSnapshot:
    made: DBClusterSnapshot = original(self, db_cluster_identifier, *args, **kwargs)
    if made.snapshot_type == "manual":
        databases.snapshot(self.clusters[db_cluster_identifier], made)
    return made


@replace(RDSBackend)
def copy_db_cluster_snapshot(original: Any, self: Any, source_db_cluster_snapshot_identifier: str, *args: Any, **kwargs: Any) -> Any:
    made = original(self, source_db_cluster_snapshot_identifier, *args, **kwargs)
    made.kept_data = self.get_db_cluster_snapshot(source_db_cluster_snapshot_identifier).__dict__.get("kept_data")
    return made


def keep_for_aws_backup(cluster: DBCluster, identifier: str) -> None:
    """A snapshot with what the cluster has now, which lists of snapshots do not show to those who ask for no type."""
    made = DBClusterSnapshot(cluster.backend, cluster, identifier, snapshot_type=OF_AWS_BACKUP)
    databases.snapshot(cluster, made)
    cluster.backend.cluster_snapshots[identifier] = made


def copy_for_aws_backup(source: RDSBackend, snapshot: str, target: RDSBackend, identifier: str, key: str) -> None:
    """A copy in the other Region, under the key of its vault."""
    found = source.cluster_snapshots[snapshot]
    made = DBClusterSnapshot(target, found.cluster, identifier, snapshot_type=OF_AWS_BACKUP, kms_key_id=key)
    made.kept_data = found.__dict__.get("kept_data")   # type: ignore[attr-defined]
    target.cluster_snapshots[identifier] = made


def _snapshot(backend: RDSBackend, identifier: str) -> DBClusterSnapshot:
    """By its identifier or ARN."""
    name = identifier.rpartition(":cluster-snapshot:")[2]
    if name not in backend.cluster_snapshots:
        raise DBClusterSnapshotNotFoundError(name)
    return backend.cluster_snapshots[name]


@replace(RDSBackend)
def describe_db_cluster_snapshots(original: Any, self: Any, db_cluster_identifier: str | None, db_snapshot_identifier: str | None,
                                  snapshot_type: str | None = None, filters: Any = None) -> list[DBClusterSnapshot]:
    """moto compares an ARN with identifiers, and shows snapshots of all types to those who ask for nothing."""
    if db_snapshot_identifier:
        db_snapshot_identifier = db_snapshot_identifier.rpartition(":cluster-snapshot:")[2]
    found: list[DBClusterSnapshot] = original(self, db_cluster_identifier, db_snapshot_identifier, snapshot_type, filters)
    return [one for one in found if snapshot_type or filters or one.snapshot_type != OF_AWS_BACKUP]


@replace(RDSBackend)
def restore_db_cluster_from_snapshot(original: Any, self: Any, from_snapshot_id: str, overrides: dict[str, Any]) -> DBCluster:
    """AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html: a cluster of its own, without instances, with the
    snapshot's data and administrator; moto would have it join the global cluster, and protect it as its source is."""
    snapshot = _snapshot(self, from_snapshot_id)
    restored = standalone(self, snapshot.cluster, overrides)
    restored.kept_data = snapshot.__dict__.get("kept_data")   # type: ignore[attr-defined]
    if settings.DATA_PLANE and restored.kept_data is None:   # type: ignore[attr-defined]
        print(f"database {restored.db_cluster_identifier}: snapshot {from_snapshot_id} holds no data", file=sys.stderr, flush=True)
    return restored


def standalone(backend: RDSBackend, source: DBCluster, overrides: dict[str, Any]) -> DBCluster:
    """A cluster with the source's configuration, but for what is given."""
    given = {name: value for name, value in overrides.items() if value is not None}
    return backend.create_db_cluster({**source.get_cfg(), **ALONE, **given})
