"""AWS Backup: selections, Region settings, vault policies, and the lifecycle rules that moto does not check."""
from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from moto.backup import urls
from moto.backup.exceptions import InvalidParameterValueException, InvalidRequestException, ResourceNotFoundException
from moto.backup.models import BackupBackend
from moto.backup.responses import BackupResponse
from moto.core.responses import EmptyResult
from moto.moto_api._internal import mock_random

from local_aws.services.patching import add, kept, replace
from local_aws.world.clock import CLOCK

# moto lists some paths only; what has no handler behind it is reported as a gap
urls.url_paths["{0}/(?P<anything>.+)$"] = BackupResponse.dispatch

COLD_STORAGE_DAYS = 90
OPT_IN_TYPES = ("Aurora", "CloudFormation", "DSQL", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "FSx", "Neptune", "RDS", "Redshift",
                "Redshift Serverless", "S3", "SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine")
MANAGED_TYPES = ("CloudFormation", "DSQL", "DynamoDB", "EFS")


def body_of(response: Any) -> dict[str, Any]:
    return json.loads(response.body) if response.body else {}


def in_path(response: Any, pattern: str) -> str:
    found = re.search(pattern, response.path)
    return unquote(found.group(1)) if found else ""


# --- lifecycles

def check_lifecycle(lifecycle: dict[str, Any] | None) -> None:
    """aws-backup/latest/devguide/API_Lifecycle.html: 90 days at least in cold storage."""
    cold, gone = ((lifecycle or {}).get(name) for name in ("MoveToColdStorageAfterDays", "DeleteAfterDays"))
    if cold and gone and 0 <= cold and gone < cold + COLD_STORAGE_DAYS:
        raise InvalidParameterValueException(
            f"Invalid lifecycle. DeleteAfterDays cannot be less than {COLD_STORAGE_DAYS} days apart from "
            f"MoveToColdStorageAfterDays, got {gone} and {cold}")


def _check_plan(plan: dict[str, Any]) -> None:
    for rule in plan["Rules"]:
        check_lifecycle(rule.get("Lifecycle"))
        for copied in rule.get("CopyActions") or []:
            check_lifecycle(copied.get("Lifecycle"))


# --- plans

