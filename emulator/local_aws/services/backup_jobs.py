"""AWS Backup jobs: they complete at once, and their recovery points can be listed, copied and restored."""
from __future__ import annotations

import copy
import json
from typing import Any

from moto.backup.exceptions import InvalidParameterValueException, InvalidRequestException, ResourceNotFoundException
from moto.backup.models import BackupBackend
from moto.backup.responses import BackupResponse
from moto.core.responses import EmptyResult
from moto.moto_api._internal import mock_random

from local_aws.services import authorization
from local_aws.services.patching import add, backend_of, kept, replace
from local_aws.services.backup import body_of, check_lifecycle, in_path
from local_aws.services.permissions import Permission, Place
from local_aws.services.rds_databases import copy_for_aws_backup, keep_for_aws_backup
from local_aws.world.clock import CLOCK

DAY = 24 * 3600


def _points(backend: Any) -> dict[str, dict[str, Any]]:
    """Recovery points of a Region by ARN; the key "source" holds what a restore needs and no answer shows."""
    return kept(backend, "recovery_points", dict)


def _jobs(backend: Any, kind: str) -> dict[str, dict[str, Any]]:
    return kept(backend, f"{kind}_jobs", dict)


def _shown(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None and name not in ("source", "Tags")}


# --- what can be backed up

def _table(arn: str) -> Any:
    region, account, name = arn.split(":")[3], arn.split(":")[4], arn.split("/")[-1]
    return backend_of("dynamodb", account, region).tables.get(name)


def _cluster(arn: str) -> Any:
    region, account, name = arn.split(":")[3], arn.split(":")[4], arn.split(":")[-1]
    return backend_of("rds", account, region).clusters.get(name)


def _source(arn: str) -> tuple[str, Any]:
    """The resource type, and a copy of the resource as it is now."""
    service = arn.split(":")[2] if arn.count(":") >= 5 else ""
    if service == "rds" and arn.split(":")[5] == "cluster":
        kind, found = "Aurora", _cluster(arn)
        frozen = found
    elif service == "dynamodb":
        kind, found = "DynamoDB", _table(arn)
        frozen = copy.copy(found)
        if found is not None:
            frozen.items = copy.deepcopy(found.items)
            frozen.__dict__.pop("replica_group", None)
    else:
        raise InvalidParameterValueException(f"resource must be an Aurora cluster or a DynamoDB table in the emulator, got {arn}")
    if found is None:
        raise ResourceNotFoundException(f"Resource not found: {arn}")
    return kind, frozen


# --- recovery points

def _add_point(backend: Any, vault: Any, fields: dict[str, Any], lifecycle: dict[str, Any] | None) -> dict[str, Any]:
    now, marker = CLOCK.now().timestamp(), str(mock_random.uuid4())
    days = {name: (lifecycle or {}).get(name) for name in ("MoveToColdStorageAfterDays", "DeleteAfterDays")}
    account, region = backend.account_id, backend.region_name
    # an Aurora recovery point is a cluster snapshot (aws-backup/latest/devguide/recovery-points.html names both forms)
    arn = (f"arn:aws:rds:{region}:{account}:cluster-snapshot:awsbackup:job-{marker}" if fields["ResourceType"] == "Aurora"
           else f"arn:aws:backup:{region}:{account}:recovery-point:{marker}")
    point = {
        "RecoveryPointArn": arn, "BackupVaultName": vault.backup_vault_name, "BackupVaultArn": vault.backup_vault_arn,
        "CreationDate": now, "CompletionDate": now, "InitiationDate": now, "Status": "COMPLETED", "BackupSizeInBytes": 0,
        "IsEncrypted": True, "EncryptionKeyArn": vault.encryption_key_arn, "StorageClass": "WARM",
        "Lifecycle": {name: value for name, value in days.items() if value} or None,
        "CalculatedLifecycle": {f"{name[:-9]}At": now + value * DAY for name, value in days.items() if value} or None,
        **fields}
    _points(backend)[arn] = point
    _count(backend, vault)
    return point


