"""Continuous backups of clusters: AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html, and those that outlive their cluster.

A cluster restored by one has no contents: no server here keeps what it wrote for that."""
from __future__ import annotations

import copy
import sys
from datetime import datetime, timedelta, timezone
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBClusterNotFoundError, RDSClientError
from moto.rds.models import DBCluster, RDSBackend
from moto.rds.responses import RDSResponse

from local_aws import settings
from local_aws.services.patching import add, kept, replace
from local_aws.services.rds_databases import standalone
from local_aws.world.clock import CLOCK

ENGINE = "aurora-postgresql"


def _retained(backend: RDSBackend) -> list[tuple[DBCluster, datetime]]:
    """Clusters that are gone, each with the last moment that its backup has."""
    return kept(backend, "retained_backups", list)


@replace(RDSResponse)
def delete_db_cluster(original: Any, self: Any) -> Any:
    """AmazonRDS/latest/APIReference/API_DeleteDBCluster.html: backups go with their cluster, unless it is asked to leave them."""
    cluster = self.backend.clusters.get(self.params["DBClusterIdentifier"])
    frozen = copy.copy(cluster)
    answer = original(self)
    if self.params.get("DeleteAutomatedBackups") is False and frozen is not None:
        _retained(self.backend).append((frozen, CLOCK.now()))
    return answer


def _all(backend: RDSBackend) -> list[tuple[DBCluster, dict[str, Any]]]:
    now = CLOCK.now()
    return [*[(cluster, _described(cluster, now, "active")) for cluster in backend.clusters.values() if cluster.engine == ENGINE],
            *[(cluster, _described(cluster, latest, "retained")) for cluster, latest in _retained(backend)]]


def _described(cluster: DBCluster, latest: datetime, status: str) -> dict[str, Any]:
    retention = int(cluster.backup_retention_period or 1)
    made = cluster.created.replace(tzinfo=timezone.utc)
    return {"DBClusterIdentifier": cluster.db_cluster_identifier, "DbClusterResourceId": cluster.db_cluster_resource_id, "Engine": cluster.engine,
            "EngineVersion": cluster.engine_version, "DBClusterArn": cluster.db_cluster_arn, "Region": cluster.region, "Status": status,
            "BackupRetentionPeriod": retention,
            "RestoreWindow": {"EarliestTime": max(made, latest - timedelta(days=retention)), "LatestTime": max(made, latest)}}


@add(RDSResponse)
def describe_db_cluster_automated_backups(self: Any) -> ActionResult:
    wanted = {name: self.params.get(name) for name in ("DBClusterIdentifier", "DbClusterResourceId")}
    return ActionResult({"DBClusterAutomatedBackups": [
        backup for _, backup in _all(self.backend) if all(value in (None, backup[name]) for name, value in wanted.items())]})


@replace(RDSResponse)
def restore_db_cluster_to_point_in_time(original: Any, self: Any) -> ActionResult:
    """AmazonRDS/latest/APIReference/API_RestoreDBClusterToPointInTime.html; the code of a time outside of the window is inferred."""
    source, backup = _source(self)
    time, window = self.params.get("RestoreToTime"), backup["RestoreWindow"]
    if time is not None and not window["EarliestTime"] <= time.replace(tzinfo=timezone.utc) <= window["LatestTime"]:
        raise RDSClientError("InvalidRestoreFault", f"RestoreToTime must be {window['EarliestTime']} to {window['LatestTime']}, got {time}")
    restored = standalone(self.backend, source, self.params)
    if settings.DATA_PLANE:
        print(f"database {restored.db_cluster_identifier}: no contents are kept of {source.db_cluster_identifier} at {time}",
              file=sys.stderr, flush=True)
    return ActionResult({"DBCluster": restored})


def _source(self: Any) -> tuple[DBCluster, dict[str, Any]]:
    """A cluster that is there by either, one that is gone by its resource id."""
    name, resource = self.params.get("SourceDBClusterIdentifier"), self.params.get("SourceDbClusterResourceId")
    for cluster, backup in _all(self.backend):
        if resource == backup["DbClusterResourceId"] or name == backup["DBClusterIdentifier"] and backup["Status"] == "active":
            return cluster, backup
    raise DBClusterNotFoundError(resource or name)
