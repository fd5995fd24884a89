"""DynamoDB global tables, version 2019.11.21: replicas share their items, each Region has its own key, PITR and protection."""
from __future__ import annotations

import copy
import threading
from datetime import datetime, timedelta
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.dynamodb.exceptions import DeletionProtectedException, MockValidationException, MultipleTransactionsException
from moto.dynamodb.exceptions import TransactionCanceledException
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler
from moto.dynamodbstreams.responses import DynamoDBStreamsHandler

from local_aws.services.patching import backend_of, kept, replace
from local_aws.services import dynamodb_policies
from local_aws.services import gaps as gaps   # before: the call_action that is replaced here is the one that it leaves
from local_aws.world.clock import CLOCK

# settings that AWS keeps equal in all replicas: amazondynamodb/latest/developerguide/globaltables.html
SHARED = ("attr", "billing_mode", "global_indexes", "indexes", "ttl", "stream_specification", "stream_shard", "latest_stream_label")

# amazondynamodb/latest/APIReference/API_TransactWriteItems.html: after the first request was completed
TOKEN_IS_VALID = timedelta(minutes=10)

# requests come in threads of their own, and moto checks a condition before it writes
ONE_AT_A_TIME = threading.RLock()


@replace(DynamoHandler)
def call_action(original: Any, self: Any) -> Any:
    with ONE_AT_A_TIME:
        dynamodb_policies.check(self, self._get_action(), getattr(self, "params", {}))
        return original(self)


def _stream_action(original: Any, self: Any) -> Any:
    with ONE_AT_A_TIME:
        return original(self)


_stream_action.__name__ = "call_action"
replace(DynamoDBStreamsHandler)(_stream_action)


@replace(DynamoDBBackend)
def transact_write_items(original: Any, self: Any, transact_items: list[dict[str, Any]]) -> None:
    """moto takes a failed transaction back by exchanging the table for an older copy, which no replica shares."""
    tables = dict(self.tables)
    records = {name: len(table.stream_shard.items) for name, table in tables.items() if table.stream_shard}
    try:
        original(self, transact_items)
    except (TransactionCanceledException, MultipleTransactionsException, MockValidationException):
        for name, table in tables.items():
            if self.tables[name] is not table:
                table.items.clear()
                table.items.update(self.tables[name].items)
                if table.stream_shard:
                    del table.stream_shard.items[records[name]:]
                self.tables[name] = table
        raise


class Transactions:
    """Those of a Region that were carried out, by their ClientRequestToken."""

    def __init__(self) -> None:
        self._requests: dict[str, tuple[datetime, Any]] = {}

    def carried_out(self, token: str, request: Any, now: datetime) -> None:
        self._requests[token] = now, request

    def knows(self, token: str, request: Any, now: datetime) -> bool:
        """Raises IdempotentParameterMismatchException when the token is another request's."""
        self._requests = {known: (at, first) for known, (at, first) in self._requests.items() if now - at < TOKEN_IS_VALID}
        if token not in self._requests:
            return False
        if self._requests[token][1] != request:
            raise JsonRESTError("IdempotentParameterMismatchException",
                                f"ClientRequestToken must come with the request that it came with first, got another with '{token}'")
        return True


def _once(original: Any, self: Any) -> Any:
    """A client that lost the answer sends its transaction again, and must not meet what it wrote itself. One that failed is tried anew."""
    token = self.body.get("ClientRequestToken")
    if token is None:
        return original(self)
    transactions = kept(self.dynamodb_backend, "transactions", Transactions)
    request = copy.deepcopy(self.body)
    if transactions.knows(token, request, CLOCK.now()):
        return ActionResult({})
    answer = original(self)
    transactions.carried_out(token, request, CLOCK.now())
    return answer


_once.__name__ = "transact_write_items"
replace(DynamoHandler)(_once)


def _region(table: Table) -> str:
    region: str = table.table_arn.split(":")[3]
    return region


def _group(table: Table) -> dict[str, Table]:
    """All tables of the global table by Region, this one included; the same object in each of them."""
    found: dict[str, Table] = table.__dict__.setdefault("replica_group", {_region(table): table})
    return found


def _others(table: Table) -> list[Table]:
    return [other for other in _group(table).values() if other is not table]


def _share_settings(table: Table) -> None:
    for other in _others(table):
        for name in SHARED:
            setattr(other, name, getattr(table, name))


def _key_of(table: Table) -> str | None:
    specification = table.sse_specification or {}
    key: str | None = specification.get("KMSMasterKeyId")
    return key


