"""Calls that AWS's models allow and AWS refuses all the same, because of what is there."""
from __future__ import annotations

import io
import itertools
import zipfile
from typing import Any

import roles
from instance import ACCOUNT, EmulatorTest, client, eventually

NUMBER = itertools.count()
PRIMARY, DR = "us-east-1", "us-east-2"


class GlobalClusterTest(EmulatorTest):
    def setUp(self) -> None:
        self.group = f"precondition-{next(NUMBER)}"
        self.rds = {region: client("rds", region) for region in (PRIMARY, DR)}
        self.rds[PRIMARY].create_global_cluster(GlobalClusterIdentifier=self.group, Engine="aurora-postgresql", EngineVersion="16.6")
        self.arns = {region: self.cluster(region) for region in (PRIMARY, DR)}

    def cluster(self, region: str) -> str:
        name = f"{self.group}-{region}"
        version = {"EngineVersion": "16.6", "MasterUsername": "dbadmin", "MasterUserPassword": "long-enough"} if region == PRIMARY else {}
        made = self.rds[region].create_db_cluster(DBClusterIdentifier=name, Engine="aurora-postgresql", GlobalClusterIdentifier=self.group, **version)
        self.rds[region].create_db_instance(DBInstanceIdentifier=f"{name}-0", DBClusterIdentifier=name, DBInstanceClass="db.r6g.large",
                                            Engine="aurora-postgresql")
        return str(made["DBCluster"]["DBClusterArn"])

    def versions(self) -> set[str]:
        return {self.rds[region].describe_db_clusters(DBClusterIdentifier=f"{self.group}-{region}")["DBClusters"][0]["EngineVersion"]
                for region in (PRIMARY, DR)}

    def test_instances_and_clusters_count_against_the_quotas_of_their_region(self) -> None:
        before = self.used()
        self.rds[PRIMARY].create_db_instance(DBInstanceIdentifier=f"{self.group}-counted", DBClusterIdentifier=f"{self.group}-{PRIMARY}",
                                             DBInstanceClass="db.r6g.large", Engine="aurora-postgresql")
        self.assertEqual({**before, "DBInstances": before["DBInstances"] + 1}, self.used())

    def used(self) -> dict[str, int]:
        quotas = self.rds[PRIMARY].describe_account_attributes()["AccountQuotas"]
        self.assertEqual({40}, {quota["Max"] for quota in quotas})
        return {quota["AccountQuotaName"]: quota["Used"] for quota in quotas}

    def test_the_writers_last_instance_goes_after_the_secondary(self) -> None:
        delete = {region: {"DBInstanceIdentifier": f"{self.group}-{region}-0", "SkipFinalSnapshot": True} for region in (PRIMARY, DR)}
        self.rds[PRIMARY].create_db_instance(DBInstanceIdentifier=f"{self.group}-more", DBClusterIdentifier=f"{self.group}-{PRIMARY}",
                                             DBInstanceClass="db.r6g.large", Engine="aurora-postgresql")
        self.rds[PRIMARY].delete_db_instance(DBInstanceIdentifier=f"{self.group}-more", SkipFinalSnapshot=True)
        self.refused("InvalidDBClusterStateFault", self.rds[PRIMARY].delete_db_instance, **delete[PRIMARY])
        self.rds[DR].delete_db_instance(**delete[DR])
        self.refused("InvalidDBClusterStateFault", self.rds[PRIMARY].delete_db_instance, **delete[PRIMARY])
        self.rds[DR].remove_from_global_cluster(GlobalClusterIdentifier=self.group, DbClusterIdentifier=self.arns[DR])
        self.rds[PRIMARY].delete_db_instance(**delete[PRIMARY])

    def test_a_global_cluster_goes_when_it_is_empty(self) -> None:
        for region in (DR, PRIMARY):
            self.refused("InvalidGlobalClusterStateFault", self.rds[PRIMARY].delete_global_cluster, GlobalClusterIdentifier=self.group)
            self.rds[region].remove_from_global_cluster(GlobalClusterIdentifier=self.group, DbClusterIdentifier=self.arns[region])
        self.rds[PRIMARY].delete_global_cluster(GlobalClusterIdentifier=self.group)

    def test_a_cluster_joins_with_the_version_of_its_global_cluster(self) -> None:
        joining = {"DBClusterIdentifier": f"{self.group}-third", "Engine": "aurora-postgresql", "GlobalClusterIdentifier": self.group}
        rds = client("rds", "eu-west-1")
        message = self.refused("InvalidParameterValue", rds.create_db_cluster, **joining, EngineVersion="16.8")
        self.assertEqual(f"Value for engineVersion should match setting for global cluster {self.group}", message)
        made = rds.create_db_cluster(**joining, EngineVersion="16.6")["DBCluster"]
        rds.remove_from_global_cluster(GlobalClusterIdentifier=self.group, DbClusterIdentifier=made["DBClusterArn"])
        rds.delete_db_cluster(DBClusterIdentifier=joining["DBClusterIdentifier"], SkipFinalSnapshot=True)

    def test_roles_swap_between_equal_versions_only(self) -> None:
        swap = {"GlobalClusterIdentifier": self.group, "TargetDbClusterIdentifier": self.arns[DR]}
        self.assertEqual({"16.6"}, self.versions())
        self.rds[DR].modify_db_cluster(DBClusterIdentifier=f"{self.group}-{DR}", EngineVersion="16.8", ApplyImmediately=True)
        self.assertEqual({"16.6", "16.8"}, self.versions())
        self.refused("InvalidGlobalClusterStateFault", self.rds[DR].switchover_global_cluster, **swap)
        self.refused("InvalidGlobalClusterStateFault", self.rds[DR].failover_global_cluster, **swap, AllowDataLoss=True)
        self.rds[PRIMARY].modify_db_cluster(DBClusterIdentifier=f"{self.group}-{PRIMARY}", EngineVersion="16.8", ApplyImmediately=True)
        self.rds[DR].switchover_global_cluster(**swap)
        self.assertTrue(eventually(lambda: not self.rds[DR].describe_global_clusters(
            GlobalClusterIdentifier=self.group)["GlobalClusters"][0].get("FailoverState")))

    def test_versions_go_up_and_to_a_new_major_one_by_permission(self) -> None:
        def modify(**changes: Any) -> Any:
            return self.rds[PRIMARY].modify_global_cluster(GlobalClusterIdentifier=self.group, **changes)
        modify(EngineVersion="16.10")
        self.assertEqual({"16.10"}, self.versions())
        instance = self.rds[DR].describe_db_instances(DBInstanceIdentifier=f"{self.group}-{DR}-0")["DBInstances"][0]
        self.assertEqual("16.10", instance["EngineVersion"])
        self.refused("InvalidParameterCombination", modify, EngineVersion="16.6")
        self.refused("InvalidParameterCombination", modify, EngineVersion="17.7")
        self.assertEqual({"16.10"}, self.versions())
        modify(EngineVersion="17.7", AllowMajorVersionUpgrade=True)
        self.assertEqual({"17.7"}, self.versions())


