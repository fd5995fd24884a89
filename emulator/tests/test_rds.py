from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from instance import ACCOUNT, FAILOVER_SECONDS, EmulatorTest, client, eventually

NUMBER = itertools.count()
PRIMARY, DR = "us-east-1", "us-east-2"


class GlobalClusterTest(EmulatorTest):
    def setUp(self) -> None:
        self.number = next(NUMBER)
        self.group = f"global-db-v2-t{self.number}"
        self.rds = {region: client("rds", region) for region in (PRIMARY, DR)}
        self.rds[PRIMARY].create_global_cluster(GlobalClusterIdentifier=self.group, Engine="aurora-postgresql", EngineVersion="16.6",
                                                StorageEncrypted=True)
        self.primary = self.cluster(PRIMARY, "primary", MasterUsername="dbadmin", MasterUserPassword="long-enough")
        self.dr = self.cluster(DR, "dr", KmsKeyId=f"arn:aws:kms:{DR}:{ACCOUNT}:key/mrk-1", SourceRegion=PRIMARY)

    def cluster(self, region: str, role: str, instances: int = 1, **more: Any) -> str:
        name = f"{role}-db-cluster-v2-t{self.number}"
        made = self.rds[region].create_db_cluster(DBClusterIdentifier=name, Engine="aurora-postgresql", EngineVersion="16.6",
                                                  GlobalClusterIdentifier=self.group, StorageEncrypted=True, **more)
        for index in range(instances):
            self.rds[region].create_db_instance(DBInstanceIdentifier=f"{role}-{index}-t{self.number}", DBClusterIdentifier=name,
                                                DBInstanceClass="db.r6g.large", Engine="aurora-postgresql")
        return str(made["DBCluster"]["DBClusterArn"])

    def describe(self, arn: str) -> dict[str, Any]:
        region = arn.split(":")[3]
        found: dict[str, Any] = self.rds[region].describe_db_clusters(DBClusterIdentifier=arn.split(":")[-1])["DBClusters"][0]
        return found

    def global_cluster(self, region: str = DR) -> dict[str, Any]:
        found: dict[str, Any] = self.rds[region].describe_global_clusters(GlobalClusterIdentifier=self.group)["GlobalClusters"][0]
        return found

    def source(self, arn: str) -> str | None:
        return self.describe(arn).get("ReplicationSourceIdentifier") or None

    def assert_writer(self, writer: str, reader: str) -> None:
        members = {m["DBClusterArn"]: m for m in self.global_cluster()["GlobalClusterMembers"]}
        self.assertEqual({writer: True, reader: False}, {arn: m["IsWriter"] for arn, m in members.items()})
        self.assertEqual([reader], members[writer]["Readers"])
        self.assertEqual([], members[reader].get("Readers", []))
        self.assertEqual((None, writer), (self.source(writer), self.source(reader)))

    def idle(self) -> bool:
        return not self.global_cluster().get("FailoverState")

    def test_secondary_names_the_writer_and_both_regions_agree(self) -> None:
        self.assert_writer(self.primary, self.dr)
        self.assertEqual(self.global_cluster(PRIMARY), self.global_cluster(DR))
        self.assertRegex(self.global_cluster()["Endpoint"], rf"^{self.group}\.global-[a-z0-9]+\.global\.rds\.amazonaws\.com$")
        self.assertEqual("dbadmin", self.describe(self.dr)["MasterUsername"])

    def test_switchover_there_and_back(self) -> None:
        for target, other in ((self.dr, self.primary), (self.primary, self.dr)):
            started = self.rds[DR].switchover_global_cluster(GlobalClusterIdentifier=self.group, TargetDbClusterIdentifier=target)
            state = started["GlobalCluster"]["FailoverState"]
            self.assertEqual({"Status": "pending", "FromDbClusterArn": other, "ToDbClusterArn": target, "IsDataLossAllowed": False}, state)
            self.assertEqual("switching-over", eventually(
                lambda: (s := self.global_cluster().get("FailoverState", {}).get("Status")) != "pending" and s))
            self.assertTrue(eventually(self.idle))
            self.assert_writer(target, other)
            self.assertEqual("available", self.global_cluster()["Status"])

    def test_only_one_operation_at_a_time(self) -> None:
        swap = {"GlobalClusterIdentifier": self.group, "TargetDbClusterIdentifier": self.dr}
        started = self.rds[DR].failover_global_cluster(**swap, AllowDataLoss=True)["GlobalCluster"]
        self.assertTrue(started["FailoverState"]["IsDataLossAllowed"])
        self.assertEqual({self.primary: True, self.dr: False},
                         {m["DBClusterArn"]: m["IsWriter"] for m in self.global_cluster()["GlobalClusterMembers"]})
        self.refused("InvalidGlobalClusterStateFault", self.rds[DR].failover_global_cluster, **swap, AllowDataLoss=True)
        self.refused("InvalidGlobalClusterStateFault", self.rds[PRIMARY].switchover_global_cluster, **swap)
        self.assertEqual("failing-over", eventually(
            lambda: (s := self.global_cluster().get("FailoverState", {}).get("Status")) != "pending" and s, seconds=FAILOVER_SECONDS))
        self.assertTrue(eventually(self.idle))
        self.assert_writer(self.dr, self.primary)
        snapshots = self.rds[PRIMARY].describe_db_cluster_snapshots(DBClusterIdentifier=self.primary.split(":")[-1])["DBClusterSnapshots"]
        self.assertTrue([s for s in snapshots if s["DBClusterSnapshotIdentifier"].startswith("rds:unplanned-global-failover-")])

    def test_unplanned_failover_there_and_back(self) -> None:
        for target, other in ((self.dr, self.primary), (self.primary, self.dr)):
            swap = {"GlobalClusterIdentifier": self.group, "TargetDbClusterIdentifier": target, "AllowDataLoss": True}
            self.rds[target.split(":")[3]].failover_global_cluster(**swap)
            moved = eventually(lambda: (group := self.global_cluster()) and not group.get("FailoverState") and group)
            # At once: the old writer is filled anew within a second.
            back = {"GlobalClusterIdentifier": self.group, "TargetDbClusterIdentifier": other}
            self.assertIn("not synchronized", self.refused("InvalidDBClusterStateFault", self.rds[DR].switchover_global_cluster, **back))
            self.assertEqual({target: "connected", other: "pending-resync"}, self.synchronization(moved))
            self.assert_writer(target, other)
            self.assertEqual({target: "connected", other: "connected"}, eventually(
                lambda: (s := self.synchronization(self.global_cluster()))[other] == "connected" and s))

    @staticmethod
    def synchronization(group: dict[str, Any]) -> dict[str, str]:
        return {m["DBClusterArn"]: m["SynchronizationStatus"] for m in group["GlobalClusterMembers"]}

    def test_a_detached_secondary_writes_for_itself_and_the_other_knows_of_none(self) -> None:
        self.rds[DR].remove_from_global_cluster(GlobalClusterIdentifier=self.group, DbClusterIdentifier=self.dr)
        self.assertEqual([(self.primary, True, [])],
                         [(m["DBClusterArn"], m["IsWriter"], m["Readers"]) for m in self.global_cluster()["GlobalClusterMembers"]])
        self.assertIsNone(self.source(self.dr))
        self.assertFalse(self.describe(self.dr).get("GlobalClusterIdentifier"))
        self.assertEqual(self.group, self.describe(self.primary)["GlobalClusterIdentifier"])
        self.assertEqual([], self.rds[PRIMARY].describe_global_clusters(
            Filters=[{"Name": "db-cluster-id", "Values": [self.dr]}])["GlobalClusters"])
        self.refused("DBClusterNotFoundFault", self.rds[DR].remove_from_global_cluster,
                     GlobalClusterIdentifier=self.group, DbClusterIdentifier=self.dr)
        self.refused("DBClusterNotFoundFault", self.rds[DR].switchover_global_cluster,
                     GlobalClusterIdentifier=self.group, TargetDbClusterIdentifier=self.dr)

    def test_a_new_secondary_takes_the_place_of_a_detached_one(self) -> None:
        self.rds[DR].remove_from_global_cluster(GlobalClusterIdentifier=self.group, DbClusterIdentifier=self.dr)
        successor = self.cluster(DR, "dr-e2", KmsKeyId=f"arn:aws:kms:{DR}:{ACCOUNT}:key/mrk-1", SourceRegion=PRIMARY)
        self.assert_writer(self.primary, successor)
        self.rds[DR].switchover_global_cluster(GlobalClusterIdentifier=self.group, TargetDbClusterIdentifier=successor)
        self.assertTrue(eventually(self.idle))
        self.assert_writer(successor, self.primary)

    def test_generations_stand_side_by_side(self) -> None:
        other = f"global-db-t{self.number}"
        self.rds[PRIMARY].create_global_cluster(GlobalClusterIdentifier=other, Engine="aurora-postgresql", EngineVersion="14.15")
        arns = {region: self.rds[region].create_db_cluster(
            DBClusterIdentifier=f"{role}-db-cluster-t{self.number}", Engine="aurora-postgresql", EngineVersion="14.15",
            GlobalClusterIdentifier=other, **more)["DBCluster"]["DBClusterArn"]
            for region, role, more in ((PRIMARY, "primary", {"MasterUsername": "a", "MasterUserPassword": "long-enough"}), (DR, "dr", {}))}
        self.rds[DR].create_db_instance(DBInstanceIdentifier=f"dr-v1-t{self.number}", DBInstanceClass="db.r6g.large",
                                        DBClusterIdentifier=f"dr-db-cluster-t{self.number}", Engine="aurora-postgresql")
        self.rds[DR].switchover_global_cluster(GlobalClusterIdentifier=self.group, TargetDbClusterIdentifier=self.dr)
        self.rds[DR].failover_global_cluster(GlobalClusterIdentifier=other, TargetDbClusterIdentifier=arns[DR], AllowDataLoss=True)
        self.assertTrue(eventually(self.idle))
        self.assert_writer(self.dr, self.primary)
        self.assertTrue(eventually(lambda: self.source(arns[PRIMARY]) == arns[DR]))
        for region in (PRIMARY, DR):   # each Region asks for one by its name and for all
            names = {g["GlobalClusterIdentifier"] for g in self.rds[region].describe_global_clusters()["GlobalClusters"]}
            self.assertLessEqual({self.group, other}, names)

    def test_refused_role_swaps(self) -> None:
        rds = self.rds[DR]
        self.refused("InvalidDBClusterStateFault", rds.switchover_global_cluster,
                     GlobalClusterIdentifier=self.group, TargetDbClusterIdentifier=self.primary)
        self.refused("InvalidParameterCombination", rds.failover_global_cluster, GlobalClusterIdentifier=self.group,
                     TargetDbClusterIdentifier=self.dr, AllowDataLoss=True, Switchover=True)
        self.refused("DBClusterNotFoundFault", rds.failover_global_cluster, GlobalClusterIdentifier=self.group,
                     TargetDbClusterIdentifier="arn:aws:rds:eu-west-1:1:cluster:x")
        with self.assertRaises(rds.exceptions.GlobalClusterNotFoundFault):
            rds.switchover_global_cluster(GlobalClusterIdentifier="none", TargetDbClusterIdentifier=self.dr)
        rds.delete_db_instance(DBInstanceIdentifier=f"dr-0-t{self.number}", SkipFinalSnapshot=True)
        self.refused("InvalidDBClusterStateFault", rds.switchover_global_cluster,
                     GlobalClusterIdentifier=self.group, TargetDbClusterIdentifier=self.dr)

    def test_what_a_secondary_may_not_have(self) -> None:
        create = {"DBClusterIdentifier": f"third-t{self.number}", "Engine": "aurora-postgresql", "GlobalClusterIdentifier": self.group}
        for name, value in (("MasterUsername", "x"), ("MasterUserPassword", "long-enough"), ("DatabaseName", "x"),
                            ("ManageMasterUserPassword", True)):
            self.refused("InvalidParameterCombination", self.rds[DR].create_db_cluster, **create, KmsKeyId="k", **{name: value})
        self.refused("InvalidParameterCombination", self.rds[DR].create_db_cluster, **create)
        self.assertEqual(2, len(self.global_cluster()["GlobalClusterMembers"]))

    def test_an_encrypted_copy_needs_a_request_signed_in_the_source_region(self) -> None:
        rds, name = client("rds", "eu-west-1"), f"third-t{self.number}"
        create = {"DBClusterIdentifier": name, "Engine": "aurora-postgresql", "EngineVersion": "16.6", "StorageEncrypted": True,
                  "GlobalClusterIdentifier": self.group, "KmsKeyId": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/mrk-1"}
        message = self.refused("InvalidParameterCombination", rds.create_db_cluster, **create)
        self.assertEqual(f"Source cluster {self.primary} is encrypted; pre-signed URL has to be specified", message)
        self.assertEqual(2, len(self.global_cluster()["GlobalClusterMembers"]))
        rds.create_db_cluster(**create, PreSignedUrl="https://rds.us-east-1.amazonaws.com/?Action=CreateDBCluster")
        self.assertEqual(self.primary, rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0][
            "ReplicationSourceIdentifier"])

    def test_an_unencrypted_copy_needs_none(self) -> None:
        group = f"plain-t{self.number}"
        self.rds[PRIMARY].create_global_cluster(GlobalClusterIdentifier=group, Engine="aurora-postgresql", EngineVersion="16.6")
        for region, more in ((PRIMARY, {"MasterUsername": "dbadmin", "MasterUserPassword": "long-enough"}), (DR, {})):
            self.rds[region].create_db_cluster(DBClusterIdentifier=f"{group}-{region}", Engine="aurora-postgresql", EngineVersion="16.6",
                                               GlobalClusterIdentifier=group, **more)

    def test_an_existing_cluster_cannot_join(self) -> None:
        self.refused("InvalidDBClusterStateFault", self.rds[PRIMARY].create_global_cluster,
                     GlobalClusterIdentifier=f"other-t{self.number}", SourceDBClusterIdentifier=self.primary)
        self.refused("DBClusterAlreadyExistsFault", self.rds[DR].create_db_cluster, Engine="aurora-postgresql",
                     DBClusterIdentifier=self.dr.split(":")[-1], GlobalClusterIdentifier=self.group, KmsKeyId="k")

    def test_promotion_of_the_replica_detaches_it(self) -> None:
        self.rds[DR].promote_read_replica_db_cluster(DBClusterIdentifier=self.dr.split(":")[-1])
        self.assertEqual([self.primary], [m["DBClusterArn"] for m in self.global_cluster()["GlobalClusterMembers"]])
        self.assertIsNone(self.source(self.dr))

    def test_removal_and_deletion(self) -> None:
        names = {region: arn.split(":")[-1] for region, arn in ((PRIMARY, self.primary), (DR, self.dr))}
        instances = {PRIMARY: f"primary-0-t{self.number}", DR: f"dr-0-t{self.number}"}
        self.rds[DR].delete_db_instance(DBInstanceIdentifier=instances[DR], SkipFinalSnapshot=True)
        self.refused("InvalidDBClusterStateFault", self.rds[DR].delete_db_cluster, DBClusterIdentifier=names[DR], SkipFinalSnapshot=True)
        self.refused("InvalidGlobalClusterStateFault", self.rds[PRIMARY].remove_from_global_cluster,
                     GlobalClusterIdentifier=self.group, DbClusterIdentifier=self.primary)
        self.refused("InvalidGlobalClusterStateFault", self.rds[PRIMARY].delete_global_cluster, GlobalClusterIdentifier=self.group)
        for region, arn in ((DR, self.dr), (PRIMARY, self.primary)):
            self.rds[PRIMARY].remove_from_global_cluster(GlobalClusterIdentifier=self.group, DbClusterIdentifier=arn)
            if region == PRIMARY:   # the writer's last instance goes after the secondary
                self.rds[region].delete_db_instance(DBInstanceIdentifier=instances[region], SkipFinalSnapshot=True)
            self.rds[region].delete_db_cluster(DBClusterIdentifier=names[region], FinalDBSnapshotIdentifier=f"final-{names[region]}")
            snapshot = self.rds[region].describe_db_cluster_snapshots(DBClusterSnapshotIdentifier=f"final-{names[region]}")
            self.assertEqual(1, len(snapshot["DBClusterSnapshots"]))
        for region in (PRIMARY, DR):   # listed without a name too, when their cluster is gone
            listed = self.rds[region].describe_db_cluster_snapshots(SnapshotType="manual")["DBClusterSnapshots"]
            self.assertIn((f"final-{names[region]}", names[region]),
                          {(s["DBClusterSnapshotIdentifier"], s["DBClusterIdentifier"]) for s in listed})
        self.rds[PRIMARY].delete_global_cluster(GlobalClusterIdentifier=self.group)

    def test_deletion_says_what_becomes_of_the_data(self) -> None:
        rds, name = self.rds[PRIMARY], f"alone-t{self.number}"
        rds.create_db_cluster(DBClusterIdentifier=name, Engine="aurora-postgresql", MasterUsername="x", MasterUserPassword="long-enough")
        self.refused("InvalidParameterCombination", rds.delete_db_cluster, DBClusterIdentifier=name)
        self.refused("InvalidParameterCombination", rds.delete_db_cluster, DBClusterIdentifier=name, SkipFinalSnapshot=True,
                     FinalDBSnapshotIdentifier=f"final-{name}")
        rds.create_db_cluster_snapshot(DBClusterIdentifier=name, DBClusterSnapshotIdentifier=f"final-{name}")
        self.refused("DBClusterSnapshotAlreadyExistsFault", rds.delete_db_cluster, DBClusterIdentifier=name,
                     FinalDBSnapshotIdentifier=f"final-{name}")
        rds.delete_db_cluster(DBClusterIdentifier=name, SkipFinalSnapshot=True)

    def test_continuous_backups_outlive_a_cluster_that_leaves_them(self) -> None:
        rds = self.rds[PRIMARY]

        def windows(name: str) -> list[tuple[str, str]]:
            found = rds.describe_db_cluster_automated_backups(DBClusterIdentifier=name)["DBClusterAutomatedBackups"]
            return [(one["Status"], one["DbClusterResourceId"]) for one in found]
        for name, kept in ((f"leaves-t{self.number}", False), (f"takes-t{self.number}", True)):
            made = rds.create_db_cluster(DBClusterIdentifier=name, Engine="aurora-postgresql", MasterUsername="x", MasterUserPassword="long-enough",
                                         DeletionProtection=True)["DBCluster"]
            resource = made["DbClusterResourceId"]
            self.assertEqual([("active", resource)], windows(name))
            time = rds.describe_db_cluster_automated_backups(DbClusterResourceId=resource)["DBClusterAutomatedBackups"][0]["RestoreWindow"]["LatestTime"]
            rds.modify_db_cluster(DBClusterIdentifier=name, DeletionProtection=False, ApplyImmediately=True)
            rds.delete_db_cluster(DBClusterIdentifier=name, SkipFinalSnapshot=True, DeleteAutomatedBackups=kept)
            self.assertEqual([] if kept else [("retained", resource)], windows(name))
            where: dict[str, Any] = {"DBClusterIdentifier": f"back-{name}", "SourceDbClusterResourceId": resource}
            if kept:
                self.refused("DBClusterNotFoundFault", rds.restore_db_cluster_to_point_in_time, RestoreToTime=time, **where)
            else:
                self.refused("InvalidRestoreFault", rds.restore_db_cluster_to_point_in_time, RestoreToTime=time + timedelta(days=1), **where)
                back = rds.restore_db_cluster_to_point_in_time(RestoreToTime=time, Tags=[{"Key": "a", "Value": "b"}], **where)["DBCluster"]
                self.assertEqual(([], [{"Key": "a", "Value": "b"}]), (back["DBClusterMembers"], back["TagList"]))
                self.assertNotEqual(resource, back["DbClusterResourceId"])

    def test_deletion_protection(self) -> None:
        self.rds[PRIMARY].modify_db_cluster(DBClusterIdentifier=self.primary.split(":")[-1], DeletionProtection=True, ApplyImmediately=True)
        message = self.refused("InvalidParameterCombination", self.rds[PRIMARY].delete_db_cluster,
                               DBClusterIdentifier=self.primary.split(":")[-1], FinalDBSnapshotIdentifier=f"never-t{self.number}")
        self.assertIn("protected", message)
        self.assertFalse(self.rds[PRIMARY].describe_db_cluster_snapshots(
            Filters=[{"Name": "db-cluster-snapshot-id", "Values": [f"never-t{self.number}"]}])["DBClusterSnapshots"])
        self.rds[PRIMARY].modify_global_cluster(GlobalClusterIdentifier=self.group, DeletionProtection=True)
        self.refused("InvalidParameterCombination", self.rds[PRIMARY].delete_global_cluster, GlobalClusterIdentifier=self.group)


