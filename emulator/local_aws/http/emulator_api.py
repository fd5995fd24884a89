"""What the emulator tells and does itself, below /emulator/."""
from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any, Callable

import boto3

from local_aws import databases, moto_version, settings, snapshots
from local_aws.code_version import code_version
from local_aws.http import reachability
from local_aws.traffic import applications, renewers
from local_aws.world import invocations
from local_aws.world.addresses import ADDRESSES
from local_aws.world.faults import FAULTS

PREFIX = "/emulator/"
OK, REFUSED, NO_SUCH_PATH, WRONG_METHOD = "200 OK", "400 Bad Request", "404 Not Found", "405 Method Not Allowed"


class EmulatorApi:
    def __init__(self, instance: str) -> None:
        self._identity = {"service": "local-aws", "instance": instance, "pid": os.getpid(), "moto": moto_version.REQUIRED,
                          "code": code_version(), "dataPlane": "on" if settings.DATA_PLANE else "off"}

    def answer(self, method: str, path: str) -> tuple[str, Any]:
        """HTTP status, and a value that becomes JSON; `path` without the prefix."""
        actions = self._actions(path.split("/"))
        if actions is None:
            return NO_SUCH_PATH, {"message": f"path must be one of those in emulator/README.md, got {PREFIX}{path}"}
        if method not in actions:
            return WRONG_METHOD, {"message": f"method must be {' or '.join(actions)}, got {method}"}
        try:
            return OK, actions[method]()
        except ValueError as refusal:
            return REFUSED, {"message": str(refusal)}

    def _actions(self, path: list[str]) -> dict[str, Callable[[], Any]] | None:
        """By method; each returns what it changed or tells."""
        match path:
            case ["status"]:
                return {"GET": self._status}
            case ["databases"]:
                return {"GET": databases.listing}
            case ["invocations"]:
                return {"GET": lambda: invocations.records}
            case ["invocations", number]:
                return {"DELETE": lambda: _kill(number)}
            case ["snapshots", *folder]:
                return {"PUT": lambda: snapshots.save(Path("/".join(folder)))}
            case ["faults", region, kind]:
                return {"PUT": lambda: _change(FAULTS.begin, region, kind), "DELETE": lambda: _change(FAULTS.end, region, kind)}
        return None

    def _status(self) -> dict[str, Any]:
        return {**self._identity, "faults": FAULTS.status(), "refusedRequests": reachability.refused_requests(),
                "applications": applications.status(), "renewers": renewers.status(), "nameServer": ADDRESSES.name_server}


def _change(change: Callable[[str, str], None], region: str, kind: str) -> dict[str, list[str]]:
    if region not in _regions():
        raise ValueError(f"Region must be one of {', '.join(_regions())}, got '{region}'")
    change(region, kind)
    return FAULTS.status()


@functools.cache
def _regions() -> list[str]:
    return sorted(boto3.session.Session().get_available_regions("s3"))


def _kill(number: str) -> dict[str, Any]:
    if not number.isdigit():
        raise ValueError(f"number of an invocation must be digits, got '{number}'")
    invocations.kill(int(number))
    return invocations.records[int(number)]