class OtherPreconditionsTest(EmulatorTest):
    def test_an_account_keeps_a_hundred_unreserved_executions(self) -> None:
        functions = client("lambda", DR)
        role = roles.make(client, "reserving", "lambda.amazonaws.com")
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("index.py", "")
        functions.create_function(FunctionName="reserving", Runtime="python3.13", Handler="index.handler", Role=role, Code={"ZipFile": code.getvalue()})
        reserve = {"FunctionName": "reserving", "ReservedConcurrentExecutions": 901}
        self.refused("InvalidParameterValueException", functions.put_function_concurrency, **reserve)
        functions.put_function_concurrency(**{**reserve, "ReservedConcurrentExecutions": 900})
        limit = functions.get_account_settings()["AccountLimit"]
        self.assertEqual((1000, 100), (limit["ConcurrentExecutions"], limit["UnreservedConcurrentExecutions"]))
        functions.delete_function(FunctionName="reserving")

    def test_the_name_of_a_secret_in_deletion_is_taken(self) -> None:
        secrets = client("secretsmanager")
        secrets.create_secret(Name="leaving", SecretString="one")
        self.refused("ResourceExistsException", secrets.create_secret, Name="leaving", SecretString="two")
        secrets.delete_secret(SecretId="leaving", RecoveryWindowInDays=7)
        self.refused("InvalidRequestException", secrets.create_secret, Name="leaving", SecretString="two")
        secrets.restore_secret(SecretId="leaving")
        secrets.delete_secret(SecretId="leaving", ForceDeleteWithoutRecovery=True)
        secrets.create_secret(Name="leaving", SecretString="two")

    def test_a_locked_vault_keeps_its_recovery_points(self) -> None:
        backup = client("backup", DR)
        backup.create_backup_vault(BackupVaultName="locked", EncryptionKeyArn=f"arn:aws:kms:{DR}:{ACCOUNT}:key/k")
        table = client("dynamodb", DR).create_table(
            TableName="locked", AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])["TableDescription"]["TableArn"]
        job: dict[str, Any] = {"BackupVaultName": "locked", "ResourceArn": table, "IamRoleArn": roles.make(
            client, "backs-up-locked", "backup.amazonaws.com", roles.allow("dynamodb:*", "backup:*"))}
        lock = {"BackupVaultName": "locked", "MinRetentionDays": 7, "MaxRetentionDays": 30}
        self.refused("InvalidParameterValueException", backup.put_backup_vault_lock_configuration, **lock, ChangeableForDays=2)
        backup.put_backup_vault_lock_configuration(**lock)
        for days in ({"DeleteAfterDays": 6}, {"DeleteAfterDays": 31}, {}):
            self.refused("InvalidParameterValueException", backup.start_backup_job, **job, Lifecycle=days)
        point = {"BackupVaultName": "locked", "RecoveryPointArn": backup.start_backup_job(**job, Lifecycle={"DeleteAfterDays": 7})["RecoveryPointArn"]}
        copy = {"RecoveryPointArn": point["RecoveryPointArn"], "SourceBackupVaultName": "locked", "IamRoleArn": job["IamRoleArn"],
                "DestinationBackupVaultArn": f"arn:aws:backup:{DR}:{ACCOUNT}:backup-vault:locked"}
        self.refused("InvalidParameterValueException", backup.start_copy_job, **copy, Lifecycle={"DeleteAfterDays": 31})
        self.refused("InvalidRequestException", backup.delete_recovery_point, **point)
        self.refused("InvalidRequestException", backup.delete_backup_vault, BackupVaultName="locked")
        backup.delete_backup_vault_lock_configuration(BackupVaultName="locked")
        backup.delete_recovery_point(**point)
