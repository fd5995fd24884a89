"""What the environment variables say."""
from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

SWITCH = "LOCAL_AWS_DATA_PLANE"
APPLICATION = "LOCAL_AWS_APPLICATION"
STARTED_IN = "LOCAL_AWS_STARTED_IN"   # the folder that the application's command is relative to
NAME_SERVER = "LOCAL_AWS_NAME_SERVER"   # where the zones' name server listens
ON = os.environ.get(SWITCH) == "on"


def require() -> None:
    """Ends the process when the variables do not go together."""
    if os.environ.get(SWITCH, "") not in ("", "on", "off"):
        raise SystemExit(f"local-aws: {SWITCH} must be 'on' or 'off', got '{os.environ[SWITCH]}'")
    if os.environ.get(APPLICATION) and not ON:
        raise SystemExit(f"local-aws: {APPLICATION} needs {SWITCH}=on, got '{os.environ.get(SWITCH, '')}'")
    command = application()
    if command and shutil.which(command[0]) is None and not (Path(os.environ.get(STARTED_IN, "")) / command[0]).is_file():
        raise SystemExit(f"local-aws: {APPLICATION} must begin with a program that can be found, got '{command[0]}'")


def application() -> list[str]:
    """The command line; empty when there is none."""
    given = os.environ.get(APPLICATION, "")
    try:
        return shlex.split(given)
    except ValueError as problem:
        raise SystemExit(f"local-aws: {APPLICATION} must be a command line, got '{given}': {problem}") from None