@replace(BackupBackend)
def create_backup_plan(original: Any, self: Any, backup_plan: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
    _check_plan(backup_plan)
    return original(self, backup_plan, *args, **kwargs)


@add(BackupResponse)
def update_backup_plan(self: Any) -> str:
    plan = self.backup_backend.get_backup_plan(in_path(self, "/backup/plans/([^/]+)"), None)
    document = body_of(self)["BackupPlan"]
    _check_plan(document)
    renewed = type(plan)(document, plan.creator_request_id, self.backup_backend)
    plan.backup_plan, plan.version_id, plan.advanced_backup_settings = (
        renewed.backup_plan, renewed.version_id, renewed.advanced_backup_settings)
    return json.dumps(plan.to_dict())


@replace(BackupBackend)
def delete_backup_plan(original: Any, self: Any, backup_plan_id: str) -> Any:
    if any(selection["BackupPlanId"] == backup_plan_id for selection in _selections(self).values()):
        raise InvalidRequestException("Related backup plan selections must be deleted prior to backup plan deletion")
    answer = original(self, backup_plan_id)
    self.plans.pop(backup_plan_id)   # moto keeps the name taken
    return answer


# --- selections

def _selections(backend: Any) -> dict[str, dict[str, Any]]:
    return kept(backend, "selections", dict)


@add(BackupResponse)
def create_backup_selection(self: Any) -> str:
    plan = in_path(self, "/backup/plans/([^/]+)")
    self.backup_backend.get_backup_plan(plan, None)
    selection = {"SelectionId": str(mock_random.uuid4()), "BackupPlanId": plan, "CreationDate": CLOCK.now().timestamp(),
                 "BackupSelection": body_of(self)["BackupSelection"]}
    _selections(self.backup_backend)[selection["SelectionId"]] = selection
    return json.dumps({name: selection[name] for name in ("SelectionId", "BackupPlanId", "CreationDate")})


@add(BackupResponse)
def get_backup_selection(self: Any) -> str:
    selection = _selections(self.backup_backend).get(in_path(self, "/selections/([^/]+)"))
    if selection is None:   # the provider takes this very wording for "not found"
        raise InvalidParameterValueException("Cannot find Backup plan with the given selection")
    return json.dumps(selection)


@add(BackupResponse)
def delete_backup_selection(self: Any) -> EmptyResult:
    _selections(self.backup_backend).pop(in_path(self, "/selections/([^/]+)"), None)
    return EmptyResult()


@add(BackupResponse)
def list_backup_selections(self: Any) -> str:
    plan = in_path(self, "/backup/plans/([^/]+)")
    return json.dumps({"BackupSelectionsList": [
        {**{name: s[name] for name in ("SelectionId", "BackupPlanId", "CreationDate")},
         "SelectionName": s["BackupSelection"]["SelectionName"], "IamRoleArn": s["BackupSelection"]["IamRoleArn"]}
        for s in _selections(self.backup_backend).values() if s["BackupPlanId"] == plan]})


# --- Region settings: aws-backup/latest/devguide/API_DescribeRegionSettings.html; defaults inferred

def _settings(response: Any) -> dict[str, dict[str, bool]]:
    return kept(response.backup_backend, "region_settings", lambda: {
        "ResourceTypeOptInPreference": {name: True for name in OPT_IN_TYPES},
        "ResourceTypeManagementPreference": {name: name != "DynamoDB" for name in MANAGED_TYPES}})


@add(BackupResponse)
def describe_region_settings(self: Any) -> str:
    return json.dumps(_settings(self))


@add(BackupResponse)
def update_region_settings(self: Any) -> EmptyResult:
    for name, preferences in _settings(self).items():
        preferences.update(body_of(self).get(name) or {})
    return EmptyResult()


# --- vaults

@add(BackupResponse)
def put_backup_vault_access_policy(self: Any) -> EmptyResult:
    _vault(self).access_policy = body_of(self).get("Policy")
    return EmptyResult()


@add(BackupResponse)
def get_backup_vault_access_policy(self: Any) -> str:
    vault = _vault(self)
    policy = vault.__dict__.get("access_policy")
    if policy is None:
        raise ResourceNotFoundException(f"Backup vault {vault.backup_vault_name} has no access policy")
    return json.dumps({"BackupVaultName": vault.backup_vault_name, "BackupVaultArn": vault.backup_vault_arn, "Policy": policy})


@add(BackupResponse)
def delete_backup_vault_access_policy(self: Any) -> EmptyResult:
    _vault(self).access_policy = None
    return EmptyResult()


@add(BackupResponse)
def put_backup_vault_notifications(self: Any) -> EmptyResult:
    _vault(self).notifications = body_of(self)
    return EmptyResult()


@add(BackupResponse)
def get_backup_vault_notifications(self: Any) -> str:
    vault = _vault(self)
    wanted = vault.__dict__.get("notifications")
    if not wanted:
        raise ResourceNotFoundException(f"Backup vault {vault.backup_vault_name} has no notifications")
    return json.dumps({"BackupVaultName": vault.backup_vault_name, "BackupVaultArn": vault.backup_vault_arn,
                       "SNSTopicArn": wanted["SNSTopicArn"], "BackupVaultEvents": wanted["BackupVaultEvents"]})


@add(BackupResponse)
def delete_backup_vault_notifications(self: Any) -> EmptyResult:
    _vault(self).notifications = None
    return EmptyResult()


def _vault(response: Any) -> Any:
    return response.backup_backend.describe_backup_vault(in_path(response, "/backup-vaults/([^/]+)"))


# --- tags: moto expects a slash at the end that SDKs do not send

@replace(BackupResponse)
def list_tags(original: Any, self: Any) -> str:
    arn = in_path(self, "/tags/(.+?)/?$")
    return json.dumps({"Tags": self.backup_backend.list_tags(resource_arn=arn)})
