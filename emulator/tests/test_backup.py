from __future__ import annotations

import functools
import itertools
import json
from typing import Any

import roles
from instance import ACCOUNT, EmulatorTest, client

NUMBER = itertools.count()
PRIMARY, DR = "us-east-1", "us-east-2"
SERVICE = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor"


@functools.cache
def backup_role() -> str:
    """As the system's own: what AWS's policies let AWS Backup do."""
    arn = roles.make(client, "backup", "backup.amazonaws.com")
    for purpose in ("Backup", "Restores"):
        client("iam").attach_role_policy(RoleName="backup", PolicyArn=f"{SERVICE}{purpose}")
    return arn


class BackupTest(EmulatorTest):
    def setUp(self) -> None:
        self.number = next(NUMBER)
        self.backup = {region: client("backup", region) for region in (PRIMARY, DR)}
        self.vault = {PRIMARY: f"primary-backup-vault-t{self.number}", DR: f"dr-backup-vault-t{self.number}"}
        for region, name in self.vault.items():
            self.backup[region].create_backup_vault(BackupVaultName=name, EncryptionKeyArn=f"arn:aws:kms:{region}:{ACCOUNT}:key/k")

    def plan(self, **rule: Any) -> Any:
        return self.backup[PRIMARY].create_backup_plan(BackupPlan={"BackupPlanName": f"plan-t{self.number}", "Rules": [
            {"RuleName": "r", "TargetBackupVaultName": self.vault[PRIMARY], **rule}]})

    def table(self) -> str:
        name = f"backed-up-t{self.number}"
        dynamo = client("dynamodb")
        dynamo.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
        dynamo.put_item(TableName=name, Item={"id": {"S": "before"}})
        return f"arn:aws:dynamodb:{PRIMARY}:{ACCOUNT}:table/{name}"

    def test_lifecycles_that_aws_refuses(self) -> None:
        bad = {"MoveToColdStorageAfterDays": 7, "DeleteAfterDays": 96}
        good = {"MoveToColdStorageAfterDays": 7, "DeleteAfterDays": 97}
        arn = f"arn:aws:backup:{DR}:{ACCOUNT}:backup-vault:{self.vault[DR]}"
        for rule in ({"Lifecycle": bad}, {"Lifecycle": good, "CopyActions": [{"DestinationBackupVaultArn": arn, "Lifecycle": bad}]}):
            with self.assertRaises(self.backup[PRIMARY].exceptions.InvalidParameterValueException):
                self.plan(**rule)
        made = self.plan(Lifecycle=good)
        self.refused("InvalidParameterValueException", self.backup[PRIMARY].update_backup_plan, BackupPlanId=made["BackupPlanId"],
                     BackupPlan={"BackupPlanName": "x", "Rules": [{"RuleName": "r", "TargetBackupVaultName": self.vault[PRIMARY], "Lifecycle": bad}]})
        self.refused("InvalidParameterValueException", self.backup[PRIMARY].start_backup_job, BackupVaultName=self.vault[PRIMARY],
                     ResourceArn=self.table(), IamRoleArn=backup_role(), Lifecycle=bad)

    def test_plans_are_updated_and_their_names_freed(self) -> None:
        made = self.plan(Lifecycle={"DeleteAfterDays": 30})
        changed = self.backup[PRIMARY].update_backup_plan(BackupPlanId=made["BackupPlanId"], BackupPlan={
            "BackupPlanName": f"plan-t{self.number}", "Rules": [{"RuleName": "other", "TargetBackupVaultName": self.vault[PRIMARY]}]})
        self.assertNotEqual(made["VersionId"], changed["VersionId"])
        self.assertEqual("other", self.backup[PRIMARY].get_backup_plan(
            BackupPlanId=made["BackupPlanId"])["BackupPlan"]["Rules"][0]["RuleName"])
        self.backup[PRIMARY].delete_backup_plan(BackupPlanId=made["BackupPlanId"])
        self.plan()

    def test_selections(self) -> None:
        plan = self.plan()["BackupPlanId"]
        backup = self.backup[PRIMARY]
        made = backup.create_backup_selection(BackupPlanId=plan, BackupSelection={
            "SelectionName": "s", "IamRoleArn": backup_role(), "Resources": ["arn:aws:rds:x"]})
        found = backup.get_backup_selection(BackupPlanId=plan, SelectionId=made["SelectionId"])
        self.assertEqual(["arn:aws:rds:x"], found["BackupSelection"]["Resources"])
        self.assertEqual(["s"], [s["SelectionName"] for s in backup.list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"]])
        self.refused("InvalidRequestException", backup.delete_backup_plan, BackupPlanId=plan)
        backup.delete_backup_selection(BackupPlanId=plan, SelectionId=made["SelectionId"])
        self.refused("InvalidParameterValueException", backup.get_backup_selection, BackupPlanId=plan, SelectionId=made["SelectionId"])
        backup.delete_backup_plan(BackupPlanId=plan)

    def test_region_settings_are_per_region(self) -> None:
        self.backup[PRIMARY].update_region_settings(ResourceTypeOptInPreference={"Aurora": False})
        settings = {region: backup.describe_region_settings()["ResourceTypeOptInPreference"] for region, backup in self.backup.items()}
        self.assertEqual((False, True), (settings[PRIMARY]["Aurora"], settings[DR]["Aurora"]))
        self.assertTrue(settings[PRIMARY]["DynamoDB"])

    def test_vault_policy_lock_and_notifications(self) -> None:
        backup, vault = self.backup[PRIMARY], self.vault[PRIMARY]
        with self.assertRaises(backup.exceptions.ResourceNotFoundException):
            backup.get_backup_vault_access_policy(BackupVaultName=vault)
        policy = json.dumps({"Version": "2012-10-17", "Statement": []})
        backup.put_backup_vault_access_policy(BackupVaultName=vault, Policy=policy)
        self.assertEqual(policy, backup.get_backup_vault_access_policy(BackupVaultName=vault)["Policy"])
        backup.put_backup_vault_notifications(BackupVaultName=vault, SNSTopicArn="arn:t", BackupVaultEvents=["BACKUP_JOB_FAILED"])
        self.assertEqual(["BACKUP_JOB_FAILED"], backup.get_backup_vault_notifications(BackupVaultName=vault)["BackupVaultEvents"])
        backup.put_backup_vault_lock_configuration(BackupVaultName=vault, MinRetentionDays=7, MaxRetentionDays=400)
        described = backup.describe_backup_vault(BackupVaultName=vault)
        self.assertEqual((True, 7, 400), (described["Locked"], described["MinRetentionDays"], described["MaxRetentionDays"]))
        self.assertNotIn("LockDate", described)

    def job(self, arn: str) -> dict[str, Any]:
        started = self.backup[PRIMARY].start_backup_job(BackupVaultName=self.vault[PRIMARY], ResourceArn=arn, IamRoleArn=backup_role(),
                                                        Lifecycle={"DeleteAfterDays": 30})
        found: dict[str, Any] = self.backup[PRIMARY].describe_backup_job(BackupJobId=started["BackupJobId"])
        return found

    def test_backup_copy_and_restore_of_a_table(self) -> None:
        job = self.job(self.table())
        self.assertEqual(("COMPLETED", "DynamoDB"), (job["State"], job["ResourceType"]))
        listed = self.backup[PRIMARY].list_recovery_points_by_backup_vault(BackupVaultName=self.vault[PRIMARY])["RecoveryPoints"]
        self.assertEqual([job["RecoveryPointArn"]], [p["RecoveryPointArn"] for p in listed])
        described = self.backup[PRIMARY].describe_recovery_point(
            BackupVaultName=self.vault[PRIMARY], RecoveryPointArn=job["RecoveryPointArn"])
        self.assertEqual(({"DeleteAfterDays": 30}, "COMPLETED"), (described["Lifecycle"], described["Status"]))
        self.assertEqual(1, self.backup[PRIMARY].describe_backup_vault(BackupVaultName=self.vault[PRIMARY])["NumberOfRecoveryPoints"])
        self.refused("InvalidRequestException", self.backup[PRIMARY].delete_backup_vault, BackupVaultName=self.vault[PRIMARY])

        source = job["ResourceArn"].split("/")[-1]
        client("dynamodb").put_item(TableName=source, Item={"id": {"S": "after"}})
        copied = self.backup[PRIMARY].start_copy_job(
            RecoveryPointArn=job["RecoveryPointArn"], SourceBackupVaultName=self.vault[PRIMARY], IamRoleArn=backup_role(),
            DestinationBackupVaultArn=f"arn:aws:backup:{DR}:{ACCOUNT}:backup-vault:{self.vault[DR]}")
        copy = self.backup[PRIMARY].describe_copy_job(CopyJobId=copied["CopyJobId"])["CopyJob"]
        self.assertEqual("COMPLETED", copy["State"])
        asked: dict[str, Any] = {"RecoveryPointArn": copy["DestinationRecoveryPointArn"], "IamRoleArn": backup_role(), "IdempotencyToken": "once",
                                 "Metadata": {"targetTableName": f"{source}-restored"}}
        restore = self.backup[DR].start_restore_job(**asked)
        self.assertEqual(restore["RestoreJobId"], self.backup[DR].start_restore_job(**asked)["RestoreJobId"])
        self.assertEqual(asked["Metadata"], self.backup[DR].get_restore_job_metadata(RestoreJobId=restore["RestoreJobId"])["Metadata"])
        done = self.backup[DR].describe_restore_job(RestoreJobId=restore["RestoreJobId"])
        self.assertEqual("COMPLETED", done["Status"])
        self.assertIn(f":{DR}:", done["CreatedResourceArn"])
        items = client("dynamodb", DR).scan(TableName=f"{source}-restored")["Items"]
        self.assertEqual([{"id": {"S": "before"}}], items)

        for region, arn in ((PRIMARY, job["RecoveryPointArn"]), (DR, copy["DestinationRecoveryPointArn"])):
            self.backup[region].delete_recovery_point(BackupVaultName=self.vault[region], RecoveryPointArn=arn)
            self.backup[region].delete_backup_vault(BackupVaultName=self.vault[region])

    def test_backup_and_restore_of_a_cluster(self) -> None:
        rds = client("rds")
        arn = rds.create_db_cluster(DBClusterIdentifier=f"backed-up-t{self.number}", Engine="aurora-postgresql", MasterUsername="x",
                                    MasterUserPassword="long-enough", DeletionProtection=True)["DBCluster"]["DBClusterArn"]
        job = self.job(arn)
        self.assertEqual("Aurora", job["ResourceType"])
        self.assertEqual([job["BackupJobId"]],
                         [j["BackupJobId"] for j in self.backup[PRIMARY].list_backup_jobs(ByResourceArn=arn)["BackupJobs"]])
        restored = f"restored-t{self.number}"
        self.backup[PRIMARY].start_restore_job(RecoveryPointArn=job["RecoveryPointArn"], IamRoleArn=backup_role(),
                                               Metadata={"DBClusterIdentifier": restored})
        self.assertEqual([], self.backup[PRIMARY].list_restore_jobs(
            ByRestoreTestingPlanArn=f"arn:aws:backup:{PRIMARY}:{ACCOUNT}:restore-testing-plan:none-1")["RestoreJobs"])
        found = rds.describe_db_clusters(DBClusterIdentifier=restored)["DBClusters"][0]
        self.assertFalse(found["DeletionProtection"])
        self.assertEqual([], found["DBClusterMembers"])
        self.refused("InvalidParameterValueException", self.backup[PRIMARY].start_restore_job, RecoveryPointArn=job["RecoveryPointArn"],
                     IamRoleArn=backup_role(), Metadata={})

    def test_jobs_on_missing_things(self) -> None:
        with self.assertRaises(self.backup[PRIMARY].exceptions.ResourceNotFoundException):
            self.job(f"arn:aws:dynamodb:{PRIMARY}:{ACCOUNT}:table/none")
        self.refused("InvalidParameterValueException", self.backup[PRIMARY].start_backup_job, BackupVaultName=self.vault[PRIMARY],
                     ResourceArn="arn:aws:ec2:us-east-1:1:volume/v", IamRoleArn=backup_role())
        with self.assertRaises(self.backup[PRIMARY].exceptions.ResourceNotFoundException):
            self.backup[PRIMARY].describe_backup_job(BackupJobId="none")

    def test_a_job_does_what_its_role_may(self) -> None:
        arn, backup, name = self.table(), self.backup[PRIMARY], f"backs-up-t{self.number}"
        self.refused("InvalidParameterValueException", backup.start_backup_job, BackupVaultName=self.vault[PRIMARY], ResourceArn=arn,
                     IamRoleArn=roles.make(client, f"trusts-others-t{self.number}", "ec2.amazonaws.com", roles.allow("*")))
        silent = roles.make(client, f"asks-whom-t{self.number}", "backup.amazonaws.com", roles.allow("*"))   # no document says that AWS Backup tells
        trust = json.loads(roles.trusted_by("backup.amazonaws.com"))
        trust["Statement"][0]["Condition"] = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
        client("iam").update_assume_role_policy(RoleName=silent.rpartition("/")[2], PolicyDocument=json.dumps(trust))
        self.refused("InvalidParameterValueException", backup.start_backup_job, BackupVaultName=self.vault[PRIMARY], ResourceArn=arn, IamRoleArn=silent)
        role = roles.make(client, name, "backup.amazonaws.com")
        whole = [roles.allow("dynamodb:CreateBackup", on=arn), roles.allow("backup:CopyIntoBackupVault"), roles.allow("dynamodb:RestoreTableFromBackup")]

        def may(*statements: dict[str, Any]) -> None:
            client("iam").put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=roles.policy(*statements))

        def backed_up() -> Any:
            started = backup.start_backup_job(BackupVaultName=self.vault[PRIMARY], ResourceArn=arn, IamRoleArn=role)
            return backup.describe_backup_job(BackupJobId=started["BackupJobId"])
        may(*whole[1:])
        failed = backed_up()
        self.assertEqual(("FAILED", False), (failed["State"], "RecoveryPointArn" in failed))
        self.assertIn("dynamodb:CreateBackup", failed["StatusMessage"])
        may(whole[0])
        point = backed_up()["RecoveryPointArn"]
        copied = backup.start_copy_job(RecoveryPointArn=point, SourceBackupVaultName=self.vault[PRIMARY], IamRoleArn=role,
                                       DestinationBackupVaultArn=f"arn:aws:backup:{DR}:{ACCOUNT}:backup-vault:{self.vault[DR]}")["CopyJobId"]
        self.assertEqual("FAILED", backup.describe_copy_job(CopyJobId=copied)["CopyJob"]["State"])
        restored = backup.start_restore_job(RecoveryPointArn=point, IamRoleArn=role, Metadata={"targetTableName": name})["RestoreJobId"]
        self.assertEqual("FAILED", backup.describe_restore_job(RestoreJobId=restored)["Status"])
        self.assertNotIn(name, client("dynamodb").list_tables()["TableNames"])
        may(*whole)
        backup.start_restore_job(RecoveryPointArn=point, IamRoleArn=role, Metadata={"targetTableName": name})
        self.assertIn(name, client("dynamodb").list_tables()["TableNames"])

    def test_restore_testing_plans_and_their_selections(self) -> None:
        backup, name, missing = self.backup[DR], f"restore_tests_{self.number}", self.backup[DR].exceptions.ResourceNotFoundException
        plan: dict[str, Any] = {"RestoreTestingPlanName": name, "ScheduleExpression": "cron(0 9 ? * SUN,WED *)", "RecoveryPointSelection": {
            "Algorithm": "LATEST_WITHIN_WINDOW", "IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"], "SelectionWindowDays": 2}}
        with self.assertRaises(backup.exceptions.InvalidParameterValueException):
            backup.create_restore_testing_plan(RestoreTestingPlan={**plan, "RestoreTestingPlanName": "restore-tests"})
        made = backup.create_restore_testing_plan(RestoreTestingPlan=plan, Tags={"Stack": "it"})
        with self.assertRaises(backup.exceptions.AlreadyExistsException):
            backup.create_restore_testing_plan(RestoreTestingPlan=plan)
        self.assertEqual({"Stack": "it"}, backup.list_tags(ResourceArn=made["RestoreTestingPlanArn"])["Tags"])
        backup.update_restore_testing_plan(RestoreTestingPlanName=name, RestoreTestingPlan={"StartWindowHours": 1})
        kept = backup.get_restore_testing_plan(RestoreTestingPlanName=name)["RestoreTestingPlan"]
        self.assertEqual((1, plan["RecoveryPointSelection"], plan["ScheduleExpression"]),
                         (kept["StartWindowHours"], kept["RecoveryPointSelection"], kept["ScheduleExpression"]))
        self.assertEqual([name], [it["RestoreTestingPlanName"] for it in backup.list_restore_testing_plans()["RestoreTestingPlans"]
                                  if it["RestoreTestingPlanArn"] == made["RestoreTestingPlanArn"]])

        selection: dict[str, Any] = {"RestoreTestingSelectionName": "tables", "ProtectedResourceType": "DynamoDB", "IamRoleArn": backup_role(),
                                     "ProtectedResourceArns": [self.table()], "RestoreMetadataOverrides": {"encryptionType": "KMS"}}
        for wrong in ({"ProtectedResourceConditions": {"StringEquals": [{"Key": "aws:ResourceTag/a", "Value": "b"}]}},
                      {"ProtectedResourceArns": []}, {"ProtectedResourceArns": [f"arn:aws:dynamodb:{DR}:{ACCOUNT}:table/{n}" for n in range(31)]},
                      {"RestoreTestingSelectionName": "tables_"}):
            with self.assertRaises(backup.exceptions.InvalidParameterValueException, msg=str(wrong)):
                backup.create_restore_testing_selection(RestoreTestingPlanName=name, RestoreTestingSelection={**selection, **wrong})
        backup.create_restore_testing_selection(RestoreTestingPlanName=name, RestoreTestingSelection=selection)
        where = {"RestoreTestingPlanName": name, "RestoreTestingSelectionName": "tables"}
        backup.update_restore_testing_selection(**where, RestoreTestingSelection={"ValidationWindowHours": 2})
        shown = backup.get_restore_testing_selection(**where)["RestoreTestingSelection"]
        self.assertEqual((2, {"encryptionType": "KMS"}), (shown["ValidationWindowHours"], shown["RestoreMetadataOverrides"]))
        self.assertEqual(1, len(backup.list_restore_testing_selections(RestoreTestingPlanName=name)["RestoreTestingSelections"]))
        with self.assertRaises(backup.exceptions.InvalidRequestException):
            backup.delete_restore_testing_plan(RestoreTestingPlanName=name)
        backup.delete_restore_testing_selection(**where)
        with self.assertRaises(missing):
            backup.get_restore_testing_selection(**where)
        backup.delete_restore_testing_plan(RestoreTestingPlanName=name)
        with self.assertRaises(missing):
            backup.get_restore_testing_plan(RestoreTestingPlanName=name)
