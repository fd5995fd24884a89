"""What the environment's variables say; the table in README.md explains them."""
from __future__ import annotations

import functools
import os
import shlex
import shutil
import tempfile
from pathlib import Path

_DATA_PLANE = "LOCAL_AWS_DATA_PLANE"
_APPLICATION = "LOCAL_AWS_APPLICATION"
_FAILOVER_SECONDS = "LOCAL_AWS_FAILOVER_SECONDS"
_SETTLING_SECONDS = "LOCAL_AWS_SETTLING_SECONDS"
HOME = "LOCAL_AWS_HOME"
SNAPSHOT = "LOCAL_AWS_SNAPSHOT"   # the folder to begin with, relative to where the emulator was started
STARTED_IN = "LOCAL_AWS_STARTED_IN"   # the folder that the application's command is relative to; the launcher sets it

DATA_PLANE = os.environ.get(_DATA_PLANE) == "on"
CHECK_ANSWERS = os.environ.get("LOCAL_AWS_CHECK_ANSWERS") == "on"
THROTTLE = os.environ.get("LOCAL_AWS_THROTTLE") == "on"
RUN_JAVA = os.environ.get("LOCAL_AWS_LAMBDA") == "java"


def require() -> None:
    """Ends the process when a variable has no good value, or two do not go together."""
    if os.environ.get(_DATA_PLANE, "") not in ("", "on", "off"):
        raise SystemExit(f"local-aws: {_DATA_PLANE} must be 'on' or 'off', got '{os.environ[_DATA_PLANE]}'")
    if os.environ.get(_APPLICATION) and not DATA_PLANE:
        raise SystemExit(f"local-aws: {_APPLICATION} needs {_DATA_PLANE}=on, got '{os.environ.get(_DATA_PLANE, '')}'")
    command = application()
    if command and shutil.which(command[0]) is None and not (Path(started_in() or "") / command[0]).is_file():
        raise SystemExit(f"local-aws: {_APPLICATION} must begin with a program that can be found, got '{command[0]}'")
    failover_seconds()
    settling_seconds()


def application() -> list[str]:
    """The command line of the application; empty when there is none."""
    given = os.environ.get(_APPLICATION, "")
    try:
        return shlex.split(given)
    except ValueError as problem:
        raise SystemExit(f"local-aws: {_APPLICATION} must be a command line, got '{given}': {problem}") from None


def failover_seconds() -> float:
    """How long a switchover or failover of a global cluster takes."""
    return _seconds(_FAILOVER_SECONDS, "2")


def settling_seconds() -> float:
    """How long readers see what was there before a change."""
    return _seconds(_SETTLING_SECONDS, "0")


def _seconds(variable: str, default: str) -> float:
    given = os.environ.get(variable) or default
    try:
        seconds = float(given)
    except ValueError:
        seconds = -1
    if not 0 <= seconds < float("inf"):
        raise SystemExit(f"local-aws: {variable} must be a number of seconds, 0 or more, got '{given}'")
    return seconds


def port() -> int:
    """The port to listen on, 0 for a free one. Raises ValueError for what is none."""
    given = os.environ.get("LOCAL_AWS_PORT") or "0"
    if not given.isdigit() or int(given) > 65535:
        raise ValueError(f"LOCAL_AWS_PORT must be a port number between 1 and 65535, got '{given}'")
    return int(given)


def started_in() -> str | None:
    return os.environ.get(STARTED_IN)


def snapshot() -> Path | None:
    """The folder to begin with; none: begin with nothing."""
    named = os.environ.get(SNAPSHOT)
    return Path(started_in() or "") / named if named else None


@functools.cache
def run_folder() -> Path:
    """Where logs, databases and compiled functions go; a temporary folder for an emulator without a launcher."""
    return Path(os.environ.get(HOME) or tempfile.mkdtemp(prefix="local-aws-"))


def configure_moto(port: int) -> None:
    """moto reads these variables while it is imported."""
    os.environ["MOTO_PORT"] = str(port)
    # or moto looks for its account in each call's headers and keys, which costs a tenth of a call
    os.environ.setdefault("MOTO_ACCOUNT_ID", "123456789012")
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "1")
    # headers for browsers, at a twelfth of what a call costs; S3 tells a bucket's own rules all the same
    os.environ.setdefault("MOTO_DISABLE_GLOBAL_CORS", "true")
    # lambda/latest/dg/configuration-concurrency.html: what an account has at first, of which 100 cannot be reserved
    os.environ.setdefault("MOTO_LAMBDA_CONCURRENCY_QUOTA", "1000")
