"""Restores of tables to a time: amazondynamodb/latest/developerguide/pointintimerecovery_restores.html

The restored table has what its source has now: no older items are kept."""
from __future__ import annotations

import copy
from datetime import datetime, timezone
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.responses import DynamoHandler, DynamoResult

from local_aws.services.patching import replace
from local_aws.world.clock import CLOCK


@replace(DynamoDBBackend)
def describe_continuous_backups(original: Any, self: Any, table_name: str) -> dict[str, Any]:
    """moto's window stays as it was when it was opened."""
    answer: dict[str, Any] = original(self, table_name)
    window = answer.get("PointInTimeRecoveryDescription", {})
    if window.get("PointInTimeRecoveryStatus") == "ENABLED":
        window["LatestRestorableDateTime"] = CLOCK.now().timestamp()
    return answer


@replace(DynamoHandler)
def restore_table_to_point_in_time(original: Any, self: Any) -> Any:
    """moto knows the source by its name alone, and looks at no time."""
    source = self.body.get("SourceTableName") or self.body["SourceTableArn"].rpartition("/")[2]
    self.body["SourceTableName"] = source
    window = self.dynamodb_backend.describe_continuous_backups(source).get("PointInTimeRecoveryDescription", {})
    if window.get("PointInTimeRecoveryStatus") != "ENABLED":
        raise _refused("PointInTimeRecoveryUnavailableException", f"Point in time recovery is not enabled for table '{source}'")
    time = _seconds(self.body.get("RestoreDateTime"))
    # moto opens the window with a fraction of a second, which requests may leave out
    if time is not None and not int(window["EarliestRestorableDateTime"]) <= time <= window["LatestRestorableDateTime"]:
        raise _refused("InvalidRestoreTimeException", f"RestoreDateTime is not in the window of table '{source}'")
    original(self)
    tables = self.dynamodb_backend.tables
    restored, of = tables[self.body["TargetTableName"]], tables[source]
    restored.billing_mode, restored.warm_throughput = of.billing_mode, copy.deepcopy(of.warm_throughput)
    restored.sse_specification = self.body.get("SSESpecificationOverride") or copy.deepcopy(of.sse_specification)
    return DynamoResult(restored.describe())


def _seconds(moment: datetime | None) -> float | None:
    return moment.replace(tzinfo=moment.tzinfo or timezone.utc).timestamp() if moment else None


def _refused(code: str, message: str) -> JsonRESTError:
    return JsonRESTError(f"com.amazonaws.dynamodb.v20120810#{code}", message)
