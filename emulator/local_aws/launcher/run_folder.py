"""The run folder of an emulator, and what it says about the one that runs."""
from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from local_aws.world.clock import CLOCK

# One that is busy, or stands still with its machine, answers late.
PATIENCE_SECONDS = 120
PROMPT_SECONDS = 3
POLL_SECONDS = 0.5
LOCK = "lock"
# The lock's content: an empty file of that name may be anybody's, apt's for example.
MARK = "run folder of emulator/local-aws, which empties it\n"
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
        """Its answer; None when it is gone. Raises Refused when its process lives and says nothing for as long as we are patient."""
        answer = self._identified(PROMPT_SECONDS)
        if answer is not None or not self.owns_pid():
            return answer
        note(f"process {self.pid} is busy, waiting up to {PATIENCE_SECONDS} s for its answer")
        limit = CLOCK.monotonic() + PATIENCE_SECONDS
        while answer is None and self.owns_pid():
            left = limit - CLOCK.monotonic()
            if left <= 0:
                raise self._silent()
            answer = self._identified(left)
            if answer is None:
                CLOCK.sleep(POLL_SECONDS)
        return answer

    def _identified(self, timeout: float) -> dict[str, Any] | None:
        """The answer of the server behind the endpoint, if it is this instance."""
        try:
            answer = self._request("GET", "status", timeout)
        except (OSError, ValueError):
            return None
        same = isinstance(answer, dict) and answer.get("pid") == self.pid and answer.get("instance") == self.instance
        return answer if same else None

    def ask(self, method: str, path: str) -> Any:
        """Raises HTTPError when it is refused, Refused when no answer comes."""
        try:
            return self._request(method, path, PATIENCE_SECONDS)
        except urllib.error.HTTPError:
            raise
        except OSError:
            raise self._silent() from None

    def _request(self, method: str, path: str, timeout: float) -> Any:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(urllib.request.Request(f"{self.endpoint}/emulator/{path}", method=method), timeout=timeout) as response:
            return json.load(response)

    def _silent(self) -> Refused:
        return Refused(f"process {self.pid}, which serves {self.endpoint}, must answer within {PATIENCE_SECONDS} s, got no answer. "
                       "Try again when the machine is less busy, or give it and its resources up: emulator/local-aws stop")

    def owns_pid(self) -> bool:
        """A process id alone may have been given to a stranger: its command line must name this instance."""
        listing = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(self.pid)], capture_output=True, text=True)
        return self.instance in listing.stdout

    def alive(self) -> bool:
        return alive(self.pid)


class RunFolder:
    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def locked(self) -> Iterator[None]:
        self._claim()
        with open(self.path / LOCK, "a+") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle.fileno()).st_size == 0:
                handle.write(MARK)
                handle.flush()
            yield

    def _claim(self) -> None:
        """Starting empties this folder, hence never take over one that holds somebody else's files."""
        if self.path.is_dir() and not self._is_empty() and not self._is_marked():
            raise Refused(f"LOCAL_AWS_HOME must be a new, empty or former run folder, got '{self.path}'")
        self.path.mkdir(parents=True, exist_ok=True)

    def _is_empty(self) -> bool:
        """Nothing but a lock that another launcher has just made counts as empty."""
        return all(entry.name == LOCK and entry.stat().st_size == 0 for entry in self.path.iterdir())

    def _is_marked(self) -> bool:
        try:
            return (self.path / LOCK).read_bytes() == MARK.encode()
        except OSError:
            return False

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
