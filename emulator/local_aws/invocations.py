"""Invocations of Lambda functions: what ran, with which event, and what came out. Those that run can be killed."""
from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import Any, Sequence

from moto.awslambda.exceptions import LambdaClientError

from local_aws import children, settings, faults
from local_aws.patching import backend_of

# told at /emulator/invocations; its index is an invocation's number
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


class Throttled(LambdaClientError):
    """lambda/latest/api/API_Invoke.html: as many run as the function's reserved concurrency allows."""

    code = 429

    def __init__(self) -> None:
        super().__init__("TooManyRequestsException", "Rate Exceeded.")


_running: dict[int, Running] = {}
_lock = threading.Lock()


def start() -> None:
    faults.DARK.begun.append(kill_region)


def begin(function: Any, event: Any) -> int:
    """The number of a new invocation; raises Throttled when there are enough."""
    with _lock:
        if settings.ON:
            _require_room(function)
        number = len(records)
        records.append({"number": number, "function": function.function_name, "version": str(function.version),
                        "region": function.region, "event": event, "running": True})
        _running[number] = Running(function.region, function.function_name)
    return number


def _require_room(function: Any) -> None:
    reserved = backend_of("lambda", function.account_id, function.region).get_function(function.function_name).reserved_concurrency
    now = sum((one.region, one.function) == (function.region, function.function_name) for one in _running.values())
    if reserved is not None and now >= int(reserved):
        raise Throttled()


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
            running.process = children.start(command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                             stderr=subprocess.PIPE)
    if running.process is None:
        return Outcome(-9, _error("Runtime.ExitError", "Runtime exited with error: signal: killed"), "killed before it started")
    try:
        output, log = running.process.communicate(event, timeout=seconds)
    except subprocess.TimeoutExpired:
        children.kill(running.process)
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
        children.kill(running.process)


def invoke_later(account: str, arn: str, event: str) -> None:
    """As on AWS, whoever caused the event does not wait for the function."""
    threading.Thread(target=_invoke, args=(account, arn, event), daemon=True, name=f"invoke {arn}").start()


def _invoke(account: str, arn: str, event: str) -> None:
    try:
        backend_of("lambda", account, arn.split(":")[3]).invoke(arn, None, event, {}, {})
    except Throttled:
        print(f"THROTTLED: {arn}: event dropped, which AWS would try again for as long as it may be old", file=sys.stderr, flush=True)
