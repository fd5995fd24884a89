"""One PostgreSQL server: its process, and SQL as the service's superuser."""
from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from local_aws.databases import programs
from local_aws.databases.configuration import ACCESS, Foundation, Place
from local_aws.databases.relay import Relay
from local_aws.databases.storage import Storage
from local_aws.world.clock import CLOCK

START_SECONDS = 30
# a clean stop waits until the replica has everything
STOP_SECONDS = 90
POLL_SECONDS = 0.01
STATUS_LINE = 7   # of postmaster.pid


class Server:
    def __init__(self, folder: Path, place: Place, names: list[str], foundation: Foundation) -> None:
        self.folder, self.place, self._foundation = folder, place, foundation
        self.storage = Storage(folder, foundation)
        self._process: subprocess.Popen[bytes] | None = None
        self._committer: subprocess.Popen[bytes] | None = None
        folder.mkdir(exist_ok=True)   # of a deleted cluster of that name; its log goes on
        programs.give(folder)
        foundation.authority.issue(folder, [*names, "localhost"])
        programs.write(folder / "pg_hba.conf", ACCESS)

    @property
    def running(self) -> bool:
        process = self._process
        return process is not None and process.poll() is None and self._status() == "ready"

    def start(self, source: Relay, writer_region: str) -> None:
        (self.storage.path / "postmaster.pid").unlink(missing_ok=True)   # of a server that was killed
        programs.write(self.folder / "postgresql.conf", self._foundation.configuration(self.folder, self.place, source, writer_region))
        with open(self.folder / "log", "ab") as log:
            process = programs.start("postgres", "-D", str(self.storage.path), "-c", f"config_file={self.folder / 'postgresql.conf'}",
                                     last_signal="QUIT",   # it ends its own processes, too
                                     stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._process = process
        CLOCK.wait_until(lambda: process.poll() is not None or self._status() == "ready", START_SECONDS, POLL_SECONDS)
        if self.running:
            return
        self.kill()
        raise programs.Failed(f"PostgreSQL of {self.folder.name} must be ready within {START_SECONDS} s: {self._end_of_log()}")

    def stop(self) -> None:
        """Clients are sent away, a replica that is connected gets everything."""
        self._signal(signal.SIGINT)
        self.await_end(STOP_SECONDS)

    def quit(self) -> None:
        """At once, but in order; does not wait for the end."""
        self._signal(signal.SIGQUIT)

    def await_end(self, seconds: float) -> None:
        """Kills it when its time is over."""
        process = self._process
        try:
            if process is not None:
                process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """As a machine that loses its power: no process of the server gets another word out."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGSTOP)   # or it would start others for those that die
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            _kill(int(child))
        process.kill()
        process.wait()

    def _signal(self, number: signal.Signals) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(number)

    def _status(self) -> str:
        try:
            lines = (self.storage.path / "postmaster.pid").read_text().splitlines()
        except OSError:
            return ""
        return lines[STATUS_LINE].strip() if len(lines) > STATUS_LINE else ""

    # --- SQL

    def sql(self, script: str, database: str = "postgres") -> str:
        return programs.run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", f"--dbname={self._connection(database)}",
                            text=script, environment=self._foundation.secret()).strip()

    def promote(self) -> None:
        if self.sql("SELECT pg_promote(true, 60)") != "t":
            raise programs.Failed(f"PostgreSQL of {self.folder.name} must be promoted within 60 s: {self._end_of_log()}")

    def keep_committing(self) -> None:
        """Has a transaction committed each second, so that a replica knows its age also when nobody writes."""
        if self._committer is None or self._committer.poll() is not None:
            self._committer = programs.start("psql", "-XAtq", f"--dbname={self._connection('postgres')} application_name=committer",
                                         stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                         environment=self._foundation.secret())
            assert self._committer.stdin is not None
            self._committer.stdin.write(b"SELECT pg_current_xact_id() \\watch 1\n")
            self._committer.stdin.close()

    def _connection(self, database: str) -> str:
        return f"{self._foundation.connection(self.place.address, self.place.port)} dbname={database}"

    def _end_of_log(self) -> str:
        return " | ".join((self.folder / "log").read_text(errors="replace").splitlines()[-5:])


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
