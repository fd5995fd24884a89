"""Real PostgreSQL servers behind the endpoints of DB clusters (LOCAL_AWS_DATA_PLANE=on); nothing without that."""
from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from moto.rds.models import DBCluster, DBClusterSnapshot

from local_aws import settings
from local_aws.databases import programs
from local_aws.databases.fleet import Fleet
from local_aws.databases.programs import Failed as Failed

QUIT_SECONDS = 5
_fleet: Fleet | None = None


def start(port: int) -> None:
    """Before the first request. Ends the process when the machine has no server; `port` is the emulator's own."""
    global _fleet
    if not settings.DATA_PLANE:
        return
    programs.require()
    _fleet = Fleet(settings.run_folder(), port)


def stop() -> None:
    """Ends every server at once; the emulator ends with it."""
    running = _fleet.all() if _fleet else []
    for database in running:
        database.retire()
        database.server.quit()
    for database in running:
        database.server.await_end(QUIT_SECONDS)


def listing() -> list[dict[str, Any]]:
    """The answer of GET /emulator/databases."""
    return [database.description() for database in _fleet.all()] if _fleet else []


def client_files() -> tuple[Path, Path] | None:
    """Hosts file and root certificate that clients need."""
    return (_fleet.hosts, _fleet.root_certificate) if _fleet else None


# --- what the model of RDS tells

def serve(cluster: DBCluster) -> None:
    """The cluster or its instances have changed."""
    if _fleet:
        _fleet.serve(cluster)


def forget(cluster: DBCluster) -> None:
    """The cluster is deleted."""
    if _fleet:
        _fleet.forget(cluster)


def seeding(cluster: DBCluster) -> bool:
    """Whether a secondary lacks the writer's data still."""
    database = _fleet.of(cluster) if _fleet else None
    return database is not None and database.seeding


def swap(old: DBCluster | None, new: DBCluster, loss: bool, assign: Callable[[], None]) -> None:
    """Swaps the roles of servers, and with `assign` those of the model; raises Failed, with the roles as they were."""
    if _fleet:
        _fleet.swap(old, new, loss, assign)
    else:
        assign()


def snapshot(cluster: DBCluster, kept: DBClusterSnapshot, lost: bool = False) -> None:
    """Keeps what the cluster has for a snapshot; `lost`: it is the old writer's, and taken from it."""
    if _fleet:
        _fleet.snapshot(cluster, kept, lost)