def _snapshot_of(point: dict[str, Any]) -> str:
    arn: str = point["RecoveryPointArn"]
    return arn.rpartition(":cluster-snapshot:")[2]


def _count(backend: Any, vault: Any) -> None:
    total = sum(point["BackupVaultName"] == vault.backup_vault_name for point in _points(backend).values())
    vault.num_of_recovery_points = vault.number_of_recovery_points = total


def _point(self: Any) -> dict[str, Any]:
    arn = in_path(self, "/recovery-points/(.+?)(?:/(?:restore-metadata|disassociate))?/?$")
    vault = in_path(self, "/backup-vaults/([^/]+)/")
    point = _points(self.backup_backend).get(arn)
    if point is None or point["BackupVaultName"] != vault:
        raise ResourceNotFoundException(f"Cannot find recovery point {arn} in vault {vault}")
    return point


@add(BackupResponse)
def list_recovery_points_by_backup_vault(self: Any) -> str:
    vault = self.backup_backend.describe_backup_vault(in_path(self, "/backup-vaults/([^/]+)/"))
    resource = (self.querystring.get("resourceArn") or [None])[0]
    return json.dumps({"RecoveryPoints": [
        {name: value for name, value in _shown(point).items() if name != "StorageClass"} for point in _points(self.backup_backend).values()
        if point["BackupVaultName"] == vault.backup_vault_name and resource in (None, point["ResourceArn"])]})


@add(BackupResponse)
def describe_recovery_point(self: Any) -> str:
    return json.dumps(_shown(_point(self)))


@add(BackupResponse)
def get_recovery_point_restore_metadata(self: Any) -> str:
    point = _point(self)
    return json.dumps({"BackupVaultArn": point["BackupVaultArn"], "RecoveryPointArn": point["RecoveryPointArn"], "RestoreMetadata": {}})


@add(BackupResponse)
def delete_recovery_point(self: Any) -> EmptyResult:
    point = _point(self)
    if self.backup_backend.describe_backup_vault(point["BackupVaultName"]).locked:
        # aws-backup/latest/devguide/vault-lock.html; the code is inferred
        raise InvalidRequestException(f"Recovery point cannot be deleted: backup vault {point['BackupVaultName']} is locked")
    del _points(self.backup_backend)[point["RecoveryPointArn"]]
    if point["ResourceType"] == "Aurora":
        backend_of("rds", self.current_account, self.region).cluster_snapshots.pop(_snapshot_of(point), None)
    _count(self.backup_backend, self.backup_backend.describe_backup_vault(point["BackupVaultName"]))
    return EmptyResult()


@replace(BackupBackend)
def delete_backup_vault(original: Any, self: Any, backup_vault_name: str) -> None:
    if any(point["BackupVaultName"] == backup_vault_name for point in _points(self).values()):
        raise InvalidRequestException(f"Backup vault cannot be deleted because it contains recovery points: {backup_vault_name}")
    original(self, backup_vault_name)


# --- the role that a job acts as: aws-backup/latest/devguide/access-control.html

# of the calls that it makes as its role, the one without which there is no recovery point or no resource
NEEDED = {("backup", "Aurora"): "rds:CreateDBClusterSnapshot", ("backup", "DynamoDB"): "dynamodb:CreateBackup",
          ("restore", "Aurora"): "rds:RestoreDBClusterFromSnapshot", ("restore", "DynamoDB"): "dynamodb:RestoreTableFromBackup"}


def _failed(response: Any, role: str, action: str, resource: str, region: str) -> dict[str, Any]:
    """What a job says that its role lets fail; empty for one that goes on. Raises for a role that AWS Backup may not assume."""
    place = Place(region, response.current_account)
    if not authorization.assumable("backup.amazonaws.com", role, place):
        raise InvalidParameterValueException(f"IAM Role {role} cannot be assumed by AWS Backup")
    if authorization.role_may(role, "AWSBackup", [Permission(action, resource)], place):
        return {}
    return {"State": "FAILED", "StatusMessage": f"IAM Role {role} does not have sufficient permissions: {action}"}


