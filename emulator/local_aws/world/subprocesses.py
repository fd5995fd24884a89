"""Processes that this one starts, and that do not outlive it, however it ends."""
from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from typing import Any, Sequence

# Linux only; elsewhere a process outlives an emulator that is killed, but not one that is stopped.
_DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()

_started: list[subprocess.Popen[Any]] = []
_lock = threading.Lock()


def start(command: Sequence[str], **options: Any) -> subprocess.Popen[Any]:
    """In a session of its own. The kernel ends the process when the thread that called this ends, so call it from one that stays."""
    with _lock:
        _started[:] = [process for process in _started if process.poll() is None]
        process = subprocess.Popen([*_DIES_WITH_US, *command], start_new_session=True, **options)
        _started.append(process)
    return process


def kill(process: subprocess.Popen[Any]) -> None:
    """With all that it started, as when a machine loses its power."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()


def kill_all() -> None:
    for process in list(_started):
        kill(process)
