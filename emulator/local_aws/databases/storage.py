"""What a database server has: a folder that is either complete or not there."""
from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from local_aws.databases import programs
from local_aws.databases.configuration import Foundation
from local_aws.databases.relay import Relay


class Storage:
    """`path` is PostgreSQL's data folder."""

    def __init__(self, folder: Path, foundation: Foundation) -> None:
        self.path = folder / "data"
        self._folder, self._foundation = folder, foundation

    @property
    def filled(self) -> bool:
        return self.path.is_dir()

    @property
    def replica(self) -> bool:
        return (self.path / "standby.signal").exists()

    def fill_from_template(self) -> None:
        with self._filling() as part:
            self._foundation.template.copy_to(part)

    def fill_from(self, kept: Path) -> None:
        """With what another server had in its folder."""
        with self._filling() as part:
            programs.run("cp", "-a", str(kept), str(part))
            (part / "standby.signal").unlink(missing_ok=True)

    def fill_through(self, relay: Relay) -> None:
        """With a copy of what the server behind the relay has, which it follows from then on."""
        with self._filling() as part:
            self.back_up(part, relay.address, relay.port)
            programs.write(part / "standby.signal", "")

    def back_up(self, target: Path, address: str, port: int) -> None:
        """A copy of what the server that answers there has."""
        programs.run("pg_basebackup", f"--pgdata={target}", f"--dbname={self._foundation.connection(address, port)}",
                     "--checkpoint=fast", "--wal-method=stream", "--no-sync", "--no-manifest", environment=self._foundation.secret())

    def follow(self) -> None:
        """From its next start on."""
        programs.write(self.path / "standby.signal", "")

    def move_to(self, target: Path) -> None:
        """Of a dead server."""
        self.path.rename(target)

    def copy_to(self, target: Path) -> None:
        """Of a dead server."""
        programs.run("cp", "-a", str(self.path), str(target))

    def remove(self) -> None:
        programs.run("rm", "-rf", str(self.path))

    def end_of_writes(self) -> str:
        """Position of the last record of a server that stopped in order, such as 0/3000028; raises Failed when it did not."""
        control = dict(line.split(":", 1) for line in programs.run("pg_controldata", str(self.path)).splitlines() if ":" in line)
        if control["Database cluster state"].strip() != "shut down":
            raise programs.Failed(f"server of {self.path} must have stopped in order, is '{control['Database cluster state'].strip()}'")
        return control["Latest checkpoint location"].strip()

    @contextmanager
    def _filling(self) -> Iterator[Path]:
        """A folder that becomes the data when it is complete."""
        part = self._folder / "data.part"
        programs.run("rm", "-rf", str(part))
        yield part
        part.rename(self.path)
