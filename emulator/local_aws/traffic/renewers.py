"""The program that renews a lease: one process for each Region whose launch template starts it, as systemd does on an instance."""
from __future__ import annotations

import hashlib
import re
import shlex
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from moto.autoscaling.models import autoscaling_backends
from moto.core import DEFAULT_ACCOUNT_ID

from local_aws import settings
from local_aws.services import instance_profiles
from local_aws.services.patching import backend_of
from local_aws.traffic import applications
from local_aws.world import background, subprocesses
from local_aws.world.clock import CLOCK
from local_aws.world.faults import FAULTS, Part

UNIT = re.compile(r"cat >/etc/systemd/system/payments-lease-renewer\.service <<'UNIT'\n(.*?)\nUNIT\n", re.S)
FETCHED = re.compile(r"^aws s3 cp .* s3://([^/\s]+)/(\S+) ", re.M)
SHA256 = re.compile(r"sha256sum .*<<<\"([0-9a-f]{64}) ")
PAUSE_SECONDS = 5.0   # RestartSec of the unit
POLL_SECONDS = 0.5


@dataclass
class Renewer:
    script: str
    process: subprocess.Popen[bytes]
    starts: int = 1
    ended_at: float | None = None


_running: dict[str, Renewer] = {}
_told: dict[str, str] = {}
_lock = threading.RLock()


def start() -> None:
    FAULTS.watch(Part.FLEET, lost=lambda _: settle(), restored=lambda _: settle())
    background.repeat("renewers", POLL_SECONDS, settle)


def status() -> dict[str, dict[str, object]]:
    return {region: {"pid": found.process.pid, "starts": found.starts, "running": found.process.poll() is None}
            for region, found in sorted(_running.copy().items())}


def settle() -> None:
    """Starts and ends processes as the fleets' launch templates say."""
    with _lock:
        scripts = {region: script for region in list(autoscaling_backends[DEFAULT_ACCOUNT_ID]) if (script := _script(region))}
        for region in [region for region, found in _running.items() if scripts.get(region) != found.script]:
            subprocesses.kill(_running.pop(region).process)
        for region, script in scripts.items():
            _keep_alive(region, script)


def _script(region: str) -> str:
    """What the Region's instances run at their first boot, if that starts a renewer."""
    if FAULTS.lost(Part.FLEET, region):
        return ""
    script = instance_profiles.user_data(DEFAULT_ACCOUNT_ID, region)
    return script if UNIT.search(script) else ""


def _keep_alive(region: str, script: str) -> None:
    found = _running.get(region)
    if found and found.process.poll() is None:
        return
    if found and found.ended_at is None:
        found.ended_at = CLOCK.monotonic()
        print(f"RENEWER: {region}: ended with code {found.process.returncode}, see {_log(region)}", file=sys.stderr, flush=True)
    if found and found.ended_at is not None and CLOCK.monotonic() - found.ended_at < PAUSE_SECONDS:
        return
    jar = _fetch(region, script)
    if jar:
        _running[region] = Renewer(script, _launch(region, script, jar), starts=found.starts + 1 if found else 1)


def _fetch(region: str, script: str) -> Path | None:
    """The program, from the bucket that the script names; None while it is not there, or another."""
    wanted, place = SHA256.search(script), FETCHED.search(script)
    if not (wanted and place):
        return _refuse(region, "its script names no jar and digest")
    bucket = backend_of("s3", DEFAULT_ACCOUNT_ID, "aws").buckets.get(place[1])
    found = bucket.keys.get(place[2]) if bucket else None
    if type(found).__name__ != "FakeKey":
        return _refuse(region, f"found none at s3://{place[1]}/{place[2]}")
    content: bytes = found.value
    if hashlib.sha256(content).hexdigest() != wanted[1]:
        return _refuse(region, f"s3://{place[1]}/{place[2]} has another SHA-256 than {wanted[1]}")
    _told.pop(region, None)
    jar = settings.run_folder() / f"renewer-{wanted[1]}.jar"
    if not jar.exists():
        jar.write_bytes(content)
    return jar


def _refuse(region: str, why: str) -> None:
    if _told.get(region) != why:
        _told[region] = why
        print(f"RENEWER: {region}: not started: {why}", file=sys.stderr, flush=True)


def _launch(region: str, script: str, jar: Path) -> subprocess.Popen[bytes]:
    unit = UNIT.search(script)
    assert unit is not None
    lines = [line.partition("=") for line in unit[1].splitlines()]
    variables = dict(value.split("=", 1) for name, _, value in lines if name == "Environment")
    command = shlex.split(next(value for name, _, value in lines if name == "ExecStart"))
    with open(_log(region), "ab") as log:
        process = subprocesses.start(["java", *command[1:-1], str(jar)], env={**applications.environment(region), **variables},
                                     cwd=settings.started_in(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    print(f"RENEWER: {region}: process {process.pid}", file=sys.stderr, flush=True)
    return process


def _log(region: str) -> Path:
    return settings.run_folder() / f"renewer-{region}.log"
