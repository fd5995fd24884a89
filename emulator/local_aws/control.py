"""The launcher's commands. Needs the standard library only, so that `stop` works without moto."""
from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from local_aws import leftovers
from local_aws.identity import code_version

START_SECONDS = 60
STOP_SECONDS = 10
LOCK = "lock"
# Written by scripts/with-aws around `terraform apply`; its content is Terraform's process id.
APPLYING = "applying"


class Refused(Exception):
    """A command that cannot be carried out; the text goes to the user."""


def note(text: str) -> None:
    print(f"local-aws: {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Instance:
    """What the run folder says about an emulator; whether it still lives is another question."""

    pid: int
    endpoint: str
    instance: str

    def status(self) -> dict[str, Any] | None:
        """The answer of the emulator behind the endpoint, if it is this instance."""
        try:
            answer = self.ask("GET", "status", timeout=3)
        except (OSError, ValueError, urllib.error.URLError):
            return None
        same = isinstance(answer, dict) and answer.get("pid") == self.pid and answer.get("instance") == self.instance
        return answer if same else None

    def ask(self, method: str, path: str, timeout: float = 30) -> Any:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(urllib.request.Request(f"{self.endpoint}/emulator/{path}", method=method), timeout=timeout) as response:
            return json.load(response)

    def owns_pid(self) -> bool:
        """A process id alone may have been given to a stranger: its command line must name this instance."""
        listing = subprocess.run(["ps", "-o", "command=", "-p", str(self.pid)], capture_output=True, text=True)
        return self.instance in listing.stdout


class RunFolder:
    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def locked(self) -> Iterator[None]:
        self._claim()
        with open(self.path / LOCK, "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _claim(self) -> None:
        """Starting empties this folder, hence never take over one that holds somebody else's files."""
        if self.path.is_dir() and any(self.path.iterdir()) and not (self.path / LOCK).exists():
            raise Refused(f"LOCAL_AWS_HOME must be a new, empty or former run folder, got '{self.path}'")
        self.path.mkdir(parents=True, exist_ok=True)

    def read(self) -> Instance | None:
        try:
            return Instance(
                int((self.path / "pid").read_text()),
                (self.path / "endpoint").read_text().strip(),
                (self.path / "instance").read_text().strip(),
            )
        except (OSError, ValueError):
            return None

    def write(self, found: Instance) -> None:
        for name, value in (("instance", found.instance), ("pid", found.pid), ("endpoint", found.endpoint)):
            part = self.path / f".{name}"
            part.write_text(f"{value}\n")
            part.replace(self.path / name)

    def forget(self) -> None:
        for name in ("pid", "endpoint", "instance"):
            (self.path / name).unlink(missing_ok=True)

    def empty(self) -> None:
        for entry in self.path.iterdir():
            if entry.name == LOCK:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def killed_apply(self) -> bool:
        """True when `terraform apply` was killed half-way; a marker naming a live process is an apply under way."""
        try:
            owner = (self.path / APPLYING).read_text().strip()
        except FileNotFoundError:
            return False
        return not (owner.isdigit() and alive(int(owner)))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def terminate(found: Instance) -> None:
    if not alive(found.pid):
        return
    if found.status() is None and not found.owns_pid():
        note(f"process {found.pid} is not the emulator that wrote the run folder, left alone")
        return
    for number, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        try:
            os.kill(found.pid, number)
        except ProcessLookupError:
            return
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if not alive(found.pid):
                return
            time.sleep(0.05)
    raise Refused(f"process {found.pid} must end after SIGKILL, still alive after {STOP_SECONDS} s")


def fixed_port() -> int:
    text = os.environ.get("LOCAL_AWS_PORT") or "0"
    if not text.isdigit() or int(text) > 65535:
        raise Refused(f"LOCAL_AWS_PORT must be a port number between 1 and 65535, got '{text}'")
    return int(text)


def launch(folder: RunFolder) -> Instance:
    instance = uuid.uuid4().hex
    port = fixed_port()
    ready, signal_ready = os.pipe()
    log_path = folder.path / "log"
    with open(log_path, "wb") as log, open(ready, "rb") as answers:
        process = subprocess.Popen(
            [sys.executable, "-m", "local_aws", "--port", str(port), "--instance", instance, "--ready-fd", str(signal_ready)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[signal_ready], cwd="/", start_new_session=True,
            env={**os.environ, "LOCAL_AWS_HOME": str(folder.path), "LOCAL_AWS_STARTED_IN": os.getcwd()})
        os.close(signal_ready)
        try:
            bound = _await_line(answers, process)
        except Refused as refusal:
            process.kill()
            process.wait()
            tail = log_path.read_text(errors="replace").strip().splitlines()[-5:]
            raise Refused("\n".join([f"{refusal}; end of {log_path}:", *tail])) from None
    found = Instance(process.pid, f"http://127.0.0.1:{bound}", instance)
    folder.write(found)
    return found


def _await_line(answers: Any, process: subprocess.Popen[bytes]) -> int:
    """The child writes its port once it answers; the pipe closes without a line when it dies."""
    os.set_blocking(answers.fileno(), False)
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        line = answers.read()
        if line and line.strip().isdigit():
            return int(line)
        if process.poll() is not None:
            raise Refused(f"the emulator ended with code {process.returncode} while starting")
        time.sleep(0.05)
    raise Refused(f"the emulator must answer within {START_SECONDS} s of its start")


def start(folder: RunFolder) -> int:
    with folder.locked():
        found = folder.read()
        answer = found.status() if found else None
        healthy = answer is not None
        if found and healthy and not folder.killed_apply():
            note(f"already running as process {found.pid}")
            if answer and answer.get("code") != code_version():
                note("it runs other code than this checkout holds: stop and start it to use the new one, its resources will be gone")
            for region, kinds in (answer or {}).get("faults", {}).items():
                for kind in kinds:
                    note(f"{region} is out until emulator/local-aws restore {region}" if kind == "region" else
                         f"{region} has the fault {kind} until emulator/local-aws repair {region} {kind}")
            print(found.endpoint)
            return 0
        if found and healthy:
            note("the last deployment was killed while applying; starting from zero, its resources are discarded")
        elif found:
            note("the last emulator is gone and its resources with it; starting from zero")
        if found:
            terminate(found)
        leftovers.end(folder.path)
        folder.empty()
        note("starting")
        found = launch(folder)
        note(f"running as process {found.pid}, log in {folder.path / 'log'}")
        print(found.endpoint)
    return 0


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
            leftovers.end(folder.path)
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


def outage(folder: RunFolder, region: str) -> int:
    _change(folder, "PUT", "outages", region)
    note(f"{region} is out: its requests get no answer")
    return 0


def restore(folder: RunFolder, region: str) -> int:
    _change(folder, "DELETE", "outages", region)
    note(f"{region} answers again")
    return 0


def fault(folder: RunFolder, region: str, kind: str) -> int:
    _change(folder, "PUT", "faults", region, kind)
    note(f"{region} has the fault {kind}")
    return 0


def repair(folder: RunFolder, region: str, kind: str) -> int:
    _change(folder, "DELETE", "faults", region, kind)
    note(f"{region} no longer has the fault {kind}")
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


COMMANDS = {"start": start, "stop": stop, "status": status, "endpoint": endpoint, "outage": outage, "restore": restore,
            "fault": fault, "repair": repair, "kill-function": kill_function}


def main(arguments: list[str]) -> int:
    try:
        return COMMANDS[arguments[0]](RunFolder(Path(os.environ["LOCAL_AWS_HOME"]).absolute()), *arguments[1:])
    except Refused as refusal:
        note(str(refusal))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
