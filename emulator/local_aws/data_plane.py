"""Whether traffic moves: health checks look, schedules fire, load balancers forward, as LOCAL_AWS_DATA_PLANE=on asks."""
from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

SWITCH = "LOCAL_AWS_DATA_PLANE"
APPLICATION = "LOCAL_AWS_APPLICATION"
STARTED_IN = "LOCAL_AWS_STARTED_IN"   # the folder that the application's command is relative to
LAG_SECONDS = 8.0   # of the fault `lag`: what the guard on loss lets a controller bear
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


def start() -> None:
    """Once services are loaded; does nothing without the switch."""
    if not ON:
        return
    from local_aws import applications, databases, faults, health_checks, invocations, schedules, target_health

    for effect, begin, end in ((faults.NO_DATABASE, databases.fail, databases.recover),
                               (faults.PARTITION, lambda _: databases.partition(), lambda _: databases.heal()),
                               (faults.LAG, lambda _: databases.lag(LAG_SECONDS), lambda _: databases.lag(0))):
        effect.begun.append(begin)
        effect.over.append(end)

    invocations.start()
    applications.start()
    target_health.start()
    health_checks.start()
    schedules.start()
