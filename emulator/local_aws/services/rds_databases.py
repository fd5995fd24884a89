"""Passes changes of clusters, instances and snapshots on to the servers of the package databases."""
from __future__ import annotations

import sys
from typing import Any

from moto.rds.models import DBCluster, DBClusterSnapshot, DBInstance, RDSBackend
from moto.rds.responses import RDSResponse

from local_aws import databases, settings
from local_aws.services.patching import replace


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


@replace(RDSBackend)
def restore_db_cluster_from_snapshot(original: Any, self: Any, from_snapshot_id: str, overrides: dict[str, Any]) -> DBCluster:
    """AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html: a cluster of its own, without instances, with the
    snapshot's data and administrator; moto would have it join the global cluster."""
    snapshot = self.describe_db_cluster_snapshots(None, from_snapshot_id)[0]
    alone = {"global_cluster_identifier": None, "replication_source_identifier": None}
    before = {name: snapshot.cluster.__dict__[name] for name in alone}
    snapshot.cluster.__dict__.update(alone)
    try:
        restored: DBCluster = original(self, from_snapshot_id, overrides)
    finally:
        snapshot.cluster.__dict__.update(before)
    restored.kept_data = snapshot.__dict__.get("kept_data")   # type: ignore[attr-defined]
    if settings.DATA_PLANE and restored.kept_data is None:   # type: ignore[attr-defined]
        print(f"database {restored.db_cluster_identifier}: snapshot {from_snapshot_id} holds no data", file=sys.stderr, flush=True)
    return restored
