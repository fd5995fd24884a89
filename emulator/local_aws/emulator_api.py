"""What the emulator tells and does itself, below /emulator/."""
from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Callable

from local_aws import applications, data_plane, databases, faults, invocations, moto_version, name_server, outage, snapshots
from local_aws.identity import code_version

PREFIX = "/emulator/"
OK, REFUSED, NO_SUCH_PATH, WRONG_METHOD = "200 OK", "400 Bad Request", "404 Not Found", "405 Method Not Allowed"


class EmulatorApi:
    def __init__(self, instance: str) -> None:
        self._identity = {"service": "local-aws", "instance": instance, "pid": os.getpid(), "moto": moto_version.REQUIRED,
                          "code": code_version(), "dataPlane": "on" if data_plane.ON else "off"}

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
            case ["outages", region]:
                return {"PUT": lambda: _then(outage.begin(region), outage.status), "DELETE": lambda: _then(outage.end(region), outage.status)}
            case ["faults", region, kind]:
                return {"PUT": lambda: _then(faults.begin(region, kind), faults.status),
                        "DELETE": lambda: _then(faults.end(region, kind), faults.status)}
        return None

    def _status(self) -> dict[str, Any]:
        return {**self._identity, "outages": outage.status(), "faults": faults.status(), "applications": applications.status(),
                "nameServer": os.environ[name_server.ADDRESS]}


def _then(_: None, tell: Callable[[], Any]) -> Any:
    return tell()


def _kill(number: str) -> dict[str, Any]:
    if not number.isdigit():
        raise ValueError(f"number of an invocation must be digits, got '{number}'")
    invocations.kill(int(number))
    return invocations.records[int(number)]
