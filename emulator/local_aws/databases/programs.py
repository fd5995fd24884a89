"""PostgreSQL's programs: where they are, and how to run them as a user that they accept, since servers refuse root."""
from __future__ import annotations

import functools
import os
import pwd
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")
WITHOUT_ROOT = "nobody"

# The kernel signals a child when the *thread* that started it ends, and threads of requests end all the time.
_starter = ThreadPoolExecutor(1, "process-starter")


class Failed(Exception):
    """A program that could not be run, or ended with an error; the text says what it said."""


def require() -> None:
    """Ends the process when the machine has no server."""
    try:
        folder()
    except Failed as missing:
        raise SystemExit(f"local-aws: {missing}") from None


@functools.lru_cache
def folder() -> Path:
    """Where the programs of a server that is new enough are."""
    found = {candidate: _major(candidate) for candidate in _candidates() if (candidate / "postgres").is_file()}
    for candidate, major in found.items():
        if major >= OLDEST:
            return candidate
    versions = ", ".join(f"{major} in {candidate}" for candidate, major in found.items()) or "none"
    raise Failed(f"LOCAL_AWS_DATA_PLANE=on needs a PostgreSQL server, {OLDEST} or newer, found {versions};"
                 f" install it (Debian: apt-get install postgresql-{OLDEST}) or put its programs on the PATH")


def _candidates() -> list[Path]:
    on_path = shutil.which("postgres")
    configured = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True).stdout.strip() if shutil.which("pg_config") else ""
    packaged = sorted(DEBIAN.glob("*/bin"), key=lambda found: -int(found.parent.name) if found.parent.name.isdigit() else 0)
    return [*([Path(on_path).resolve().parent] if on_path else []), *([Path(configured)] if configured else []), *packaged]


def _major(candidate: Path) -> int:
    output = subprocess.run([str(candidate / "postgres"), "--version"], capture_output=True, text=True).stdout
    number = re.search(r"(\d+)", output)
    return int(number.group(1)) if number else 0


def run(name: str, *arguments: str, text: str = "", environment: dict[str, str] | None = None) -> str:
    """What a program prints, run as the user that servers run as; it gets `text` on its standard input."""
    process = start(name, *arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                    environment=environment)
    output, errors = process.communicate(text)
    if process.returncode:
        raise Failed(f"{name} ended with {process.returncode}: {' '.join(errors.split())[-500:]}")
    return str(output)


def start(name: str, *arguments: str, environment: dict[str, str] | None = None, last_signal: str = "KILL",
          **popen: Any) -> subprocess.Popen[Any]:
    """A program that gets its last signal when this process ends, also when that is killed.

    Only a program with a handler of its own may get another than KILL: a shell starts its background jobs with SIGQUIT and
    SIGINT ignored, and all that they start inherits that.
    """
    program = str(folder() / name) if (folder() / name).exists() else name
    command = ["setpriv", "--pdeathsig", last_signal, *_other_user(), program, *arguments]
    return _starter.submit(subprocess.Popen, command, cwd="/", start_new_session=True, env={**_environment(), **(environment or {})},
                           **popen).result()


def _environment() -> dict[str, str]:
    """Without settings and certificates that the user who started the emulator has for other servers."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PG")}, "HOME": "/nonexistent", "LC_ALL": "C"}


def write(path: Path, text: str, mode: int = 0o600) -> None:
    """A file of the user that servers run as."""
    part = path.with_name(f".{path.name}")
    part.touch(0o600)
    part.write_text(text)
    part.chmod(mode)
    give(part)
    part.replace(path)


def give(path: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam(WITHOUT_ROOT)
        os.chown(path, user.pw_uid, user.pw_gid)


def _other_user() -> list[str]:
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam(WITHOUT_ROOT)
    return [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
