"""Database servers that outlived their emulator."""
from __future__ import annotations

import os
import signal
from pathlib import Path

from local_aws.world.clock import CLOCK

PATIENCE_SECONDS = 3


def end(run_folder: Path) -> None:
    """Ends the servers whose data is in a run folder; returns when they are gone."""
    running = {pid: data for data in run_folder.glob("databases/*/data") if (pid := _server_of(data))}

    def gone() -> bool:
        return not any(_serves(pid, data) for pid, data in running.items())

    for number in (signal.SIGQUIT, signal.SIGKILL):
        for pid in running:
            _signal(pid, number)
        if CLOCK.wait_until(gone, PATIENCE_SECONDS, every=0.02):
            return


def _server_of(data: Path) -> int | None:
    """A process id alone may have been given to a stranger: its command line must name the data."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if _serves(pid, data) else None


def _serves(pid: int, data: Path) -> bool:
    try:
        return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