# --- backup jobs: aws-backup/latest/devguide/API_StartBackupJob.html

@add(BackupResponse)
def start_backup_job(self: Any) -> str:
    wanted = body_of(self)
    check_lifecycle(wanted.get("Lifecycle"))
    vault = self.backup_backend.describe_backup_vault(wanted["BackupVaultName"])
    _check_retention(vault, wanted.get("Lifecycle") or {})
    kind, source = _source(wanted["ResourceArn"])
    if wanted["ResourceArn"].split(":")[3] != self.region:
        raise InvalidParameterValueException(f"resource and vault must be in one Region, got {wanted['ResourceArn']} in {self.region}")
    shared = {"ResourceArn": wanted["ResourceArn"], "ResourceType": kind, "IamRoleArn": wanted["IamRoleArn"]}
    now = CLOCK.now().timestamp()
    job = {**shared, "BackupJobId": str(mock_random.uuid4()), "State": "COMPLETED", "PercentDone": "100.0", "AccountId": self.current_account,
           "BackupSizeInBytes": 0, "BackupVaultName": vault.backup_vault_name, "BackupVaultArn": vault.backup_vault_arn, "CreationDate": now,
           "CompletionDate": now, **_failed(self, wanted["IamRoleArn"], NEEDED["backup", kind], wanted["ResourceArn"], self.region)}
    _jobs(self.backup_backend, "backup")[job["BackupJobId"]] = job
    if job["State"] == "COMPLETED":
        point = _add_point(self.backup_backend, vault, {**shared, "source": source}, wanted.get("Lifecycle"))
        if kind == "Aurora":
            keep_for_aws_backup(source, _snapshot_of(point))
        job["RecoveryPointArn"] = point["RecoveryPointArn"]
        if wanted.get("RecoveryPointTags"):
            self.backup_backend.tag_resource(point["RecoveryPointArn"], wanted["RecoveryPointTags"])
    return json.dumps({name: job[name] for name in ("BackupJobId", "RecoveryPointArn", "CreationDate") if name in job})


def _check_retention(vault: Any, lifecycle: dict[str, Any]) -> None:
    """aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html: what a lock allows of retention; without a
    lifecycle it is for ever. That the call is refused, and not only its job fails, is inferred."""
    days = lifecycle.get("DeleteAfterDays") or float("inf")
    least, most = vault.min_retention_days or 0, vault.max_retention_days or float("inf")
    if vault.locked and not least <= days <= most:
        raise InvalidParameterValueException(f"Retention must be {least} to {most} days by the lock of {vault.backup_vault_name}, got {days}")


def _job(self: Any, kind: str, pattern: str) -> dict[str, Any]:
    identifier = in_path(self, pattern)
    found = _jobs(self.backup_backend, kind).get(identifier)
    if found is None:
        raise ResourceNotFoundException(f"Cannot find {kind} job {identifier}")
    return found


def _list(self: Any, kind: str, **criteria: str) -> list[dict[str, Any]]:
    asked = {field: self.querystring[name][0] for name, field in criteria.items() if self.querystring.get(name)}
    return [job for job in _jobs(self.backup_backend, kind).values() if all(job.get(field) == value for field, value in asked.items())]


@add(BackupResponse)
def describe_backup_job(self: Any) -> str:
    return json.dumps(_job(self, "backup", "/backup-jobs/([^/]+)"))


@add(BackupResponse)
def list_backup_jobs(self: Any) -> str:
    return json.dumps({"BackupJobs": _list(
        self, "backup", resourceArn="ResourceArn", state="State", backupVaultName="BackupVaultName", resourceType="ResourceType")})


# --- copy jobs: aws-backup/latest/devguide/API_StartCopyJob.html

