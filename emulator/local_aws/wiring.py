"""Puts an emulator together and runs it. moto is imported here: settings.configure_moto comes first."""
from __future__ import annotations

import os
import signal
import socket
import sys

from local_aws import databases, services, settings, snapshots
from local_aws.http.application import application
from local_aws.http.server import serve_on
from local_aws.traffic import applications, event_sources, health_checks, name_server, renewers, schedules, target_health
from local_aws.world import callers, invocations, subprocesses
from local_aws.world.addresses import ADDRESSES
from local_aws.world.faults import FAULTS, Part


def run(listener: socket.socket, instance: str, ready_fd: int | None) -> None:
    """Serves until it is told to end. Writes the port to `ready_fd` once it answers."""
    ADDRESSES.port = listener.getsockname()[1]
    snapshots.require()
    services.load()
    name_server.start()
    snapshots.begin()
    answer = application(instance)
    server = serve_on(listener, answer)
    callers.start(serve_on, answer)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    databases.start(ADDRESSES.port)
    snapshots.serve_databases()
    event_sources.start()
    if settings.DATA_PLANE:
        _start_traffic()
    print(f"listening on http://127.0.0.1:{ADDRESSES.port}", file=sys.stderr, flush=True)
    if ready_fd is not None:
        os.write(ready_fd, f"{ADDRESSES.port}\n".encode())
        os.close(ready_fd)
    server.serve_forever()


def _start_traffic() -> None:
    FAULTS.watch(Part.REGION, lost=invocations.kill_region)
    applications.start()
    renewers.start()
    target_health.start()
    health_checks.start()
    schedules.start()


def _stop(*_: object) -> None:   # all state is in memory: nothing to save
    subprocesses.kill_all()
    databases.stop()
    os._exit(0)
