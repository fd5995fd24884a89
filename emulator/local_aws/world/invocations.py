"""Invocations of Lambda functions: what ran, with which event, and what came out. Those that run can be killed."""
from __future__ import annotations

import json
import subprocess
import threading
from dataclasses import dataclass
from typing import Any, Sequence

from local_aws.world import subprocesses

# the answer of GET /emulator/invocations; an index is an invocation's number
records: list[dict[str, Any]] = []


@dataclass
class Running:
    region: str
    function: str
    process: subprocess.Popen[str] | None = None
    killed: bool = False


@dataclass(frozen=True)
class Outcome:
    code: int
    output: str
    log: str


class Throttled(Exception):
    """As many invocations of the function run as may."""


_running: dict[int, Running] = {}
_lock = threading.Lock()


def begin(region: str, function: str, version: str, event: Any, limit: int | None) -> int:
    """The number of a new invocation. Raises Throttled when as many as the limit run; None is no limit."""
    with _lock:
        running = sum((one.region, one.function) == (region, function) for one in _running.values())
        if limit is not None and running >= limit:
            raise Throttled(f"{limit} invocations of {function} run in {region}")
        number = len(records)
        records.append({"number": number, "function": function, "version": version, "region": region, "event": event, "running": True})
        _running[number] = Running(region, function)
    return number


def end(number: int, outcome: Outcome | None) -> None:
    with _lock:
        if outcome is not None:
            records[number].update(exitCode=outcome.code, output=outcome.output, log=outcome.log)
        records[number]["running"] = False
        del _running[number]


def run(number: int, command: Sequence[str], environment: dict[str, str], event: str, seconds: float) -> Outcome:
    """One process for one invocation, on the thread that waits for it."""
    running = _running[number]
    with _lock:
        if not running.killed:
            running.process = subprocesses.start(command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                             stderr=subprocess.PIPE)
    if running.process is None:
        return Outcome(-9, _error("Runtime.ExitError", "Runtime exited with error: signal: killed"), "killed before it started")
    try:
        output, log = running.process.communicate(event, timeout=seconds)
    except subprocess.TimeoutExpired:
        subprocesses.kill(running.process)
        log = running.process.communicate()[1] + f"Task timed out after {seconds:g} seconds"
        return Outcome(124, _error("Sandbox.Timedout", log.splitlines()[-1]), log)
    if running.killed:
        output = _error("Runtime.ExitError", "Runtime exited with error: signal: killed")
    return Outcome(running.process.returncode, output, log)


def _error(kind: str, message: str) -> str:
    return json.dumps({"errorType": kind, "errorMessage": message})


def kill(number: int) -> None:
    """Ends the process at once; ValueError when no such invocation runs."""
    with _lock:
        running = _running.get(number)
        if running is None:
            raise ValueError(f"invocation to kill must be running, got {number}, running: "
                             f"{', '.join(map(str, sorted(_running))) or 'none'}")
        _kill(number, running)


def kill_region(region: str) -> None:
    with _lock:
        for number, running in _running.items():
            if running.region == region:
                _kill(number, running)


def _kill(number: int, running: Running) -> None:
    running.killed = True
    records[number]["killed"] = True
    if running.process is not None:
        subprocesses.kill(running.process)