class InstanceTest(EmulatorTest):
    def test_settings_are_read_back(self) -> None:
        rds = client("rds", DR)
        rds.create_db_cluster(DBClusterIdentifier="plain", Engine="aurora-postgresql", MasterUsername="x", MasterUserPassword="long-enough")
        settings = {"EnablePerformanceInsights": True, "PerformanceInsightsKMSKeyId": "arn:k", "MonitoringInterval": 30,
                    "MonitoringRoleArn": "arn:r", "CACertificateIdentifier": "rds-ca-rsa2048-g1"}
        rds.create_db_instance(DBInstanceIdentifier="plain-0", DBClusterIdentifier="plain", DBInstanceClass="db.r6g.large",
                               Engine="aurora-postgresql", **settings)
        found = rds.describe_db_instances(DBInstanceIdentifier="plain-0")["DBInstances"][0]
        self.assertEqual((True, "arn:k", 7, 30, "arn:r", "rds-ca-rsa2048-g1"), tuple(found[name] for name in (
            "PerformanceInsightsEnabled", "PerformanceInsightsKMSKeyId", "PerformanceInsightsRetentionPeriod", "MonitoringInterval",
            "MonitoringRoleArn", "CACertificateIdentifier")))
        rds.modify_db_instance(DBInstanceIdentifier="plain-0", MonitoringInterval=60)
        self.assertEqual(60, rds.describe_db_instances(DBInstanceIdentifier="plain-0")["DBInstances"][0]["MonitoringInterval"])
        self.assertNotIn("ScalingConfigurationInfo", rds.describe_db_clusters(DBClusterIdentifier="plain")["DBClusters"][0])
