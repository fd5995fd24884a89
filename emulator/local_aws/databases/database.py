"""The database of one DB cluster: brings a server to what the model of RDS says, and swaps roles."""
from __future__ import annotations

import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from moto.rds.models import DBCluster

from local_aws.databases.configuration import Foundation, Place, quoted
from local_aws.databases.programs import Failed
from local_aws.databases.relay import Relay
from local_aws.databases.server import Server
from local_aws.world.faults import FAULTS, Part

POLL_SECONDS = 0.5


class Waiting(Exception):
    """What the database needs is not there yet."""


class Database:
    """Has a thread of its own, so that one that waits for another Region holds nobody up."""

    def __init__(self, fleet: Any, cluster: DBCluster, address: str, names: list[str], foundation: Foundation) -> None:
        self.cluster = cluster
        # no step may be taken while roles are swapped
        self.lock = threading.RLock()
        self._fleet = fleet
        self._last_failure = ""
        place = Place(cluster.region, address, cluster.port)
        self.server = Server(fleet.folder / f"{cluster.region}-{cluster.db_cluster_identifier}", place, names, foundation)
        self.relay = Relay(address, self._source)
        self._administered: object = None
        self._gone = False
        self._nudged = threading.Event()
        threading.Thread(target=self._keep, daemon=True, name=f"database-{cluster.db_cluster_identifier}").start()

    # --- what the model says

    @property
    def follows(self) -> str | None:
        """ARN of the cluster that writes, of a secondary one."""
        source: str | None = self.cluster.replication_source_identifier
        return source

    @property
    def wanted(self) -> bool:
        # `status` itself moves a cluster on from "creating"
        return not self._gone and bool(self.cluster._members) and self.cluster._status != "stopped"

    @property
    def state(self) -> str:
        if self.server.running:
            return "running"
        return "seeding" if self.seeding else "stopped"

    @property
    def seeding(self) -> bool:
        """Whether it is a secondary one that lacks the writer's data still."""
        return self.wanted and bool(self.follows) and not self.server.storage.filled

    def description(self) -> dict[str, Any]:
        """The answer of GET /emulator/databases."""
        cluster, place = self.cluster, self.server.place
        return {"cluster": cluster.db_cluster_identifier, "globalCluster": cluster.global_cluster_identifier, "region": place.region,
                "endpoint": cluster.endpoint, "readerEndpoint": cluster.reader_endpoint, "address": place.address, "port": place.port,
                "writer": not self.follows, "state": self.state, "rootCertificate": str(self._fleet.root_certificate)}

    # --- steps

    def nudge(self) -> None:
        self._nudged.set()

    def converge(self) -> None:
        with self.lock:
            if FAULTS.lost(Part.DATABASES, self.server.place.region):
                self.server.kill()
            elif not self.wanted:
                self.server.stop()
            else:
                self._serve()

    def crash(self) -> None:
        """Like a machine that loses its power: waits for nothing that is under way."""
        self.relay.cut()
        self.server.kill()

    def retire(self) -> None:
        """Starts nothing any more."""
        self._gone = True

    def end(self) -> None:
        """The cluster is deleted."""
        self.retire()
        with self.lock:
            self.relay.close()
            self.server.stop()
            self.server.storage.remove()

    def _serve(self) -> None:
        if not self.server.storage.filled:
            self._fill()
        if not self.server.running:
            self.server.kill()   # one that hangs half-way
            self.server.start(self.relay, (self.follows or self.cluster.db_cluster_arn).split(":")[3])
        if self.follows:
            return
        if self.server.storage.replica:
            self.server.promote()
        self.server.keep_committing()
        self._administer()

    def _fill(self) -> None:
        kept: Path | None = self.cluster.__dict__.get("kept_data")
        if self.follows:
            if self._source() is None:
                raise Waiting
            self.server.storage.fill_through(self.relay)
        elif kept:
            self.server.storage.fill_from(kept)
        else:
            self.server.storage.fill_from_template()

    def _administer(self) -> None:
        """The administrator is a superuser here, which Aurora's rds_superuser is not (imitation)."""
        user, name = self.cluster.master_username, self.cluster.database_name or self._fleet.database_of(self.cluster)
        password = self.cluster.__dict__.get("_master_user_password")
        if (user, name, password) == self._administered:
            return
        role = f"SELECT FROM pg_roles WHERE rolname = {quoted(user)}"
        script = [f"SELECT format('CREATE ROLE %I SUPERUSER LOGIN', {quoted(user)}) WHERE NOT EXISTS ({role}) \\gexec"]
        if password:
            script.append(f"SELECT format('ALTER ROLE %I PASSWORD %L', {quoted(user)}, {quoted(password)}) \\gexec")
        if name:
            script.append(f"SELECT format('CREATE DATABASE %I OWNER %I', {quoted(name)}, {quoted(user)})"
                          f" WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {quoted(name)}) \\gexec")
        self.server.sql("\n".join(script) + "\n")
        self._administered = (user, name, password)

    def _source(self) -> tuple[str, int] | None:
        """Where the writer answers, for the relay; None while there is no way to it."""
        writer, region = self._fleet.by_arn(self.follows) if self.follows else None, self.server.place.region
        if writer is None or not writer.server.running or FAULTS.lost(Part.DATABASES, region):
            return None
        if FAULTS.lost(Part.LINK) or FAULTS.isolated(region, writer.server.place.region):
            return None
        return writer.server.place.address, writer.server.place.port

    def settle(self) -> None:
        """Takes the steps that can be taken now; logs a failure, to try again later."""
        try:
            self.converge()
            self._last_failure = ""
        except Waiting:
            pass
        except Exception as failure:
            if str(failure) != self._last_failure:
                self._last_failure = str(failure)
                text = str(failure) if isinstance(failure, Failed) else traceback.format_exc()
                print(f"database {self.cluster.db_cluster_identifier}: {text}", file=sys.stderr, flush=True)

    def _keep(self) -> None:
        while not self._gone:
            self.settle()
            self._nudged.wait(POLL_SECONDS)
            self._nudged.clear()
