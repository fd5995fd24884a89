"""What each command does, and the usage text that tells of them."""
from __future__ import annotations

import json
import os
import urllib.error
import urllib.parse
from dataclasses import dataclass
from typing import Any, Callable, Sequence

from local_aws.code_version import code_version
from local_aws.launcher import orphans
from local_aws.launcher.emulator import launch, terminate
from local_aws.launcher.run_folder import Instance, Refused, RunFolder, note
from local_aws.world.faults import KINDS


class WrongUsage(Exception):
    """No such command, or not with these arguments."""


def start(folder: RunFolder) -> int:
    with folder.locked():
        found = folder.read()
        answer = found.status() if found else None
        if found and answer is not None and not folder.killed_apply():
            _tell_of_running(found, answer)
            print(found.endpoint)
            return 0
        if found and answer is not None:
            note("the last deployment was killed while applying; starting from zero, its resources are discarded")
        elif found:
            note("the last emulator is gone and its resources with it; starting from zero")
        if found:
            terminate(found)
        orphans.end(folder.path)
        folder.empty()
        note("starting")
        found = launch(folder)
        note(f"running as process {found.pid}, log in {folder.path / 'log'}")
        print(found.endpoint)
    return 0


def _tell_of_running(found: Instance, answer: dict[str, Any]) -> None:
    note(f"already running as process {found.pid}")
    if answer.get("code") != code_version():
        note("it runs other code than this checkout holds: stop and start it to use the new one, its resources will be gone")
    for region, kinds in answer.get("faults", {}).items():
        for kind in kinds:
            note(f"{region} has the fault {kind} until emulator/local-aws repair {region} {kind}")


def stop(folder: RunFolder) -> int:
    if not folder.path.is_dir():
        note("not running")
        return 0
    with folder.locked():
        found = folder.read()
        if found is None:
            note("not running")
        else:
            terminate(found)
            orphans.end(folder.path)
            note("stopped")
        folder.forget()
    return 0


def running(folder: RunFolder) -> Instance:
    found = folder.read()
    if found is None or found.status() is None:
        raise Refused("not running; start it with emulator/local-aws start")
    return found


def endpoint(folder: RunFolder) -> int:
    print(running(folder).endpoint)
    return 0


def status(folder: RunFolder) -> int:
    found = folder.read()
    answer = found.status() if found else None
    if answer is None:
        print("stopped")
        return 1
    print(json.dumps(answer, indent=2))
    return 0


def save(folder: RunFolder, snapshot: str) -> int:
    path = os.path.abspath(snapshot)
    _change(folder, "PUT", "snapshots", path)
    note(f"saved in {path}")
    return 0


def fault(folder: RunFolder, region: str, kind: str) -> int:
    _change(folder, "PUT", "faults", region, kind)
    note(f"{region} has the fault {kind}")
    return 0


def repair(folder: RunFolder, region: str, kind: str) -> int:
    _change(folder, "DELETE", "faults", region, kind)
    note(f"{region} no longer has the fault {kind}")
    return 0


def repair_all(folder: RunFolder) -> int:
    """Where none runs, nothing is broken."""
    found = folder.read()
    answer = found.status() if found else None
    for region, kinds in (answer or {}).get("faults", {}).items():
        for kind in kinds:
            repair(folder, region, kind)
    return 0


def kill_function(folder: RunFolder, function: str) -> int:
    """Kills the processes of all its invocations that run."""
    numbers = [one["number"] for one in running(folder).ask("GET", "invocations") if one["function"] == function and one.get("running")]
    if not numbers:
        raise Refused(f"function to kill must be running, got '{function}'")
    for number in numbers:
        _change(folder, "DELETE", "invocations", str(number))
    note(f"killed {len(numbers)} of {function}")
    return 0


def _change(folder: RunFolder, method: str, *path: str) -> None:
    try:
        running(folder).ask(method, "/".join(urllib.parse.quote(part, safe="") for part in path))
    except urllib.error.HTTPError as refusal:
        raise Refused(json.load(refusal)["message"]) from None


@dataclass(frozen=True)
class Command:
    run: Callable[..., int]
    does: str
    parameters: tuple[str, ...] = ()


COMMANDS = {
    "start": Command(start, "starts an emulator, or reuses the one that lives; prints its endpoint"),
    "stop": Command(stop, "ends it; its resources are gone"),
    "status": Command(status, "prints what runs and which faults there are; fails when none runs"),
    "endpoint": Command(endpoint, "prints its endpoint; fails when none runs"),
    "save": Command(save, "keeps all it holds in a new folder; another one begins with it by LOCAL_AWS_SNAPSHOT", ("FOLDER",)),
    "fault": Command(fault, "begins a fault of a Region", ("REGION", "KIND")),
    "repair": Command(repair, "ends it", ("REGION", "KIND")),
    "repair-all": Command(repair_all, "ends every fault that there is"),
    "kill-function": Command(kill_function, "kills the processes of a Lambda function's running invocations", ("NAME",)),
}


def run(folder: RunFolder, arguments: Sequence[str]) -> int:
    """The exit status. Raises Refused, or WrongUsage whose text is for the user as well."""
    name, given = (arguments[0], arguments[1:]) if arguments else ("", ())
    command = COMMANDS.get(name)
    if command is None:
        raise WrongUsage(usage())
    if len(given) != len(command.parameters):
        wanted = f"the arguments {' '.join(command.parameters)}" if command.parameters else "no arguments"
        raise WrongUsage(f"local-aws: '{name}' takes {wanted}, got {len(given)}: '{' '.join(given)}'\n{usage()}")
    return command.run(folder, *given)


def usage() -> str:
    calls = {" ".join((name, *command.parameters)): command.does for name, command in COMMANDS.items()}
    return "\n".join(["usage: emulator/local-aws COMMAND", *_table(calls), "KIND is one of", *_table({each.kind: each.effect for each in KINDS})])


def _table(rows: dict[str, str]) -> list[str]:
    width = max(map(len, rows)) + 2
    return [f"  {left:{width}}{right}" for left, right in rows.items()]
