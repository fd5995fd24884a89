"""S3 replication, at once instead of within minutes: AmazonS3/latest/userguide/replication.html."""
from __future__ import annotations

import copy
import threading
from typing import Any

from moto.s3.exceptions import S3ClientError
from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, S3Backend, s3_backends
from moto.s3.responses import S3Response

from local_aws.services import authorization
from local_aws.services.patching import kept, replace, replace_property
from local_aws.services.permissions import Permission, Place, key_of, through
from local_aws.services.s3_writes import writing
from local_aws.world.faults import FAULTS, Part

ARN = "arn:aws:s3:::"
# what a version's status is while its copies' differ: AmazonS3/latest/userguide/replication-status.html
WORST_FIRST = ("FAILED", "PENDING", "COMPLETED")


class InvalidRequest(S3ClientError):
    code = "InvalidRequest"


@replace(S3Backend)
def put_bucket_replication(original: Any, self: Any, bucket_name: str, replication: dict[str, Any]) -> None:
    for rule in _listed(replication["Rule"]):
        target = self.buckets.get(_target_name(rule))
        if target is None:
            raise InvalidRequest("Destination bucket must exist.")
        if not target.is_versioned:
            raise InvalidRequest("Destination bucket must have versioning enabled.")
        if _takes_kms(rule) and not _replica_key(rule):
            raise InvalidRequest("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.")
    original(self, bucket_name, replication)


# --- rules: AmazonS3/latest/userguide/replication-add-config.html

def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _target_name(rule: dict[str, Any]) -> str:
    return str(rule["Destination"]["Bucket"]).removeprefix(ARN)


def _replica_key(rule: dict[str, Any]) -> str | None:
    return (rule["Destination"].get("EncryptionConfiguration") or {}).get("ReplicaKmsKeyID")


def _takes_kms(rule: dict[str, Any]) -> bool:
    criteria = rule.get("SourceSelectionCriteria") or {}
    return (criteria.get("SseKmsEncryptedObjects") or {}).get("Status") == "Enabled"


def _kms(version: FakeKey) -> bool:
    return str(version.encryption).startswith("aws:kms")


