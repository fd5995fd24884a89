"""Starts and ends the emulator's process."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from typing import Any

from local_aws import settings
from local_aws.launcher.run_folder import PATIENCE_SECONDS, Instance, Refused, RunFolder, note
from local_aws.world.clock import CLOCK

STOP_SECONDS = 10
POLL_SECONDS = 0.05


def launch(folder: RunFolder) -> Instance:
    """Returns once it answers."""
    try:
        port = settings.port()
    except ValueError as problem:
        raise Refused(str(problem)) from None
    instance = uuid.uuid4().hex
    ready, signal_ready = os.pipe()
    log_path = folder.path / "log"
    with open(log_path, "wb") as log, open(ready, "rb") as answers:
        process = subprocess.Popen(
            [sys.executable, "-m", "local_aws", "--port", str(port), "--instance", instance, "--ready-fd", str(signal_ready)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[signal_ready], cwd="/", start_new_session=True,
            env={**os.environ, settings.HOME: str(folder.path), settings.STARTED_IN: os.getcwd()})
        os.close(signal_ready)
        try:
            bound = _await_port(answers, process)
        except Refused as refusal:
            process.kill()
            process.wait()
            tail = log_path.read_text(errors="replace").strip().splitlines()[-5:]
            raise Refused("\n".join([f"{refusal}; end of {log_path}:", *tail])) from None
    found = Instance(process.pid, f"http://127.0.0.1:{bound}", instance)
    folder.write(found)
    return found


def _await_port(answers: Any, process: subprocess.Popen[bytes]) -> int:
    """The child writes its port once it answers; the pipe closes without a line when it dies."""
    os.set_blocking(answers.fileno(), False)
    line = b""

    def settled() -> bool:
        nonlocal line
        line = answers.read() or b""
        return line.strip().isdigit() or process.poll() is not None

    if not CLOCK.wait_until(settled, PATIENCE_SECONDS, POLL_SECONDS):
        raise Refused(f"the emulator must answer within {PATIENCE_SECONDS} s of its start")
    if not line.strip().isdigit():
        raise Refused(f"the emulator ended with code {process.returncode} while starting")
    return int(line)


def terminate(found: Instance) -> None:
    if not found.alive():
        return
    if not found.owns_pid():
        note(f"process {found.pid} is not the emulator that wrote the run folder, left alone")
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(found.pid, number)
        except ProcessLookupError:
            return
        if CLOCK.wait_until(lambda: not found.alive(), STOP_SECONDS, POLL_SECONDS):
            return
    raise Refused(f"process {found.pid} must end after SIGKILL, still alive after {STOP_SECONDS} s")
