"""DynamoDB Streams: two lines of shards a table, each shard closed after SHARD_RECORDS and followed by a child, as AWS does by time.

A record's line is chosen by its key: only records of one key have an order, and only a reader that finishes parents first sees it.
"""
from __future__ import annotations

import base64
import zlib
from typing import Any

from moto.core.responses import ActionResult
from moto.dynamodb.exceptions import ResourceNotFoundException
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import StreamShard, Table
from moto.dynamodb.models.utilities import dynamo_json_dump
from moto.dynamodbstreams.models import DynamoDBStreamsBackend
from moto.dynamodbstreams.responses import DynamoDBStreamsHandler

from local_aws.services.patching import replace

LINES = 2
SHARD_RECORDS = 500
NO_RECORD = "0" * 21   # a sequence number has 21 digits or more
DESCRIBED_SHARDS = 100   # the most that one DescribeStream answers
Records = list[dict[str, Any]]


class Lines:
    """A table's records in their lines, taken over from moto's only shard as they come."""

    def __init__(self) -> None:
        self.lines: list[Records] = [[] for _ in range(LINES)]
        self.seen = 0

    def follow(self, stream: StreamShard) -> None:
        for record in stream.items[self.seen:]:
            keys = dynamo_json_dump(record.record["dynamodb"]["Keys"])
            self.lines[zlib.crc32(keys.encode()) % LINES].append(record.to_json())
        self.seen = len(stream.items)

    def shards(self) -> list[dict[str, Any]]:
        return [self._shard(line, number) for line, records in enumerate(self.lines)
                for number in range(len(records) // SHARD_RECORDS + 1)]

    def _shard(self, line: int, number: int) -> dict[str, Any]:
        records = self.records(line, number)
        sequence = [record["dynamodb"]["SequenceNumber"] for record in records]
        limits = {"StartingSequenceNumber": sequence[0] if sequence else NO_RECORD}
        if len(records) == SHARD_RECORDS:
            limits["EndingSequenceNumber"] = sequence[-1]
        parent = {"ParentShardId": _shard_id(line, number - 1)} if number else {}
        return {"ShardId": _shard_id(line, number), **parent, "SequenceNumberRange": limits}

    def records(self, line: int, number: int) -> Records:
        return self.lines[line][number * SHARD_RECORDS:(number + 1) * SHARD_RECORDS]


def _shard_id(line: int, number: int) -> str:
    return f"shardId-{number:020d}-{line:08x}"


def _line_and_number(shard_id: str) -> tuple[int, int]:
    _, number, line = shard_id.split("-")
    return int(line, 16), int(number)


def _lines(table: Table) -> Lines:
    if table.stream_shard is None:
        raise ResourceNotFoundException()
    lines: Lines = table.stream_shard.__dict__.setdefault("lines", Lines())
    lines.follow(table.stream_shard)
    return lines


def _iterator(arn: str, shard_id: str, position: int) -> str:
    return f"{arn}|1|{base64.b64encode(f'{shard_id}/{position}'.encode()).decode()}"


@replace(DynamoDBStreamsHandler)
def describe_stream(original: Any, self: Any) -> Any:
    arn = self._get_param("StreamArn")
    stream = self.backend.describe_stream(arn)
    shards = _lines(self.backend._get_table_from_arn(arn)).shards()
    start = self._get_param("ExclusiveStartShardId")
    if start:
        shards = shards[[shard["ShardId"] for shard in shards].index(start) + 1:]
    page = shards[:min(int(self._get_param("Limit") or DESCRIBED_SHARDS), DESCRIBED_SHARDS)]
    more = {"LastEvaluatedShardId": page[-1]["ShardId"]} if len(page) < len(shards) else {}
    return ActionResult({"StreamDescription": {**stream, "Shards": page, **more}})


@replace(DynamoDBStreamsHandler)
def get_shard_iterator(original: Any, self: Any) -> Any:
    arn, shard_id = self._get_param("StreamArn"), self._get_param("ShardId")
    lines = _lines(self.backend._get_table_from_arn(arn))
    if shard_id not in {shard["ShardId"] for shard in lines.shards()}:
        raise ResourceNotFoundException()
    records = lines.records(*_line_and_number(shard_id))
    number = int(self._get_param("SequenceNumber") or 0)
    at = [int(record["dynamodb"]["SequenceNumber"]) for record in records]
    position = {
        "TRIM_HORIZON": 0,
        "LATEST": len(records),
        "AT_SEQUENCE_NUMBER": sum(sequence < number for sequence in at),
        "AFTER_SEQUENCE_NUMBER": sum(sequence <= number for sequence in at),
    }[self._get_param("ShardIteratorType")]
    return ActionResult({"ShardIterator": _iterator(arn, shard_id, position)})


@replace(DynamoDBStreamsBackend)
def get_records(original: Any, self: Any, iterator_arn: str, limit: int) -> dict[str, Any]:
    arn, _, token = iterator_arn.split("|")
    shard_id, _, position = base64.b64decode(token).decode().partition("/")
    records = _lines(self._get_table_from_arn(arn)).records(*_line_and_number(shard_id))
    found = records[int(position):int(position) + min(limit, 1000)]
    read = int(position) + len(found)
    # a closed shard that is read to its end has no next iterator
    more = {} if read == SHARD_RECORDS else {"NextShardIterator": _iterator(arn, shard_id, read)}
    return {"Records": found, **more}


@replace(StreamShard)
def add(original: Any, self: Any, old: Item | None, new: Item | None) -> None:
    """A write that changes nothing leaves no record."""
    if old is None or new is None or old.to_json() != new.to_json():
        original(self, old, new)


@replace(DynamoDBBackend)
def update_item(original: Any, self: Any, table_name: str, *args: Any, **kwargs: Any) -> Item:
    """moto makes a new item in two steps, and tells both."""
    stream = self.get_table(table_name).stream_shard
    before = len(stream.items) if stream else 0
    updated: Item = original(self, table_name, *args, **kwargs)
    if stream and len(stream.items) == before + 2:
        first, last = stream.items[before:]
        last.record["dynamodb"]["SequenceNumber"] = first.record["dynamodb"]["SequenceNumber"]
        stream.items[before:] = [last]
    return updated
