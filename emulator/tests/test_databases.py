from __future__ import annotations

import functools
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, Callable
from unittest import mock

import fleet
import roles
from botocore.exceptions import ClientError
from instance import EMULATOR, HOMES, SHARED, Emulator, EmulatorTest, client_of, endpoint, eventually, gone

from local_aws.databases import programs

PRIMARY, DR = "us-east-1", "us-east-2"
PASSWORD = "it's long enough"
ENGINE = {"Engine": "aurora-postgresql", "EngineVersion": "16.6"}
NUMBER = itertools.count()
# An emulator whose fault `lag` is as long as its first argument says.
DRIVEN = """
import sys
from local_aws import __main__
from local_aws.world.faults import ReplicationLag

ReplicationLag.replication_delay_seconds = float(sys.argv.pop(1))
__main__.main()
"""
LAG_SECONDS = 3.0


class Driven:
    """One for all tests of this file that need a data plane."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="local-aws-databases-"))
        ready, signal_ready = os.pipe()
        environment = {"PYTHONPATH": str(EMULATOR), "LOCAL_AWS_HOME": str(self.home), "LOCAL_AWS_DATA_PLANE": "on",
                       "LOCAL_AWS_FAILOVER_SECONDS": "0.2", "LOCAL_AWS_CHECK_ANSWERS": "on"}
        with open(self.home / "log", "wb") as log:
            self.process = subprocess.Popen([sys.executable, "-c", DRIVEN, str(LAG_SECONDS), "--ready-fd", str(signal_ready)],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[signal_ready],
                                            env={**os.environ, **environment})
        os.close(signal_ready)
        with open(ready) as answers:
            port = answers.readline().strip()
        assert port, (self.home / "log").read_text()
        self.endpoint = f"http://127.0.0.1:{port}"

    def fault(self, region: str, kind: str) -> None:
        self._change("PUT", region, kind)

    def repair(self, region: str, kind: str) -> None:
        """No error where there is none."""
        with urllib.request.urlopen(f"{self.endpoint}/emulator/status") as answer:
            if kind in json.load(answer)["faults"].get(region, ()):
                self._change("DELETE", region, kind)

    def _change(self, method: str, region: str, kind: str) -> None:
        urllib.request.urlopen(urllib.request.Request(f"{self.endpoint}/emulator/faults/{region}/{kind}", method=method)).close()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def processes_of(home: Path) -> list[str]:
    """Command lines that name the run folder, other than those of tests."""
    lines = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:   # it has ended
            continue
        if str(home) in line and "/postgres" in line.split(" ")[0]:
            lines.append(line)
    return lines


def make_single(endpoint: str, name: str = "single") -> None:
    rds = client_of("rds", PRIMARY, endpoint)
    rds.create_db_cluster(DBClusterIdentifier=name, MasterUsername="dbadmin", MasterUserPassword=PASSWORD, **ENGINE)
    rds.create_db_instance(DBInstanceIdentifier=f"{name}-0", DBClusterIdentifier=name, DBInstanceClass="db.r6g.large",
                           Engine="aurora-postgresql")


def databases_of(endpoint: str) -> dict[str, dict[str, Any]]:
    with urllib.request.urlopen(f"{endpoint}/emulator/databases") as answer:
        return {found["cluster"]: found for found in json.load(answer)}


class Pair:
    """A global database over two Regions, named as the project names them."""

    def __init__(self, driven: Driven, regions: tuple[str, ...] = (PRIMARY, DR)) -> None:
        number = next(NUMBER)
        self.driven = driven
        self.rds = {region: client_of("rds", region, driven.endpoint) for region in (PRIMARY, DR)}
        self.group = f"global-db-t{number}"
        self.names = {PRIMARY: f"primary-db-cluster-t{number}", DR: f"dr-db-cluster-t{number}"}
        self.rds[PRIMARY].create_global_cluster(GlobalClusterIdentifier=self.group, **ENGINE)
        self.arns = {}
        for region in regions:
            given = {"MasterUsername": "dbadmin", "MasterUserPassword": PASSWORD, "DatabaseName": "paymentsdb"} if region == PRIMARY else {}
            self.arns[region] = self.rds[region].create_db_cluster(
                DBClusterIdentifier=self.names[region], GlobalClusterIdentifier=self.group, Port=5433, **ENGINE, **given
            )["DBCluster"]["DBClusterArn"]
            self.add_instance(region)

    def add_instance(self, region: str, cluster: str | None = None) -> None:
        name = cluster or self.names[region]
        self.rds[region].create_db_instance(DBInstanceIdentifier=f"{name}-0", DBClusterIdentifier=name, DBInstanceClass="db.r6g.large",
                                            Engine="aurora-postgresql")

    def told(self, region: str) -> dict[str, Any]:
        return databases_of(self.driven.endpoint)[self.names[region]]

    def sql(self, where: str, sql: str, **more: str) -> str:
        return sql_at(databases_of(self.driven.endpoint)[self.names.get(where, where)], sql, **more)

    def lag(self, region: str = DR) -> int:
        return int(self.sql(region, "SELECT max(durability_lag_in_msec) FROM aurora_global_db_status() WHERE durability_lag_in_msec >= 0"))

    def follows(self, region: str, count: int) -> Callable[[], bool]:
        return lambda: self.told(region)["state"] == "running" and self.sql(region, "SELECT count(*) FROM payments") == str(count)

    def swap(self, region: str, loss: bool) -> None:
        call, more = ("failover", {"AllowDataLoss": True}) if loss else ("switchover", {})
        getattr(self.rds[region], f"{call}_global_cluster")(GlobalClusterIdentifier=self.group, TargetDbClusterIdentifier=self.arns[region],
                                                            **more)

    def writer(self) -> str | None:
        """Nobody while a swap is under way."""
        group = self.rds[DR].describe_global_clusters(GlobalClusterIdentifier=self.group)["GlobalClusters"][0]
        if group.get("FailoverState"):
            return None
        return next((str(m["DBClusterArn"]).split(":")[3] for m in group["GlobalClusterMembers"] if m["IsWriter"]), None)

    def snapshots(self, region: str) -> list[str]:
        found = self.rds[region].describe_db_cluster_snapshots(DBClusterIdentifier=self.names[region])["DBClusterSnapshots"]
        return [s["DBClusterSnapshotIdentifier"] for s in found if s["DBClusterSnapshotIdentifier"].startswith("rds:unplanned-")]


def sql_at(database: dict[str, Any], sql: str, user: str = "dbadmin", password: str = PASSWORD, mode: str = "verify-full",
           host: str | None = None) -> str:
    """What psql prints, errors too."""
    connection = (f"host={host or database['endpoint']} hostaddr={database['address']} port={database['port']} user={user} dbname=paymentsdb"
                  f" sslmode={mode} sslrootcert={database['rootCertificate']} connect_timeout=3")
    done = subprocess.run(["psql", "-XAtq", connection], input=sql, env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip()


class DatabasesTest(EmulatorTest):
    driven: Driven
    shared: Pair

    @classmethod
    def setUpClass(cls) -> None:
        cls.driven = Driven()
        cls.addClassCleanup(shutil.rmtree, cls.driven.home, ignore_errors=True)
        cls.addClassCleanup(cls.driven.stop)
        HOMES.add(cls.driven.home)
        cls.addClassCleanup(HOMES.discard, cls.driven.home)
        cls.shared = Pair(cls.driven)
        cls.shared.sql(PRIMARY, "CREATE TABLE payments (id int); CREATE ROLE app LOGIN; GRANT rds_iam TO app;"
                                " GRANT SELECT ON payments TO app")

    def assert_soon(self, question: Callable[[], Any], seconds: float = 15) -> None:
        self.assertTrue(eventually(question, seconds), (self.driven.home / "log").read_text()[-3000:])

    # --- clients

    def test_writer_and_reader_endpoint_answer_over_verified_tls_with_the_password(self) -> None:
        told = self.shared.told(PRIMARY)
        for name in (told["endpoint"], told["readerEndpoint"], "localhost"):
            self.assertEqual("dbadmin paymentsdb t", sql_at(
                told, "SELECT current_user || ' ' || current_database() || ' ' || ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                host=name).replace("true", "t"))
        self.assertIn("password authentication failed", sql_at(told, "SELECT 1", password="wrong"))
        self.assertIn("no encryption", sql_at(told, "SELECT 1", mode="disable"))
        self.assertIn("does not match host name", sql_at(told, "SELECT 1", host="stranger.example.com"))

    def test_members_of_rds_iam_need_no_password_and_others_do(self) -> None:
        told = self.shared.told(PRIMARY)
        self.assertEqual("app", sql_at(told, "SELECT current_user", user="app", password="token of IAM"))
        self.shared.sql(PRIMARY, "CREATE ROLE other LOGIN")
        self.assertIn("password authentication failed", sql_at(told, "SELECT 1", user="other", password="token of IAM"))

    def test_clients_are_told_where(self) -> None:
        told = {region: self.shared.told(region) for region in (PRIMARY, DR)}
        self.assertEqual({PRIMARY: True, DR: False}, {region: found["writer"] for region, found in told.items()})
        self.assertEqual([(self.shared.group, 5433, "running")] * 2, [(f["globalCluster"], f["port"], f["state"]) for f in told.values()])
        hosts = {tuple(line.split()[:1]): line.split()[1:] for line in (self.driven.home / "databases" / "hosts").read_text().splitlines()}
        self.assertIn("localhost", hosts[("127.0.0.1",)])
        for found in told.values():
            self.assertTrue(found["address"].startswith("127."))
            self.assertEqual([found["endpoint"], found["readerEndpoint"]], hosts[(found["address"],)][:2])
        self.assertNotEqual(told[PRIMARY]["address"], told[DR]["address"])

    def test_a_new_password_replaces_the_old_one(self) -> None:
        pair = Pair(self.driven, (PRIMARY,))
        pair.rds[PRIMARY].modify_db_cluster(DBClusterIdentifier=pair.names[PRIMARY], MasterUserPassword="another long one")
        self.assertEqual("1", pair.sql(PRIMARY, "SELECT 1", password="another long one"))
        self.assertIn("password authentication failed", pair.sql(PRIMARY, "SELECT 1"))

    # --- replication

    def test_the_secondary_has_what_the_writer_commits_and_takes_no_writes(self) -> None:
        pair = self.shared
        pair.sql(PRIMARY, "INSERT INTO payments SELECT 1 FROM generate_series(1, 100)")
        expected = int(pair.sql(PRIMARY, "SELECT count(*) FROM payments"))
        self.assert_soon(pair.follows(DR, expected))
        self.assertIn("read-only transaction", pair.sql(DR, "INSERT INTO payments VALUES (1)"))
        self.assertEqual(str(expected), pair.sql(DR, "SELECT count(*) FROM payments", user="app", password="any"))
        self.assert_soon(lambda: pair.lag() < 200)
        writers = "SELECT string_agg(aws_region, ' ') FROM aurora_global_db_status() WHERE durability_lag_in_msec = -1"
        self.assertEqual([PRIMARY] * 2, [pair.sql(region, writers) for region in (PRIMARY, DR)])
        self.assert_soon(lambda: pair.sql(PRIMARY, "SELECT string_agg(aws_region, ' ' ORDER BY aws_region) FROM aurora_global_db_status()")
                         == f"{PRIMARY} {DR}")

    def test_a_partition_holds_replication_up_and_nothing_else(self) -> None:
        pair = self.shared
        before = int(pair.sql(PRIMARY, "SELECT count(*) FROM payments"))
        self.assert_soon(pair.follows(DR, before))
        self.driven.fault(PRIMARY, "partition")
        self.addCleanup(self.driven.repair, PRIMARY, "partition")
        self.assertEqual("", pair.sql(PRIMARY, "INSERT INTO payments VALUES (2)"))
        self.assert_soon(lambda: pair.lag() > 2500)
        self.assertEqual(str(before), pair.sql(DR, "SELECT count(*) FROM payments"))
        self.driven.repair(PRIMARY, "partition")
        self.assert_soon(pair.follows(DR, before + 1))
        self.assert_soon(lambda: pair.lag() < 200)

    def test_lag_delays_what_arrives(self) -> None:
        pair = self.shared
        before = int(pair.sql(PRIMARY, "SELECT count(*) FROM payments"))
        self.assert_soon(pair.follows(DR, before))
        # Signing in again after another test is not late.
        self.assert_soon(lambda: pair.sql(PRIMARY, "SELECT count(*) FROM aurora_global_db_status()") == "2")
        time.sleep(1)
        self.driven.fault(PRIMARY, "lag")
        self.addCleanup(self.driven.repair, PRIMARY, "lag")
        written = time.monotonic()
        pair.sql(PRIMARY, "INSERT INTO payments VALUES (3)")
        self.assert_soon(pair.follows(DR, before + 1))
        self.assertGreater(time.monotonic() - written, LAG_SECONDS - 0.5)
        self.assert_soon(lambda: 2500 < pair.lag() < 10_000)
        self.driven.repair(PRIMARY, "lag")
        self.assert_soon(lambda: pair.lag() < 200)

    # --- role swaps

    def test_a_switchover_loses_nothing_and_goes_back(self) -> None:
        pair = Pair(self.driven)
        pair.sql(PRIMARY, "CREATE TABLE payments (id int)")
        self.driven.fault(PRIMARY, "lag")
        self.addCleanup(self.driven.repair, PRIMARY, "lag")
        for rows, (old, new) in enumerate(((PRIMARY, DR), (DR, PRIMARY)), start=1):
            pair.sql(old, "INSERT INTO payments VALUES (1)")
            self.assert_soon(lambda: pair.sql(old, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == "1")
            pair.swap(new, loss=False)
            self.assert_soon(lambda: pair.writer() == new)
            self.assertEqual(str(rows), pair.sql(new, "SELECT count(*) FROM payments"))
            self.assertEqual("", pair.sql(new, "INSERT INTO payments VALUES (2); DELETE FROM payments WHERE id = 2"))
            self.assert_soon(pair.follows(old, rows))
            self.assertIn("read-only transaction", pair.sql(old, "INSERT INTO payments VALUES (3)"))
            self.assertEqual([], pair.snapshots(old))
            hosts = (self.driven.home / "databases" / "hosts").read_text()
            self.assertRegex(hosts, rf"(?m)^{pair.told(new)['address']} .* {pair.group}\.global-")

    def test_a_switchover_that_would_lose_something_leaves_the_writer(self) -> None:
        pair = Pair(self.driven)
        pair.sql(PRIMARY, "CREATE TABLE payments (id int)")
        self.driven.fault(PRIMARY, "partition")
        self.addCleanup(self.driven.repair, PRIMARY, "partition")
        pair.sql(PRIMARY, "INSERT INTO payments VALUES (1)")
        self.assert_soon(lambda: pair.sql(PRIMARY, "SELECT count(*) FROM pg_stat_replication") == "0")
        started = pair.sql(PRIMARY, "SELECT pg_postmaster_start_time()")
        pair.swap(DR, loss=False)
        self.assert_soon(lambda: pair.writer() == PRIMARY)
        self.assertEqual(started, pair.sql(PRIMARY, "INSERT INTO payments VALUES (2); SELECT pg_postmaster_start_time()"))
        self.assertEqual("t", pair.sql(DR, "SELECT pg_is_in_recovery()"))

    def test_a_failover_loses_what_did_not_arrive_and_keeps_it_in_a_snapshot(self) -> None:
        pair = Pair(self.driven)
        pair.sql(PRIMARY, "CREATE TABLE payments (id int); INSERT INTO payments VALUES (1)")
        self.assert_soon(pair.follows(DR, 1))
        self.driven.fault(PRIMARY, "partition")
        self.addCleanup(self.driven.repair, PRIMARY, "partition")
        pair.sql(PRIMARY, "INSERT INTO payments VALUES (2)")
        self.driven.fault(PRIMARY, "region-lost")
        with self.subTest("the Region's database is gone, and the other Region knows how old its copy is"):
            self.assertEqual("stopped", pair.told(PRIMARY)["state"])
            self.assertIn("refused", pair.sql(PRIMARY, "SELECT 1"))
            self.assertGreater(pair.lag(), 0)
        with self.subTest("promoted while the writer's Region is out"):
            pair.swap(DR, loss=True)
            self.assert_soon(lambda: pair.writer() == DR)
            self.assertEqual("1", pair.sql(DR, "INSERT INTO payments VALUES (3); SELECT count(*) FROM payments WHERE id < 3"))
        with self.subTest("back as a secondary, filled anew once there is a way"):
            self.driven.repair(PRIMARY, "region-lost")
            self.assert_soon(lambda: pair.told(PRIMARY)["state"] == "seeding")
            with self.assertRaises(ClientError):
                pair.swap(PRIMARY, loss=False)
            self.driven.repair(PRIMARY, "partition")
            self.assert_soon(pair.follows(PRIMARY, 2))
            self.assertIn("read-only transaction", pair.sql(PRIMARY, "INSERT INTO payments VALUES (4)"))
            self.assertEqual("1,3", pair.sql(PRIMARY, "SELECT string_agg(id::text, ',' ORDER BY id) FROM payments"))
        with self.subTest("a cluster restored from the snapshot has what was lost"):
            (snapshot,) = pair.snapshots(PRIMARY)
            rds, name = pair.rds[PRIMARY], f"lost-{pair.group}"
            rds.copy_db_cluster_snapshot(SourceDBClusterSnapshotIdentifier=snapshot, TargetDBClusterSnapshotIdentifier=f"kept-{pair.group}")
            rds.restore_db_cluster_from_snapshot(DBClusterIdentifier=name, SnapshotIdentifier=f"kept-{pair.group}", Port=5434, **ENGINE)
            self.assertEqual(2, len(rds.describe_global_clusters(GlobalClusterIdentifier=pair.group)["GlobalClusters"][0]["GlobalClusterMembers"]))
            pair.add_instance(PRIMARY, name)
            self.assertEqual("1,2", pair.sql(name, "SELECT string_agg(id::text, ',' ORDER BY id) FROM payments"))
            self.assertEqual((5434, True, None), tuple(databases_of(self.driven.endpoint)[name][k] for k in ("port", "writer", "globalCluster")))
        with self.subTest("and back"):
            self.assert_soon(lambda: pair.told(PRIMARY)["state"] == "running")
            self.assert_soon(lambda: self.swapped_back(pair))
            self.assertEqual("", pair.sql(PRIMARY, "INSERT INTO payments VALUES (5)"))

    def test_a_recovery_point_and_its_copy_hold_what_the_cluster_had(self) -> None:
        pair = Pair(self.driven, (PRIMARY,))
        pair.sql(PRIMARY, "CREATE TABLE payments (id int); INSERT INTO payments VALUES (1)")
        of = functools.partial(client_of, endpoint=self.driven.endpoint)
        backup = {region: of("backup", region) for region in (PRIMARY, DR)}
        role = roles.make(lambda service: of(service, PRIMARY), f"backup-{pair.group}", "backup.amazonaws.com",
                          roles.allow("rds:CreateDBClusterSnapshot", "backup:CopyIntoBackupVault", "rds:RestoreDBClusterFromSnapshot"))
        for region, vaults in backup.items():
            vaults.create_backup_vault(BackupVaultName=f"vault-{pair.group}", EncryptionKeyArn=f"arn:aws:kms:{region}:123456789012:key/k")
        point = backup[PRIMARY].start_backup_job(BackupVaultName=f"vault-{pair.group}", ResourceArn=pair.arns[PRIMARY], IamRoleArn=role)["RecoveryPointArn"]
        pair.sql(PRIMARY, "TRUNCATE payments")
        copied = backup[PRIMARY].start_copy_job(
            RecoveryPointArn=point, SourceBackupVaultName=f"vault-{pair.group}", IamRoleArn=role,
            DestinationBackupVaultArn=f"arn:aws:backup:{DR}:123456789012:backup-vault:vault-{pair.group}")["CopyJobId"]
        copy = backup[PRIMARY].describe_copy_job(CopyJobId=copied)["CopyJob"]["DestinationRecoveryPointArn"]
        with self.subTest("those who name no type are not shown it"):
            rds = pair.rds[PRIMARY]
            for asked in ({}, {"DBClusterIdentifier": pair.names[PRIMARY]}):
                self.assertNotIn("awsbackup", {s["SnapshotType"] for s in rds.describe_db_cluster_snapshots(**asked)["DBClusterSnapshots"]})
            (found,) = rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier=point, SnapshotType="awsbackup")["DBClusterSnapshots"]
            self.assertEqual((point, ENGINE["EngineVersion"]), (found["DBClusterSnapshotArn"], found["EngineVersion"]))
        with self.subTest("by RDS, in the other Region"):
            made = pair.rds[DR].restore_db_cluster_from_snapshot(
                DBClusterIdentifier=f"dr-{pair.group}", SnapshotIdentifier=copy, DeletionProtection=True, Tags=[{"Key": "a", "Value": "b"}], **ENGINE)["DBCluster"]
            self.assertEqual((True, [{"Key": "a", "Value": "b"}], []), (made["DeletionProtection"], made["TagList"], made["DBClusterMembers"]))
            pair.add_instance(DR, f"dr-{pair.group}")
            self.assertEqual("1", pair.sql(f"dr-{pair.group}", "SELECT count(*) FROM payments"))
        with self.subTest("by AWS Backup, beside the cluster that runs"):
            backup[PRIMARY].start_restore_job(RecoveryPointArn=point, IamRoleArn=role, Metadata={"DBClusterIdentifier": f"beside-{pair.group}"})
            pair.add_instance(PRIMARY, f"beside-{pair.group}")
            self.assertEqual("1", pair.sql(f"beside-{pair.group}", "SELECT count(*) FROM payments"))
            self.assertEqual("0", pair.sql(PRIMARY, "SELECT count(*) FROM payments"))
        with self.subTest("not after it was deleted"):
            backup[PRIMARY].delete_recovery_point(BackupVaultName=f"vault-{pair.group}", RecoveryPointArn=point)
            self.refused("DBClusterSnapshotNotFoundFault", pair.rds[PRIMARY].restore_db_cluster_from_snapshot,
                         DBClusterIdentifier=f"late-{pair.group}", SnapshotIdentifier=point, **ENGINE)

    def test_what_is_late_is_lost_with_the_writer(self) -> None:
        pair = Pair(self.driven)
        pair.sql(PRIMARY, "CREATE TABLE payments (id int); INSERT INTO payments VALUES (1)")
        self.assert_soon(pair.follows(DR, 1))
        time.sleep(1)   # signing in is not late
        self.driven.fault(PRIMARY, "lag")
        self.addCleanup(self.driven.repair, PRIMARY, "lag")
        pair.sql(PRIMARY, "INSERT INTO payments VALUES (2)")
        pair.swap(DR, loss=True)
        self.assert_soon(lambda: pair.writer() == DR)
        self.driven.repair(PRIMARY, "lag")
        self.assertEqual("1", pair.sql(DR, "SELECT count(*) FROM payments"))
        self.assert_soon(pair.follows(PRIMARY, 1))

    def swapped_back(self, pair: Pair) -> bool:
        if pair.writer() == DR:
            try:
                pair.swap(PRIMARY, loss=False)
            except ClientError:   # not synchronized yet
                return False
        return pair.writer() == PRIMARY

    def test_a_detached_secondary_writes_for_itself(self) -> None:
        pair = Pair(self.driven)
        pair.sql(PRIMARY, "CREATE TABLE payments (id int)")
        self.assert_soon(pair.follows(DR, 0))
        pair.rds[DR].remove_from_global_cluster(GlobalClusterIdentifier=pair.group, DbClusterIdentifier=pair.arns[DR])
        self.assert_soon(lambda: pair.sql(DR, "SELECT pg_is_in_recovery()") == "f")
        self.assertEqual("", pair.sql(DR, "INSERT INTO payments VALUES (1)"))
        self.assertEqual("0", pair.sql(PRIMARY, "SELECT count(*) FROM payments"))

    # --- faults

    def test_a_database_that_failed_comes_back_with_its_data(self) -> None:
        pair = self.shared
        before = int(pair.sql(PRIMARY, "SELECT count(*) FROM payments"))
        for region in (PRIMARY, DR):
            self.driven.fault(region, "database")
            self.addCleanup(self.driven.repair, region, "database")
            self.assertEqual("stopped", pair.told(region)["state"])
            self.assertIn("refused", pair.sql(region, "SELECT 1"))
            time.sleep(1)   # longer than it would take to start again
            self.assertEqual("stopped", pair.told(region)["state"])
            self.driven.repair(region, "database")
            self.assert_soon(pair.follows(region, before))
        self.assertEqual("", pair.sql(PRIMARY, "INSERT INTO payments VALUES (4)"))
        self.assert_soon(pair.follows(DR, before + 1))

    def test_no_client_gets_an_answer_of_a_database_that_died(self) -> None:
        told = self.shared.told(PRIMARY)
        with subprocess.Popen(["psql", "-XAtq", f"host=localhost hostaddr={told['address']} port=5433 user=dbadmin dbname=paymentsdb"
                               f" sslmode=verify-full sslrootcert={told['rootCertificate']}"], text=True, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PGPASSWORD": PASSWORD}) as client:
            assert client.stdin and client.stdout
            client.stdin.write("SELECT 'in';\n")
            client.stdin.flush()
            self.assertEqual("in\n", client.stdout.readline())
            self.addCleanup(self.driven.repair, PRIMARY, "database")
            self.driven.fault(PRIMARY, "database")
            output, errors = client.communicate("SELECT 'still in';\n", timeout=5)
        self.assertEqual("", output)
        self.assertIn("connection", errors)
        self.driven.repair(PRIMARY, "database")
        self.assert_soon(lambda: self.shared.told(PRIMARY)["state"] == "running")

    # --- life of a cluster

    def test_a_cluster_without_instances_answers_no_more_and_has_its_data_still(self) -> None:
        pair = Pair(self.driven, (PRIMARY,))
        pair.sql(PRIMARY, "CREATE TABLE payments (id int)")
        told, rds = pair.told(PRIMARY), pair.rds[PRIMARY]
        rds.delete_db_instance(DBInstanceIdentifier=f"{pair.names[PRIMARY]}-0", SkipFinalSnapshot=True)
        self.assertEqual("stopped", pair.told(PRIMARY)["state"])
        pair.add_instance(PRIMARY)
        self.assertEqual("0", pair.sql(PRIMARY, "SELECT count(*) FROM payments"))
        rds.delete_db_instance(DBInstanceIdentifier=f"{pair.names[PRIMARY]}-0", SkipFinalSnapshot=True)
        rds.remove_from_global_cluster(GlobalClusterIdentifier=pair.group, DbClusterIdentifier=pair.arns[PRIMARY])
        rds.delete_db_cluster(DBClusterIdentifier=pair.names[PRIMARY], FinalDBSnapshotIdentifier=f"final-{pair.group}")
        self.assertNotIn(pair.names[PRIMARY], databases_of(self.driven.endpoint))
        self.assertNotIn(told["endpoint"], (self.driven.home / "databases" / "hosts").read_text())
        self.assertEqual([], [line for line in processes_of(self.driven.home) if pair.names[PRIMARY] in line])
        rds.restore_db_cluster_from_snapshot(DBClusterIdentifier=pair.names[PRIMARY], SnapshotIdentifier=f"final-{pair.group}", **ENGINE)
        pair.add_instance(PRIMARY)
        self.assertEqual("0", pair.sql(PRIMARY, "SELECT count(*) FROM payments"))


class EndTest(EmulatorTest):
    def test_nothing_that_it_started_outlives_an_emulator(self) -> None:
        # What a shell starts in the background inherits this.
        self.addCleanup(signal.signal, signal.SIGQUIT, signal.signal(signal.SIGQUIT, signal.SIG_IGN))
        aws = Emulator(Path(__file__).parent, LOCAL_AWS_DATA_PLANE="on", LOCAL_AWS_APPLICATION=f"'{sys.executable}' application.py")
        for name in ("dies", "survives"):
            make_single(aws.endpoint(), name)
        self.assertEqual({"running"}, {found["state"] for found in databases_of(aws.endpoint()).values()})
        fleet.make(aws.client, PRIMARY, "end", 1)
        application = eventually(lambda: json.loads(aws.command("status"))["applications"])[PRIMARY]["pid"]
        survivor = int((aws.home / "databases" / f"{PRIMARY}-survives" / "data" / "postmaster.pid").read_text().splitlines()[0])
        self.assertTrue(eventually(lambda: len([line for line in processes_of(aws.home) if "committer" in line]) == 2))
        os.kill(survivor, signal.SIGSTOP)
        os.kill(int((aws.home / "pid").read_text()), signal.SIGKILL)
        with self.subTest("killed"):
            eventually(lambda: gone(application), 30)
            self.assertTrue(gone(application))
            eventually(lambda: all("-survives/" in line for line in processes_of(aws.home)), 30)
            self.assertEqual([], [line for line in processes_of(aws.home) if "-survives/" not in line])
            self.assertNotEqual([], processes_of(aws.home))
        with self.subTest("a server that could not end, ended by the next start"):
            aws.start()
            self.assertTrue(gone(survivor))
        with self.subTest("stopped"):
            make_single(aws.endpoint())
            self.assertNotEqual([], processes_of(aws.home))
            aws.command("stop")
            self.assertEqual([], processes_of(aws.home))

    def test_without_a_data_plane_nothing_starts(self) -> None:
        make_single(endpoint())
        self.assertEqual({}, databases_of(endpoint()))
        self.assertEqual([], processes_of(SHARED.home))
        self.assertFalse((SHARED.home / "databases").exists())

    def test_a_machine_without_a_server_is_told_what_to_install(self) -> None:
        programs.folder.cache_clear()
        self.addCleanup(programs.folder.cache_clear)
        with mock.patch.object(programs, "DEBIAN", Path("/none")), mock.patch.dict(os.environ, PATH="/none"):
            with self.assertRaisesRegex(SystemExit, r"needs a PostgreSQL server, 15 or newer, found none; "
                                                    r"install it \(Debian: apt-get install postgresql-15\)"):
                programs.require()
