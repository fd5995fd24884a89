"""How every server runs, and how the service's superuser reaches one."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from local_aws.databases.authority import Authority
from local_aws.databases.relay import Relay
from local_aws.databases.template import IAM, SERVICE, Template

# No disk is waited for: what was committed survives the death of a server, not of the machine.
POSTGRESQL_CONF = """
unix_socket_directories = ''
ssl = on
password_encryption = 'scram-sha-256'
wal_level = logical
wal_keep_size = '512MB'
hot_standby = on
fsync = off
shared_buffers = '32MB'
dynamic_shared_memory_type = mmap
max_connections = 100
max_wal_senders = 10
max_replication_slots = 10
max_prepared_transactions = 10
max_worker_processes = 16
max_logical_replication_workers = 8
wal_retrieve_retry_interval = '200ms'
shared_preload_libraries = 'pg_stat_statements'
timezone = 'UTC'
log_timezone = 'UTC'
"""
# Nobody signs in without TLS. AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html: the password of a member is a
# token of IAM; none is checked here.
ACCESS = f"""
hostssl all,replication {SERVICE} all scram-sha-256
hostssl all +{IAM} all trust
hostssl all all all scram-sha-256
"""


@dataclass(frozen=True)
class Place:
    """Where a server listens, and in which Region."""

    region: str
    address: str
    port: int


@dataclass(frozen=True)
class Foundation:
    """What all servers of an emulator share."""

    authority: Authority
    template: Template

    def connection(self, address: str, port: int) -> str:
        return (f"host=localhost hostaddr={address} port={port} user={SERVICE} gssencmode=disable"
                f" sslmode=verify-full sslrootcert='{self.authority.certificate}'")

    def secret(self) -> dict[str, str]:
        return {"PGPASSWORD": self.template.password, "PGCONNECT_TIMEOUT": "10"}

    def configuration(self, folder: Path, place: Place, source: Relay, writer_region: str) -> str:
        """A server's postgresql.conf; a replica follows what is behind the source."""
        values = {
            "listen_addresses": place.address, "port": place.port, "hba_file": folder / "pg_hba.conf",
            "ssl_cert_file": folder / "server.crt", "ssl_key_file": folder / "server.key",
            "primary_conninfo": f"{self.connection(source.address, source.port)} password={self.template.password}"
                                f" application_name={place.region}",
            "local_aws.region": place.region, "local_aws.writer_region": writer_region}
        return POSTGRESQL_CONF + "".join(f"{name} = {quoted(value)}\n" for name, value in values.items())


def quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
