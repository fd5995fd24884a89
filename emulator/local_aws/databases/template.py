"""The data folder that every new writer starts from: made once, while nobody waits for it."""
from __future__ import annotations

import secrets
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

from local_aws.databases import programs

# AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html: the service's own superuser
SERVICE = "rdsadmin"
# AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
IAM = "rds_iam"
EVERYWHERE = ("template0", "template1", "postgres")
SQL = Path(__file__).with_suffix(".sql")


class Template:
    def __init__(self, folder: Path) -> None:
        self.password = secrets.token_hex(16)   # of the service's superuser
        self._folder = folder
        self._made: Future[None] = Future()
        Thread(target=self._make, daemon=True, name="database-template").start()

    def copy_to(self, data: Path) -> None:
        """Waits until the template is there."""
        self._made.result()
        programs.run("cp", "-a", str(self._folder), str(data))

    def _make(self) -> None:
        try:
            programs.run("initdb", f"--pgdata={self._folder}", f"--username={SERVICE}", "--auth=reject", "--encoding=UTF8",
                         "--locale=C.UTF-8", "--wal-segsize=4", "--no-sync", "--no-instructions")
            self._run("postgres", f"CREATE ROLE {IAM};\n\nALTER ROLE {SERVICE} PASSWORD '{self.password}';\n\n")
            for database in EVERYWHERE:
                self._run(database, SQL.read_text())
        except BaseException as failure:
            self._made.set_exception(failure)
        else:
            self._made.set_result(None)

    def _run(self, database: str, sql: str) -> None:
        # without the option it would go on after an error
        programs.run("postgres", "--single", "-j", "-F", "-c", "exit_on_error=on", "-D", str(self._folder), database, text=sql)
