from __future__ import annotations

import itertools
import json
import threading
from typing import Any

from botocore.exceptions import ClientError

import roles
from instance import ACCOUNT, EmulatorTest, client, endpoint

NUMBER = itertools.count()
PRIMARY, DR = "us-east-1", "us-east-2"


class Table(EmulatorTest):
    def setUp(self) -> None:
        self.name = f"sessions-t{next(NUMBER)}"
        self.dynamo = client("dynamodb")
        self.dynamo.create_table(
            TableName=self.name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})
        self.arn = self.dynamo.describe_table(TableName=self.name)["Table"]["TableArn"]

    def put(self, key: str, value: int) -> None:
        self.dynamo.put_item(TableName=self.name, Item={"id": {"S": key}, "v": {"N": str(value)}})


class StreamTest(Table):
    def stream(self, region: str = PRIMARY) -> tuple[Any, str]:
        streams = client("dynamodbstreams", region)
        found, = streams.list_streams(TableName=self.name)["Streams"]
        return streams, found["StreamArn"]

    def read(self, shard_id: str, region: str = PRIMARY, **start: str) -> tuple[list[dict[str, Any]], bool]:
        """Records of a shard, and whether it is closed."""
        streams, arn = self.stream(region)
        iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard_id,
                                              **(start or {"ShardIteratorType": "TRIM_HORIZON"}))["ShardIterator"]
        records: list[dict[str, Any]] = []
        while iterator:
            page = streams.get_records(ShardIterator=iterator, Limit=300)
            records += page["Records"]
            iterator = page.get("NextShardIterator")
            if not page["Records"] and iterator:
                return records, False
        return records, True

    def test_records_tell_before_and_after(self) -> None:
        self.put("a", 1)
        self.put("a", 2)
        self.put("a", 2)   # changes nothing
        self.dynamo.update_item(TableName=self.name, Key={"id": {"S": "a"}}, UpdateExpression="SET v = :v",
                                ExpressionAttributeValues={":v": {"N": "3"}})
        self.dynamo.delete_item(TableName=self.name, Key={"id": {"S": "a"}})
        self.dynamo.update_item(TableName=self.name, Key={"id": {"S": "a"}}, UpdateExpression="SET v = :v",
                                ExpressionAttributeValues={":v": {"N": "4"}})
        self.assertEqual(
            [("INSERT", None, "1"), ("MODIFY", "1", "2"), ("MODIFY", "2", "3"), ("REMOVE", "3", None), ("INSERT", None, "4")],
            [(record["eventName"], *(record["dynamodb"].get(image, {}).get("v", {}).get("N") for image in ("OldImage", "NewImage")))
             for record in self.all_records()])

    def all_records(self) -> list[dict[str, Any]]:
        streams, arn = self.stream()
        return [record for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
                for record in self.read(shard["ShardId"])[0]]

    def test_shards_have_children_which_go_on_where_they_ended(self) -> None:
        keys, writes = [f"key-{number}" for number in range(24)], 88
        for value in range(writes):
            self.dynamo.batch_write_item(RequestItems={self.name: [
                {"PutRequest": {"Item": {"id": {"S": key}, "v": {"N": str(value)}}}} for key in keys]})
        streams, arn = self.stream()
        shards = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        found = []
        for first in [shard for shard in shards if "ParentShardId" not in shard]:
            line = [first]
            while child := next((shard for shard in shards if shard.get("ParentShardId") == line[-1]["ShardId"]), None):
                line.append(child)
            self.assertEqual([True, True, False], ["EndingSequenceNumber" in shard["SequenceNumberRange"] for shard in line])
            pages = [self.read(shard["ShardId"]) for shard in line]
            self.assertEqual([(500, True), (500, True)], [(len(records), closed) for records, closed in pages[:2]])
            self.assertFalse(pages[2][1])
            values: dict[str, list[int]] = {}
            for record in [record["dynamodb"] for records, _ in pages for record in records]:
                values.setdefault(record["Keys"]["id"]["S"], []).append(int(record["NewImage"]["v"]["N"]))
            self.assertEqual({key: list(range(writes)) for key in values}, values)
            found += values
        self.assertEqual(sorted(keys), sorted(found), "each key is in one line only")

    def test_a_page_of_shards_names_the_last_one(self) -> None:
        streams, arn = self.stream()
        first = streams.describe_stream(StreamArn=arn, Limit=1)["StreamDescription"]
        second = streams.describe_stream(StreamArn=arn, ExclusiveStartShardId=first["LastEvaluatedShardId"])["StreamDescription"]
        self.assertNotEqual(first["Shards"], second["Shards"])
        self.assertNotIn("LastEvaluatedShardId", second)

    def test_iterators_start_where_they_are_told(self) -> None:
        for value in range(5):
            self.put("a", value)
        streams, arn = self.stream()
        shard, = (s["ShardId"] for s in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"] if self.read(s["ShardId"])[0])
        third = self.read(shard)[0][2]["dynamodb"]["SequenceNumber"]
        self.assertEqual(3, len(self.read(shard, ShardIteratorType="AT_SEQUENCE_NUMBER", SequenceNumber=third)[0]))
        self.assertEqual(2, len(self.read(shard, ShardIteratorType="AFTER_SEQUENCE_NUMBER", SequenceNumber=third)[0]))
        self.assertEqual(0, len(self.read(shard, ShardIteratorType="LATEST")[0]))

    def test_a_replica_streams_the_same_writes(self) -> None:
        self.dynamo.update_table(TableName=self.name, ReplicaUpdates=[{"Create": {"RegionName": DR}}])
        self.put("a", 1)
        streams, arn = self.stream(DR)
        self.assertIn(f":{DR}:", arn)
        found = [record for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
                 for record in self.read(shard["ShardId"], DR)[0]]
        self.assertEqual(1, len(found))


class ConsistencyTest(Table):
    def test_one_of_many_conditional_writes_wins(self) -> None:
        outcomes: list[bool] = []

        def contend() -> None:
            try:
                self.dynamo.put_item(TableName=self.name, Item={"id": {"S": "a"}}, ConditionExpression="attribute_not_exists(id)")
                outcomes.append(True)
            except ClientError:
                outcomes.append(False)
        threads = [threading.Thread(target=contend) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(1, sum(outcomes))

    def test_a_failed_transaction_leaves_items_stream_and_replicas_alone(self) -> None:
        self.dynamo.update_table(TableName=self.name, ReplicaUpdates=[{"Create": {"RegionName": DR}}])
        self.put("a", 1)
        self.refused("TransactionCanceledException", self.dynamo.transact_write_items, TransactItems=[
            {"Put": {"TableName": self.name, "Item": {"id": {"S": "b"}}}},
            {"ConditionCheck": {"TableName": self.name, "Key": {"id": {"S": "a"}}, "ConditionExpression": "v = :v",
                                "ExpressionAttributeValues": {":v": {"N": "7"}}}}])
        self.put("c", 1)
        replica = client("dynamodb", DR)
        self.assertEqual(["a", "c"], sorted(item["id"]["S"] for item in replica.scan(TableName=self.name)["Items"]))
        streams = client("dynamodbstreams")
        arn = streams.list_streams(TableName=self.name)["Streams"][0]["StreamArn"]
        keys = []
        for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
            keys += [r["dynamodb"]["Keys"]["id"]["S"] for r in streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]]
        self.assertEqual(["a", "c"], sorted(keys))


class PolicyTest(Table):
    def role(self) -> Any:
        """A client of an application's role, and the role."""
        arn = roles.make(client, f"app-{self.name}", "ec2.amazonaws.com", roles.allow("dynamodb:PutItem", on=self.arn))
        return roles.session(client, endpoint(), arn)("dynamodb"), arn

    def deny(self, **condition: Any) -> None:
        self.dynamo.put_resource_policy(ResourceArn=self.arn, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Sid": "Fence", "Effect": "Deny", "Principal": "*", "Action": ["dynamodb:PutItem", "dynamodb:BatchWriteItem"],
             "Resource": self.arn, **condition}]}))

    def test_denied_writes_are_refused_whatever_the_call(self) -> None:
        self.deny()
        item = {"id": {"S": "a"}}
        message = self.refused("AccessDeniedException", self.dynamo.put_item, TableName=self.name, Item=item)
        self.assertIn("explicit deny in a resource-based policy", message)
        self.refused("AccessDeniedException", self.dynamo.put_item, TableName=self.arn, Item=item)
        self.refused("AccessDeniedException", self.dynamo.batch_write_item, RequestItems={self.name: [{"PutRequest": {"Item": item}}]})
        self.refused("AccessDeniedException", self.dynamo.transact_write_items,
                     TransactItems=[{"Put": {"TableName": self.name, "Item": item}}])
        self.assertEqual(0, self.dynamo.scan(TableName=self.name)["Count"])
        self.dynamo.delete_resource_policy(ResourceArn=self.arn)
        self.put("a", 1)

    def test_who_is_exempt_may_write(self) -> None:
        application, role = self.role()
        self.deny(Condition={"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:user/moto"]}})
        self.put("a", 1)
        self.refused("AccessDeniedException", application.put_item, TableName=self.name, Item={"id": {"S": "b"}})
        self.deny(Condition={"ArnNotLike": {"aws:PrincipalArn": [role]}})
        application.put_item(TableName=self.name, Item={"id": {"S": "b"}})
        self.refused("AccessDeniedException", self.dynamo.put_item, TableName=self.name, Item={"id": {"S": "c"}})

    def test_a_condition_that_is_not_known_is_a_gap(self) -> None:
        self.deny(Condition={"StringEquals": {"aws:PrincipalTag/team": "x"}})
        self.refused("NotImplementedByEmulator", self.dynamo.put_item, TableName=self.name, Item={"id": {"S": "a"}})
