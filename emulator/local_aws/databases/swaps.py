"""Role swaps between the databases of two clusters. The caller holds both locks, and changes the model in the same breath."""
from __future__ import annotations

from pathlib import Path

from local_aws.databases.database import Database
from local_aws.databases.programs import Failed


def fail_over(old: Database | None, new: Database) -> None:
    """Promotes the secondary with whatever it has. AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html:
    writes are fenced in the old Region as far as it can be reached; here they always end first."""
    _require_running(new)
    if old:
        old.server.kill()
    new.server.promote()
    new.server.keep_committing()


def switch_over(old: Database | None, new: Database) -> None:
    """Loses nothing: the writer stops first, and the secondary is promoted once it has all of it. Raises Failed otherwise, with
    the roles as they were."""
    if old is None:
        raise Failed(f"the writer that {new.cluster.db_cluster_arn} follows has no database")
    _require_running(old)
    _require_running(new)
    following = f"SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND application_name = '{new.server.place.region}'"
    if old.server.sql(following) != "1":
        raise Failed(f"{new.cluster.db_cluster_arn} does not follow {old.cluster.db_cluster_arn} at the moment")
    old.server.stop()
    written = old.server.storage.end_of_writes()
    if new.server.sql(f"SELECT pg_last_wal_receive_lsn() >= '{written}'") != "t":
        raise Failed(f"{new.cluster.db_cluster_arn} lacks what {old.cluster.db_cluster_arn} wrote last, up to {written}")
    new.server.promote()
    new.server.keep_committing()
    old.server.storage.follow()


def keep(database: Database, target: Path, lost: bool) -> bool:
    """Copies what a database has; `lost`: moves it, from an old writer that is to be filled anew. False when it has nothing."""
    server = database.server
    if not server.storage.filled:
        return False
    if lost:
        server.kill()
        server.storage.move_to(target)
    elif server.running:
        server.storage.back_up(target, server.place.address, server.place.port)
    else:
        server.storage.copy_to(target)
    return True


def _require_running(database: Database) -> None:
    if not database.server.running:
        raise Failed(f"database of {database.cluster.db_cluster_arn} must be running, is {database.state}")
