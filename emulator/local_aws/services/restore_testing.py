"""AWS Backup restore testing: plans and their selections, which are kept and never run. aws-backup/latest/devguide/restore-testing.html"""
from __future__ import annotations

import json
import re
from typing import Any

from moto.backup.exceptions import AlreadyExistsException, InvalidParameterValueException, InvalidRequestException, ResourceNotFoundException
from moto.backup.responses import BackupResponse
from moto.core.responses import EmptyResult
from moto.moto_api._internal import mock_random

from local_aws.services.backup import body_of, in_path
from local_aws.services.patching import add, kept
from local_aws.world.clock import CLOCK

NAME = re.compile("[A-Za-z0-9_]{1,50}")
SELECTION_NAME = re.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,48}[A-Za-z0-9])?")
MOST_ARNS = 30


def _plans(response: Any) -> dict[str, dict[str, Any]]:
    """By name; the key "selections" is shown in no answer."""
    return kept(response.backup_backend, "restore_testing_plans", dict)


def _plan(response: Any) -> dict[str, Any]:
    name = in_path(response, "/restore-testing/plans/([^/]+)")
    plan = _plans(response).get(name)
    if plan is None:
        raise ResourceNotFoundException(f"Restore testing plan {name} does not exist")
    return plan


def _selection(response: Any) -> dict[str, Any]:
    plan, name = _plan(response), in_path(response, "/selections/([^/]+)")
    if name not in plan["selections"]:
        raise ResourceNotFoundException(f"Restore testing selection {name} of {plan['RestoreTestingPlanName']} does not exist")
    selection: dict[str, Any] = plan["selections"][name]
    return selection


def _answer(record: dict[str, Any], *names: str) -> str:
    return json.dumps({name: record[name] for name in names if name in record})


def _all_of(plan: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plan.items() if name != "selections"}


# --- plans

@add(BackupResponse)
def create_restore_testing_plan(self: Any) -> str:
    wanted = body_of(self)["RestoreTestingPlan"]
    name = wanted["RestoreTestingPlanName"]
    if not NAME.fullmatch(name):
        raise InvalidParameterValueException(f"RestoreTestingPlanName must be 1 to 50 letters, digits and underscores, got {name}")
    if name in _plans(self):
        raise AlreadyExistsException(f"Restore testing plan {name} already exists")
    now, place = CLOCK.now().timestamp(), f"{self.region}:{self.current_account}"
    arn = f"arn:aws:backup:{place}:restore-testing-plan:{name}-{mock_random.uuid4()}"
    _plans(self)[name] = {"ScheduleExpressionTimezone": "Etc/UTC", "StartWindowHours": 24, **wanted, "CreationTime": now,
                          "RestoreTestingPlanArn": arn, "selections": {}}
    if body_of(self).get("Tags"):
        self.backup_backend.tag_resource(arn, body_of(self)["Tags"])
    return _answer(_plans(self)[name], "CreationTime", "RestoreTestingPlanArn", "RestoreTestingPlanName")


@add(BackupResponse)
def get_restore_testing_plan(self: Any) -> str:
    return json.dumps({"RestoreTestingPlan": _all_of(_plan(self))})


@add(BackupResponse)
def list_restore_testing_plans(self: Any) -> str:
    return json.dumps({"RestoreTestingPlans": [
        {name: value for name, value in _all_of(plan).items() if name != "RecoveryPointSelection"} for plan in _plans(self).values()]})


@add(BackupResponse)
def update_restore_testing_plan(self: Any) -> str:
    plan, now = _plan(self), CLOCK.now().timestamp()
    plan.update(body_of(self)["RestoreTestingPlan"], LastUpdateTime=now)
    return _answer({**plan, "UpdateTime": now}, "CreationTime", "RestoreTestingPlanArn", "RestoreTestingPlanName", "UpdateTime")


@add(BackupResponse)
def delete_restore_testing_plan(self: Any) -> EmptyResult:
    name = in_path(self, "/restore-testing/plans/([^/]+)")
    if _plans(self).get(name, {}).get("selections"):
        raise InvalidRequestException(f"Selections of restore testing plan {name} must be deleted first")
    _plans(self).pop(name, None)
    return EmptyResult()


# --- selections

def _check(selection: dict[str, Any]) -> None:
    arns, conditions = selection.get("ProtectedResourceArns") or [], selection.get("ProtectedResourceConditions")
    if not arns and not conditions or arns not in ([], ["*"]) and conditions:
        raise InvalidParameterValueException("A selection must have protected resource ARNs or conditions, and not both")
    if len(arns) > MOST_ARNS:
        raise InvalidParameterValueException(f"ProtectedResourceArns must be {MOST_ARNS} at most, got {len(arns)}")


@add(BackupResponse)
def create_restore_testing_selection(self: Any) -> str:
    plan, wanted = _plan(self), body_of(self)["RestoreTestingSelection"]
    name = wanted["RestoreTestingSelectionName"]
    if not SELECTION_NAME.fullmatch(name):
        raise InvalidParameterValueException(f"RestoreTestingSelectionName must be 1 to 50 letters, digits, - and _, got {name}")
    if name in plan["selections"]:
        raise AlreadyExistsException(f"Restore testing selection {name} already exists")
    _check(wanted)
    plan["selections"][name] = {**wanted, "CreationTime": CLOCK.now().timestamp(), "RestoreTestingPlanName": plan["RestoreTestingPlanName"]}
    return _answer({**plan, **plan["selections"][name]},
                   "CreationTime", "RestoreTestingPlanArn", "RestoreTestingPlanName", "RestoreTestingSelectionName")


@add(BackupResponse)
def get_restore_testing_selection(self: Any) -> str:
    return json.dumps({"RestoreTestingSelection": _selection(self)})


@add(BackupResponse)
def list_restore_testing_selections(self: Any) -> str:
    shown = ("CreationTime", "IamRoleArn", "ProtectedResourceType", "RestoreTestingPlanName", "RestoreTestingSelectionName", "ValidationWindowHours")
    return json.dumps({"RestoreTestingSelections": [
        {name: selection[name] for name in shown if name in selection} for selection in _plan(self)["selections"].values()]})


@add(BackupResponse)
def update_restore_testing_selection(self: Any) -> str:
    plan, selection, now = _plan(self), _selection(self), CLOCK.now().timestamp()
    changed = {**selection, **body_of(self)["RestoreTestingSelection"]}
    _check(changed)
    selection.update(changed)
    return _answer({**plan, **selection, "UpdateTime": now}, "CreationTime", "RestoreTestingPlanArn", "RestoreTestingPlanName",
                   "RestoreTestingSelectionName", "UpdateTime")


@add(BackupResponse)
def delete_restore_testing_selection(self: Any) -> EmptyResult:
    _selection(self)
    del _plan(self)["selections"][in_path(self, "/selections/([^/]+)")]
    return EmptyResult()
