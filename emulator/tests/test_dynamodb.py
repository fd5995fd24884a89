from __future__ import annotations

import itertools
import unittest
from datetime import datetime, timedelta, timezone
from typing import Any

from instance import ACCOUNT, EmulatorTest, client

from moto.core.exceptions import JsonRESTError

from local_aws.services.dynamodb import Transactions

NUMBER = itertools.count()
PRIMARY, DR = "us-east-1", "us-east-2"


class GlobalTableTest(EmulatorTest):
    def setUp(self) -> None:
        self.name = f"session-table-v2-t{next(NUMBER)}"
        self.dynamo = {region: client("dynamodb", region) for region in (PRIMARY, DR)}
        self.dynamo[PRIMARY].create_table(
            TableName=self.name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
            SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": f"arn:aws:kms:{PRIMARY}:{ACCOUNT}:key/mrk-1"})
        self.update(Create={"RegionName": DR, "KMSMasterKeyId": f"arn:aws:kms:{DR}:{ACCOUNT}:key/mrk-1"})

    def update(self, **change: Any) -> None:
        self.dynamo[PRIMARY].update_table(TableName=self.name, ReplicaUpdates=[change])

    def describe(self, region: str) -> dict[str, Any]:
        found: dict[str, Any] = self.dynamo[region].describe_table(TableName=self.name)["Table"]
        return found

    def pitr(self, region: str) -> str:
        found = self.dynamo[region].describe_continuous_backups(TableName=self.name)["ContinuousBackupsDescription"]
        return str(found["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"])

    def test_a_table_is_restored_to_a_time_of_its_window_under_the_key_that_is_given(self) -> None:
        dynamo, arn = self.dynamo[PRIMARY], self.describe(PRIMARY)["TableArn"]
        dynamo.put_item(TableName=self.name, Item={"id": {"S": "one"}})
        where = {"SourceTableArn": arn, "TargetTableName": f"{self.name}-back"}
        now = datetime.now(timezone.utc)
        self.refused("PointInTimeRecoveryUnavailableException", dynamo.restore_table_to_point_in_time, RestoreDateTime=now, **where)
        dynamo.update_continuous_backups(TableName=self.name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
        for away in (timedelta(days=-1), timedelta(days=1)):
            self.refused("InvalidRestoreTimeException", dynamo.restore_table_to_point_in_time, RestoreDateTime=now + away, **where)
        window = dynamo.describe_continuous_backups(TableName=self.name)["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        key = f"arn:aws:kms:{PRIMARY}:{ACCOUNT}:key/other"
        dynamo.restore_table_to_point_in_time(RestoreDateTime=window["LatestRestorableDateTime"], SSESpecificationOverride={
            "Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}, **where)
        back = dynamo.describe_table(TableName=f"{self.name}-back")["Table"]
        self.assertEqual((key, False), (back["SSEDescription"]["KMSMasterKeyArn"], back["DeletionProtectionEnabled"]))
        self.assertEqual([{"id": {"S": "one"}}], dynamo.scan(TableName=f"{self.name}-back")["Items"])

    def test_each_region_has_its_own_key_recovery_protection_and_tags(self) -> None:
        self.assertEqual([{"RegionName": DR, "ReplicaStatus": "ACTIVE", "KMSMasterKeyId": f"arn:aws:kms:{DR}:{ACCOUNT}:key/mrk-1"}],
                         self.describe(PRIMARY)["Replicas"])
        self.assertEqual([PRIMARY], [r["RegionName"] for r in self.describe(DR)["Replicas"]])
        self.assertEqual(f"arn:aws:kms:{DR}:{ACCOUNT}:key/mrk-1", self.describe(DR)["SSEDescription"]["KMSMasterKeyArn"])
        self.dynamo[DR].update_continuous_backups(
            TableName=self.name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
        self.dynamo[DR].update_table(TableName=self.name, DeletionProtectionEnabled=True)
        arn = self.describe(DR)["TableArn"]
        self.assertIn(f":{DR}:", arn)
        for value in ("a", "b"):
            self.dynamo[DR].tag_resource(ResourceArn=arn, Tags=[{"Key": "k", "Value": value}])
        self.assertEqual(("DISABLED", "ENABLED"), (self.pitr(PRIMARY), self.pitr(DR)))
        self.assertEqual((False, True), tuple(self.describe(r)["DeletionProtectionEnabled"] for r in (PRIMARY, DR)))
        self.assertEqual([{"Key": "k", "Value": "b"}], self.dynamo[DR].list_tags_of_resource(ResourceArn=arn)["Tags"])
        self.assertEqual([], self.dynamo[PRIMARY].list_tags_of_resource(ResourceArn=arn.replace(DR, PRIMARY))["Tags"])

    def test_items_and_time_to_live_are_shared(self) -> None:
        for writer, reader, key in ((PRIMARY, DR, "p"), (DR, PRIMARY, "d")):
            self.dynamo[writer].put_item(TableName=self.name, Item={"id": {"S": key}, "v": {"N": "1"}})
            self.assertEqual("1", self.dynamo[reader].get_item(TableName=self.name, Key={"id": {"S": key}})["Item"]["v"]["N"])
        self.dynamo[PRIMARY].delete_item(TableName=self.name, Key={"id": {"S": "d"}})
        self.assertNotIn("Item", self.dynamo[DR].get_item(TableName=self.name, Key={"id": {"S": "d"}}))
        self.dynamo[PRIMARY].update_time_to_live(TableName=self.name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "x"})
        self.assertEqual("ENABLED", self.dynamo[DR].describe_time_to_live(TableName=self.name)["TimeToLiveDescription"]["TimeToLiveStatus"])

    def test_deletion_is_refused_while_replicas_or_protection_exist(self) -> None:
        self.assertIn("source region", self.refused("ValidationException", self.dynamo[PRIMARY].delete_table, TableName=self.name))
        self.dynamo[DR].update_table(TableName=self.name, DeletionProtectionEnabled=True)
        message = self.refused("ValidationException", self.dynamo[PRIMARY].update_table, TableName=self.name,
                               ReplicaUpdates=[{"Delete": {"RegionName": DR}}])
        self.assertIn("DeletionProtectionEnabled", message)
        self.dynamo[DR].update_table(TableName=self.name, DeletionProtectionEnabled=False)
        self.update(Delete={"RegionName": DR})
        message = self.refused("ValidationException", self.dynamo[PRIMARY].update_table, TableName=self.name,
                               ReplicaUpdates=[{"Delete": {"RegionName": DR}}])
        self.assertIn("request was not found", message)
        self.assertNotIn("Replicas", self.describe(PRIMARY))
        with self.assertRaises(self.dynamo[DR].exceptions.ResourceNotFoundException):
            self.describe(DR)
        self.dynamo[PRIMARY].update_table(TableName=self.name, DeletionProtectionEnabled=True)
        self.refused("ValidationException", self.dynamo[PRIMARY].delete_table, TableName=self.name)
        self.dynamo[PRIMARY].update_table(TableName=self.name, DeletionProtectionEnabled=False)
        self.dynamo[PRIMARY].delete_table(TableName=self.name)

    def test_a_replica_can_be_deleted_in_its_region(self) -> None:
        self.dynamo[DR].delete_table(TableName=self.name)
        self.assertNotIn("Replicas", self.describe(PRIMARY))
        self.dynamo[PRIMARY].delete_table(TableName=self.name)

    def test_a_second_replica_in_the_region_is_refused(self) -> None:
        self.refused("ValidationException", self.dynamo[PRIMARY].update_table, TableName=self.name,
                     ReplicaUpdates=[{"Create": {"RegionName": DR}}])

    def put_once(self, region: str = PRIMARY, value: str = "first", token: str = "token") -> None:
        put = {"TableName": self.name, "Item": {"id": {"S": "p"}, "v": {"S": value}}, "ConditionExpression": "attribute_not_exists(id)"}
        self.dynamo[region].transact_write_items(ClientRequestToken=f"{self.name}-{token}"[-36:], TransactItems=[{"Put": put}])

    def item(self) -> Any:
        return self.dynamo[PRIMARY].get_item(TableName=self.name, Key={"id": {"S": "p"}}).get("Item", {}).get("v", {}).get("S")

    def test_a_transaction_that_is_sent_again_succeeds_and_does_nothing(self) -> None:
        self.put_once()
        self.put_once()
        self.dynamo[PRIMARY].delete_item(TableName=self.name, Key={"id": {"S": "p"}})
        self.put_once()
        self.assertIsNone(self.item())
        self.put_once(token="another")
        self.assertEqual("first", self.item())

    def test_a_token_with_another_request_is_refused(self) -> None:
        self.put_once()
        self.assertIn("must come with the request", self.refused("IdempotentParameterMismatchException", self.put_once, value="second"))
        self.assertEqual("first", self.item())

    def test_a_transaction_that_was_canceled_is_tried_anew(self) -> None:
        self.dynamo[PRIMARY].put_item(TableName=self.name, Item={"id": {"S": "p"}, "v": {"S": "of another"}})
        for _ in range(2):
            self.refused("TransactionCanceledException", self.put_once)
        self.dynamo[PRIMARY].delete_item(TableName=self.name, Key={"id": {"S": "p"}})
        self.put_once()
        self.assertEqual("first", self.item())

    def test_each_region_has_its_own_tokens(self) -> None:
        self.put_once()
        self.refused("TransactionCanceledException", self.put_once, region=DR)


class TransactionsTest(unittest.TestCase):
    def test_a_token_is_valid_for_ten_minutes_after_its_request_was_carried_out(self) -> None:
        transactions, end = Transactions(), datetime(2026, 1, 1, tzinfo=timezone.utc)
        transactions.carried_out("token", "request", end)
        last = end + timedelta(minutes=10) - timedelta.resolution
        self.assertTrue(transactions.knows("token", "request", last))
        with self.assertRaises(JsonRESTError):
            transactions.knows("token", "other", last)
        self.assertFalse(transactions.knows("token", "other", end + timedelta(minutes=10)))
        self.assertFalse(transactions.knows("token", "request", last), "what is too old is forgotten")
