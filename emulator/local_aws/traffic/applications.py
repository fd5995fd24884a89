"""The application: one process for each Region in which instances stand behind a load balancer."""
from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.elbv2.models import elbv2_backends

from local_aws import settings
from local_aws.services import instance_profiles
from local_aws.services.dns import instances_behind
from local_aws.world import background, callers, subprocesses
from local_aws.world.clock import CLOCK
from local_aws.world.faults import FAULTS, Part

COMMAND = settings.application()
PAUSE_SECONDS = 1.0               # before a process that ended is started again
POLL_SECONDS = 0.2


@dataclass
class Application:
    port: int
    process: subprocess.Popen[bytes]
    starts: int = 1
    ended_at: float | None = None


_running: dict[str, Application] = {}
_lock = threading.RLock()


def start() -> None:
    if not configured():
        return
    FAULTS.watch(Part.FLEET, lost=lambda _: settle(), restored=lambda _: settle())
    background.repeat("applications", POLL_SECONDS, settle)


def configured() -> bool:
    return bool(COMMAND)


def port(region: str) -> int | None:
    """Where the Region's application listens, or did until it ended; None while there is none."""
    found = _running.get(region)
    return found.port if found else None


def status() -> dict[str, dict[str, Any]]:
    return {region: {"pid": found.process.pid, "port": found.port, "starts": found.starts, "running": found.process.poll() is None}
            for region, found in sorted(_running.copy().items())}


def settle() -> None:
    """Starts and ends processes as the fleets stand."""
    with _lock:
        wanted = {region for region in list(elbv2_backends[DEFAULT_ACCOUNT_ID]) if _has_fleet(region)}
        for region in _running.keys() - wanted:
            subprocesses.kill(_running.pop(region).process)
        for region in wanted:
            _keep_alive(region)


def _has_fleet(region: str) -> bool:
    balancers = list(elbv2_backends[DEFAULT_ACCOUNT_ID][region].load_balancers.values())
    return any(instances_behind(DEFAULT_ACCOUNT_ID, region, balancer.dns_name.lower()) for balancer in balancers)


def _keep_alive(region: str) -> None:
    found = _running.get(region)
    if found is None:
        _running[region] = Application(*_launch(region))
        return
    if found.process.poll() is None:
        return
    if found.ended_at is None:
        found.ended_at = CLOCK.monotonic()
        print(f"APPLICATION: {region}: ended with code {found.process.returncode}, see {_log(region)}", file=sys.stderr, flush=True)
    elif CLOCK.monotonic() - found.ended_at >= PAUSE_SECONDS:
        _running[region] = Application(*_launch(region), starts=found.starts + 1)


def _launch(region: str) -> tuple[int, subprocess.Popen[bytes]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open(_log(region), "ab") as log:
        process = subprocesses.start(COMMAND, env={**environment(region), "PORT": str(port)}, cwd=settings.started_in(),
                                 stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    print(f"APPLICATION: {region}: process {process.pid} on port {port}", file=sys.stderr, flush=True)
    return port, process


def _log(region: str) -> Path:
    return settings.run_folder() / f"application-{region}.log"


def environment(region: str) -> dict[str, str]:
    """What a process on an instance of the Region finds."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    databases = settings.run_folder() / "databases"
    options = [inherited.get("JAVA_TOOL_OPTIONS", ""), f"-Djdk.net.hosts.file={databases / 'hosts'}"]
    return {**inherited, "AWS_REGION": region, "AWS_DEFAULT_REGION": region,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{callers.port(region)}", **instance_profiles.credentials(DEFAULT_ACCOUNT_ID, region),
            "PGSSLROOTCERT": str(databases / "root.crt"),
            "JAVA_TOOL_OPTIONS": " ".join(options).strip()}