@add(BackupResponse)
def start_copy_job(self: Any) -> str:
    wanted = body_of(self)
    check_lifecycle(wanted.get("Lifecycle"))
    point = _points(self.backup_backend).get(wanted["RecoveryPointArn"])
    if point is None or point["BackupVaultName"] != wanted["SourceBackupVaultName"]:
        raise ResourceNotFoundException(f"Cannot find recovery point {wanted['RecoveryPointArn']}")
    region, name = wanted["DestinationBackupVaultArn"].split(":")[3], wanted["DestinationBackupVaultArn"].split(":")[-1]
    target = backend_of("backup", self.current_account, region)
    vault = target.describe_backup_vault(name)
    _check_retention(vault, wanted.get("Lifecycle") or {})
    now = CLOCK.now().timestamp()
    job = {"CopyJobId": str(mock_random.uuid4()), "State": "COMPLETED", "AccountId": self.current_account, "BackupSizeInBytes": 0,
           "SourceRecoveryPointArn": point["RecoveryPointArn"], "SourceBackupVaultArn": point["BackupVaultArn"],
           "DestinationBackupVaultArn": vault.backup_vault_arn,
           "ResourceArn": point["ResourceArn"], "ResourceType": point["ResourceType"], "IamRoleArn": wanted["IamRoleArn"],
           "CreationDate": now, "CompletionDate": now,
           **_failed(self, wanted["IamRoleArn"], "backup:CopyIntoBackupVault", vault.backup_vault_arn, region)}
    if job["State"] == "COMPLETED":
        copied = _add_point(target, vault, {**{n: point[n] for n in ("ResourceArn", "ResourceType", "source")},
                                            "IamRoleArn": wanted["IamRoleArn"], "SourceBackupVaultArn": point["BackupVaultArn"]},
                            wanted.get("Lifecycle"))
        job["DestinationRecoveryPointArn"] = copied["RecoveryPointArn"]
        if point["ResourceType"] == "Aurora":
            copy_for_aws_backup(backend_of("rds", self.current_account, self.region), _snapshot_of(point),
                                backend_of("rds", self.current_account, region), _snapshot_of(copied), vault.encryption_key_arn)
    _jobs(self.backup_backend, "copy")[job["CopyJobId"]] = job
    return json.dumps({name: job[name] for name in ("CopyJobId", "CreationDate")})


@add(BackupResponse)
def describe_copy_job(self: Any) -> str:
    return json.dumps({"CopyJob": _job(self, "copy", "/copy-jobs/([^/]+)")})


@add(BackupResponse)
def list_copy_jobs(self: Any) -> str:
    return json.dumps({"CopyJobs": _list(self, "copy", resourceArn="ResourceArn", state="State")})


# --- restore jobs: aws-backup/latest/devguide/API_StartRestoreJob.html

@add(BackupResponse)
def start_restore_job(self: Any) -> str:
    wanted = body_of(self)
    point = _points(self.backup_backend).get(wanted["RecoveryPointArn"])
    if point is None:
        raise ResourceNotFoundException(f"Cannot find recovery point {wanted['RecoveryPointArn']} in {self.region}")
    kind, now = point["ResourceType"], CLOCK.now().timestamp()
    if not wanted.get("IamRoleArn"):
        raise InvalidParameterValueException("IamRoleArn must name a role in the emulator, got none")
    tokens = kept(self.backup_backend, "restore_tokens", dict)
    token = wanted.get("IdempotencyToken")
    if token in tokens:
        return json.dumps({"RestoreJobId": tokens[token]})
    failed = _failed(self, wanted["IamRoleArn"], NEEDED["restore", kind], _restored_from(point, self.current_account), self.region)
    job = {"RestoreJobId": str(mock_random.uuid4()), "RecoveryPointArn": point["RecoveryPointArn"], "Status": failed.pop("State", "COMPLETED"),
           "PercentDone": "100.0", "ResourceType": kind, "AccountId": self.current_account,
           "IamRoleArn": wanted["IamRoleArn"], "CreationDate": now, "CompletionDate": now, "BackupSizeInBytes": 0,
           "source": wanted.get("Metadata") or {}, **failed}
    if job["Status"] == "COMPLETED":
        restore = {"Aurora": _restore_cluster, "DynamoDB": _restore_table}[kind]
        job["CreatedResourceArn"] = restore(point, wanted.get("Metadata") or {}, self.current_account, self.region)
    _jobs(self.backup_backend, "restore")[job["RestoreJobId"]] = job
    if token:
        tokens[token] = job["RestoreJobId"]
    return json.dumps({"RestoreJobId": job["RestoreJobId"]})


