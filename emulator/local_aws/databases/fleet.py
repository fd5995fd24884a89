"""All databases of an emulator: their addresses and names, and what faults do to them."""
from __future__ import annotations

import os
import socket
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Callable

from moto.rds.models import DBCluster, DBClusterSnapshot, GlobalCluster, rds_backends

from local_aws.databases import programs, swaps
from local_aws.databases.authority import Authority
from local_aws.databases.configuration import Foundation
from local_aws.databases.database import Database
from local_aws.databases.template import Template
from local_aws.world.faults import FAULTS, Part

GLOBAL_HOME = "us-east-1"   # as in services/rds.py
ENGINE = "aurora-postgresql"


class Fleet:
    def __init__(self, home: Path, port: int) -> None:
        """`port`: the emulator's own, of which no other process has the same: it gives the addresses."""
        self.folder = home / "databases"
        self.root_certificate = self.folder / "root.crt"
        self.hosts = self.folder / "hosts"
        self._network = f"127.{port >> 8}.{port & 255}"
        self._databases: dict[str, Database] = {}
        self._lock = threading.RLock()
        self._prepare_folder(home)
        self._foundation = Foundation(Authority(self.root_certificate), Template(self.folder / "template" / "data"))
        self.write_hosts()
        FAULTS.watch(Part.DATABASES, lost=self._crash, restored=lambda _: self.nudge())
        for way in (Part.LINK, Part.OUTSIDE):
            FAULTS.watch(way, lost=lambda _: self._cut(), restored=lambda _: self.nudge())

    def _prepare_folder(self, home: Path) -> None:
        for folder in (self.folder, self.folder / "snapshots", self.folder / "template"):
            folder.mkdir(parents=True)
            folder.chmod(0o755)
        for folder in (self.folder / "snapshots", self.folder / "template"):
            programs.give(folder)
        if os.geteuid() == 0:
            home.chmod(home.stat().st_mode | 0o111)
        try:
            programs.run("ls", str(self.folder))
        except programs.Failed:
            raise SystemExit(f"local-aws: databases run as '{programs.WITHOUT_ROOT}', who must be able to enter {self.folder}:"
                             f" let others pass its parents (chmod o+x), or set LOCAL_AWS_HOME to a folder below /tmp") from None

    # --- which there are

    def all(self) -> list[Database]:
        with self._lock:
            return list(self._databases.values())

    def of(self, cluster: DBCluster) -> Database | None:
        with self._lock:
            return self._databases.get(cluster.db_cluster_resource_id)

    def by_arn(self, arn: str) -> Database | None:
        return next((found for found in self.all() if found.cluster.db_cluster_arn == arn), None)

    def serve(self, cluster: DBCluster) -> None:
        """The cluster, or something of it, has changed; returns once its database is so, if it can be."""
        with self._lock:
            database = self.of(cluster)
            if database is None:
                if cluster.engine != ENGINE or not cluster._members:
                    return
                database = Database(self, cluster, self._free_address(), _names(cluster), self._foundation)
                self._databases[cluster.db_cluster_resource_id] = database
                self.write_hosts()
        database.settle()

    def forget(self, cluster: DBCluster) -> None:
        with self._lock:
            database = self._databases.pop(cluster.db_cluster_resource_id, None)
            self.write_hosts()
        if database:
            database.end()

    def _free_address(self) -> str:
        taken = {database.server.place.address for database in self._databases.values()}
        return next(address for number in range(1, 255) if (address := f"{self._network}.{number}") not in taken)

    # --- names

    def write_hosts(self) -> None:
        """The global endpoint leads to the writer. AmazonRDS/latest/AuroraUserGuide/aurora-global-database-connecting.html"""
        with self._lock:
            lines = [f"127.0.0.1 localhost {socket.gethostname()}"]
            for database in self.all():
                names = _names(database.cluster)
                lines.append(" ".join([database.server.place.address, *(names[:2] if database.follows else names)]))
            programs.write(self.hosts, "\n".join(lines) + "\n", 0o644)

    def database_of(self, cluster: DBCluster) -> str | None:
        group = _global_of(cluster)
        name: str | None = group.database_name if group else None   # type: ignore[attr-defined]
        return name

    # --- roles and snapshots

    def swap(self, old: DBCluster | None, new: DBCluster, loss: bool, assign: Callable[[], None]) -> None:
        writer, secondary = self.of(old) if old else None, self.of(new)
        if secondary is None:   # of another engine
            assign()
            return
        with secondary.lock, (writer.lock if writer else nullcontext()):
            if loss:
                swaps.fail_over(writer, secondary)
            else:
                swaps.switch_over(writer, secondary)
            assign()
        self.write_hosts()
        self.nudge()

    def snapshot(self, cluster: DBCluster, kept: DBClusterSnapshot, lost: bool) -> None:
        database = self.of(cluster)
        if database is None:
            return
        target = self.folder / "snapshots" / f"{cluster.region}-{kept.resource_id.replace(':', '-')}"
        with database.lock:
            if swaps.keep(database, target, lost):
                kept.kept_data = target   # type: ignore[attr-defined]

    # --- faults

    def nudge(self) -> None:
        for database in self.all():
            database.nudge()

    def _crash(self, region: str) -> None:
        for database in self.all():
            if database.server.place.region == region:
                database.crash()

    def _cut(self) -> None:
        for database in self.all():
            database.relay.cut()


def _names(cluster: DBCluster) -> list[str]:
    group = _global_of(cluster)
    return [cluster.endpoint, cluster.reader_endpoint, *([group.endpoint] if group else [])]


def _global_of(cluster: DBCluster) -> GlobalCluster | None:
    return rds_backends[cluster.account_id][GLOBAL_HOME].global_clusters.get(cluster.global_cluster_identifier or "")