def _create_replica(table: Table, account: str, specification: dict[str, Any]) -> None:
    region = specification["RegionName"]
    if region in _group(table):
        raise MockValidationException(f"Failed to create a the new replica of table with name: '{table.name}' "
                                      f"because a replica already exists in region: '{region}'")
    backend = backend_of("dynamodb", account, region)
    if table.name in backend.tables:
        raise MockValidationException(f"Failed to create a the new replica of table with name: '{table.name}' "
                                      f"because one or more replicas already existed as tables")
    replica = copy.copy(table)   # one dictionary of items: a write in any Region is read in all
    replica.table_arn = table.table_arn.replace(f":{_region(table)}:", f":{region}:")
    replica.tags = []
    replica.continuous_backups = copy.deepcopy(table.continuous_backups)
    replica.continuous_backups["PointInTimeRecoveryDescription"] = {"PointInTimeRecoveryStatus": "DISABLED"}
    replica.deletion_protection_enabled = False
    if _key_of(table) and not specification.get("KMSMasterKeyId"):
        replica.sse_specification = None
    _group(table)[region] = replica
    backend.tables[table.name] = replica
    _set_key(replica, specification)


def _set_key(replica: Table, specification: dict[str, Any]) -> None:
    if specification.get("KMSMasterKeyId"):
        replica.sse_specification = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": specification["KMSMasterKeyId"]}


def _replica(table: Table, specification: dict[str, Any]) -> Table:
    region = specification["RegionName"]
    # the provider takes these very wordings for "already gone"
    if region == _region(table):
        raise MockValidationException("Cannot add, delete, or update the local region through ReplicaUpdates. "
                                      "Use CreateTable, DeleteTable, or UpdateTable as required.")
    if region not in _group(table):
        raise MockValidationException("Replica specified in the Replica Update or Replica Delete action of the request was not found.")
    return _group(table)[region]


def _delete_replica(table: Table, account: str, specification: dict[str, Any]) -> None:
    replica = _replica(table, specification)
    if replica.deletion_protection_enabled:
        raise DeletionProtectedException(table.name)
    _leave(replica)
    backend_of("dynamodb", account, specification["RegionName"]).tables.pop(table.name, None)


def _leave(replica: Table) -> None:
    _group(replica).pop(_region(replica))
    replica.__dict__.pop("replica_group")


@replace(DynamoHandler)
def update_table(original: Any, self: Any) -> Any:
    answer = original(self)
    table = self.dynamodb_backend.get_table(self.body["TableName"])
    for update in self.body.get("ReplicaUpdates") or []:
        (kind, specification), = update.items()
        if kind == "Create":
            _create_replica(table, self.current_account, specification)
        elif kind == "Delete":
            _delete_replica(table, self.current_account, specification)
        else:
            _set_key(_replica(table, specification), specification)
    if "SSESpecification" in self.body:   # moto ignores it here
        table.sse_specification = self.body["SSESpecification"]
    _share_settings(table)
    return type(answer)(table.describe())


@replace(DynamoDBBackend)
def update_time_to_live(original: Any, self: Any, name: str, ttl_spec: dict[str, Any]) -> None:
    original(self, name, ttl_spec)
    _share_settings(self.get_table(name))


@replace(Table)
def describe(original: Any, self: Any, base_key: str = "TableDescription") -> dict[str, Any]:
    answer: dict[str, Any] = original(self, base_key)
    others = _others(self)
    if others:
        answer[base_key]["GlobalTableVersion"] = "2019.11.21"
        answer[base_key]["Replicas"] = [
            {"RegionName": _region(other), "ReplicaStatus": "ACTIVE", **({"KMSMasterKeyId": _key_of(other)} if _key_of(other) else {})}
            for other in others]
    return answer


@replace(DynamoDBBackend)
def delete_table(original: Any, self: Any, name: str) -> Table:
    table = self.get_table(name)
    if _others(table) and not table.deletion_protection_enabled and _is_source(table):
        raise MockValidationException("Replica cannot be deleted because it has acted as a source region for new replicas "
                                      "being added to the table in the last 24 hours.")
    deleted: Table = original(self, name)
    if _others(deleted):
        _leave(deleted)
    return deleted


def _is_source(table: Table) -> bool:
    return next(iter(_group(table).values())) is table


@replace(DynamoDBBackend)
def tag_resource(original: Any, self: Any, table_arn: str, tags: list[dict[str, str]]) -> None:
    """moto appends a second tag of the same key."""
    keys = {tag["Key"] for tag in tags}
    for table in self.tables.values():
        if table.table_arn == table_arn:
            table.tags = [tag for tag in table.tags if tag["Key"] not in keys] + tags