def _restored_from(point: dict[str, Any], account: str) -> str:
    """A snapshot of a cluster, or the backup of a table."""
    arn: str = point["RecoveryPointArn"]
    region, name = point["BackupVaultArn"].split(":")[3], point["ResourceArn"].rpartition("/")[2]
    return arn if point["ResourceType"] == "Aurora" else f"arn:aws:dynamodb:{region}:{account}:table/{name}/backup/{arn.rpartition(':')[2]}"


def _named(metadata: dict[str, str], *names: str) -> str:
    for key, value in metadata.items():
        if key.lower() in names:
            return value
    raise InvalidParameterValueException(f"Metadata must contain {names[0]}, got {', '.join(sorted(metadata)) or 'nothing'}")


def _restore_cluster(point: dict[str, Any], metadata: dict[str, str], account: str, region: str) -> str:
    """aws-backup/latest/devguide/restoring-aur.html: by RDS's own restore; lists of it are the text of a JSON array here."""
    backend, identifier = backend_of("rds", account, region), _named(metadata, "dbclusteridentifier").lower()
    if identifier in backend.clusters:
        raise InvalidParameterValueException(f"DB Cluster already exists: {identifier}")
    taken = {"dbsubnetgroupname": "db_subnet_group_name", "dbclusterparametergroupname": "db_cluster_parameter_group_name", "kmskeyid": "kms_key_id",
             "engineversion": "engine_version"}
    overrides = {taken[name.lower()]: value for name, value in metadata.items() if name.lower() in taken}
    groups = next((json.loads(value) for name, value in metadata.items() if name.lower() == "vpcsecuritygroupids"), None)
    restored = backend.restore_db_cluster_from_snapshot(
        point["RecoveryPointArn"], {"kms_key_id": point["EncryptionKeyArn"] if _is_copy(point) else None, **overrides,
                                    "vpc_security_group_ids": groups, "db_cluster_identifier": identifier})
    arn: str = restored.db_cluster_arn
    return arn


def _is_copy(point: dict[str, Any]) -> bool:
    """A copy is encrypted under the key of its vault."""
    return point["BackupVaultArn"].split(":")[3] != point["ResourceArn"].split(":")[3]


def _restore_table(point: dict[str, Any], metadata: dict[str, str], account: str, region: str) -> str:
    backend, name = backend_of("dynamodb", account, region), _named(metadata, "targettablename")
    if name in backend.tables:
        raise InvalidParameterValueException(f"Table already exists: {name}")
    table = copy.copy(point["source"])
    table.items = copy.deepcopy(point["source"].items)
    table.name, table.table_arn = name, f"arn:aws:dynamodb:{region}:{account}:table/{name}"
    table.tags, table.deletion_protection_enabled = [], False
    backend.tables[name] = table
    arn: str = table.table_arn
    return arn


@add(BackupResponse)
def describe_restore_job(self: Any) -> str:
    return json.dumps(_shown(_job(self, "restore", "/restore-jobs/([^/]+)")))


@add(BackupResponse)
def get_restore_job_metadata(self: Any) -> str:
    """aws-backup/latest/devguide/API_GetRestoreJobMetadata.html: what the job was started with."""
    job = _job(self, "restore", "/restore-jobs/([^/]+)/metadata")
    return json.dumps({"RestoreJobId": job["RestoreJobId"], "Metadata": job["source"]})


@add(BackupResponse)
def list_restore_jobs(self: Any) -> str:
    """Of a restore testing plan there are none: no plan is run."""
    return json.dumps({"RestoreJobs": [_shown(job) for job in _list(
        self, "restore", status="Status", resourceType="ResourceType", restoreTestingPlanArn="RestoreTestingPlanArn")]})