def _filter(rule: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Prefix and tags. The first version of the schema has the prefix beside the rule's other elements and no filter."""
    chosen = (rule["Filter"] or {}) if "Filter" in rule else rule
    chosen = chosen.get("And") or chosen
    return chosen.get("Prefix") or "", {tag["Key"]: tag["Value"] or "" for tag in _listed(chosen.get("Tag"))}


def _selects(rule: dict[str, Any], version: FakeKey | FakeDeleteMarker, tags: dict[str, str]) -> bool:
    prefix, wanted = _filter(rule)
    return rule["Status"] == "Enabled" and version.name.startswith(prefix) and wanted.items() <= tags.items()


def _allows(rule: dict[str, Any], version: FakeKey | FakeDeleteMarker) -> bool:
    if isinstance(version, FakeKey):
        return _takes_kms(rule) or not _kms(version)
    if "Filter" not in rule:
        return True     # the first version of the schema always takes delete markers
    return (rule.get("DeleteMarkerReplication") or {}).get("Status") == "Enabled" and not _filter(rule)[1]


def _rules_for(backend: S3Backend, bucket: FakeBucket, version: FakeKey | FakeDeleteMarker) -> list[dict[str, Any]]:
    """One rule for each destination: the one of highest priority that selects the object."""
    tags = backend.tagger.get_tag_dict_for_resource(version.arn) if isinstance(version, FakeKey) else {}
    chosen: dict[str, dict[str, Any]] = {}
    configuration = backend.get_bucket_replication(bucket.name) or {"Rule": []}
    for rule in sorted(configuration["Rule"], key=lambda rule: int(rule["Priority"])):
        if _selects(rule, version, tags):
            chosen[_target_name(rule)] = rule
    return [{**rule, "Role": configuration["Role"], "Source": bucket} for rule in chosen.values() if _allows(rule, version)]


# --- copies

_waiting_lock = threading.Lock()


def _waiting(backend: S3Backend) -> list[tuple[Any, dict[str, Any]]]:
    """Versions and rules whose destination is in a Region that gives no answer."""
    return kept(backend, "waiting_for_replication", list)


def _replicate(backend: S3Backend, bucket_name: str, key: str, version_id: str | None) -> None:
    bucket = backend.get_bucket(bucket_name)
    for version in bucket.keys.getlist(key, []) if bucket.is_versioned else []:
        if version.version_id == version_id and "copies" not in version.__dict__:
            version.copies = {}
            for rule in _rules_for(backend, bucket, version):
                _deliver(backend, version, rule)


def _deliver(backend: S3Backend, version: Any, rule: dict[str, Any]) -> None:
    name = _target_name(rule)
    target = backend.buckets.get(name)
    if target is None or not target.is_versioned or not _permitted(backend.account_id, version, rule, target):
        version.copies[name] = "FAILED"
        return
    with _waiting_lock:
        if FAULTS.lost(Part.REGION, target.region_name):
            version.copies[name] = "PENDING"
            _waiting(backend).append((version, rule))
            return
    _insert(backend, target, version, rule)
    version.copies[name] = "COMPLETED"


def _permitted(account: str, version: Any, rule: dict[str, Any], target: FakeBucket) -> bool:
    """AmazonS3/latest/userguide/setting-repl-config-perm-overview.html"""
    source, role = rule["Source"], rule["Role"]
    here, there = f"{ARN}{source.name}", f"{ARN}{target.name}"
    read = [Permission(f"s3:{action}", here) for action in ("GetReplicationConfiguration", "ListBucket")]
    if isinstance(version, FakeKey):
        read += [Permission(f"s3:{action}", f"{here}/{version.name}") for action in ("GetObjectVersionForReplication", "GetObjectVersionAcl")]
        write = [Permission("s3:ReplicateObject", f"{there}/{version.name}")]
        if _kms(version):
            # AmazonS3/latest/userguide/replication-config-for-kms-objects.html
            read += through("s3", key_of(source, version), Place(source.region_name, account), "Decrypt")
            write += through("s3", _replica_key(rule), Place(target.region_name, account), "Encrypt")
    else:
        write = [Permission("s3:ReplicateDelete", f"{there}/{version.name}")]
    place = Place(source.region_name, account)
    return (authorization.assumable("s3.amazonaws.com", role, place) and authorization.role_may(role, "s3-replication", read, place)
            and authorization.role_may(role, "s3-replication", write, Place(target.region_name, account)))


def _insert(backend: S3Backend, target: FakeBucket, version: Any, rule: dict[str, Any]) -> None:
    replica = copy.deepcopy(version)
    replica.copies, replica.is_replica = {}, True
    if isinstance(replica, FakeKey):
        replica.bucket_name = target.name
        replica.set_storage_class(rule["Destination"].get("StorageClass") or replica.storage_class)
        if _kms(replica):
            replica.kms_key_id = _replica_key(rule)
        backend.tagger.copy_tags(version.arn, replica.arn)
    with writing(target.name, version.name):
        versions = [*target.keys.getlist(version.name, []), replica]
        target.keys.setlist(version.name, sorted(versions, key=lambda v: v.last_modified))


def _deliver_waiting(_: str) -> None:
    for account in list(s3_backends.values()):
        for backend in list(account.values()):
            with _waiting_lock:
                waiting = _waiting(backend)
                due, waiting[:] = list(waiting), []
            for version, rule in due:
                _deliver(backend, version, rule)    # which puts it back if its Region is still lost


FAULTS.watch(Part.REGION, restored=_deliver_waiting)


@replace_property(FakeKey, "response_dict")
def _with_status(headers: dict[str, Any], self: Any) -> dict[str, Any]:
    copies = self.__dict__.get("copies", {}).values()
    status = "REPLICA" if self.__dict__.get("is_replica") else next((s for s in WORST_FIRST if s in copies), None)
    if status:
        headers["x-amz-replication-status"] = status
    return headers


# --- what sets it off: a new version, or a delete marker that somebody made; never the deletion of a version

@replace(S3Response)
def put_object(original: Any, self: Any) -> Any:
    return _replicate_answered(self, original(self))


@replace(S3Response)
def copy_object(original: Any, self: Any) -> Any:
    return _replicate_answered(self, original(self))


@replace(S3Response)
def _key_response_post(original: Any, self: Any, *args: Any) -> Any:
    return _replicate_answered(self, original(self, *args))     # an upload in parts was completed


def _replicate_answered(response: Any, answer: Any) -> Any:
    version_id = answer[1].get("x-amz-version-id")
    if version_id:
        _replicate(response.backend, response.bucket_name, response.parse_key_name(), version_id)
    return answer


@replace(S3Backend)
def delete_object(original: Any, self: Any, bucket_name: str, key_name: str, version_id: str | None = None, bypass: bool = False) -> Any:
    answer = original(self, bucket_name, key_name, version_id=version_id, bypass=bypass)
    if version_id is None:
        _replicate(self, bucket_name, key_name, answer[1].get("version-id"))
    return answer
