"""What a request needs permission for: actions, on resources, with what the condition keys say of it."""
from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Iterator

from local_aws.access.operations import FREE, OPERATIONS, RESOURCES
from local_aws.access.patterns import Value
from local_aws.services.patching import backend_of

Keys = dict[str, Value]


@dataclass(frozen=True)
class Place:
    region: str
    account: str


@dataclass(frozen=True)
class Permission:
    action: str
    resource: str
    keys: Keys = field(default_factory=dict)   # condition keys of the service; names in lower case


def needed(service: str, operation: str, values: dict[str, Any], place: Place) -> list[Permission]:
    """Raises NotImplementedError for an operation that is not known. Members of the request have the model's names."""
    if (service, operation) in FREE:
        return []
    find = OWN.get((service, operation)) or OWN.get((service, ""))
    return list(find(operation, values, place) if find else _named(service, operation, values, place))


def _named(service: str, operation: str, values: dict[str, Any], place: Place, **keys: Value) -> Iterator[Permission]:
    listed = OPERATIONS.get(service, {}).get(operation)
    if listed is None:
        raise NotImplementedError(f"what IAM asks of {service}:{operation}; access/operations.py lists what it knows")
    for kind in listed.kinds or ("",):
        yield Permission(listed.action, _arn(service, kind, values, place) if kind else "*", dict(keys))


def _arn(service: str, kind: str, values: dict[str, Any], place: Place) -> str:
    template = RESOURCES[service][kind]
    if template is None:
        return LOOKED_UP[service](values, place)
    filled = defaultdict(lambda: "*", {**values, "region": place.region, "account": place.account})
    given = str(filled[re.findall(r"\{(\w+)\}", template)[-1]])
    return given if given.startswith("arn:") else template.format_map(filled)


# --- ARNs that AWS makes up

def _group(values: dict[str, Any], place: Place) -> str:
    name = values.get("AutoScalingGroupName", "*")
    found = backend_of("autoscaling", place.account, place.region).autoscaling_groups.get(name)
    return str(found.arn) if found else f"arn:aws:autoscaling:{place.region}:{place.account}:autoScalingGroup:*:autoScalingGroupName/{name}"


def key_arn(name: str, place: Place) -> str:
    """Of a key by its id, its ARN or its alias."""
    if name.startswith("arn:") and ":key/" in name:
        return name
    return str(backend_of("kms", place.account, place.region).describe_key(name).arn)


def _secret(values: dict[str, Any], place: Place) -> str:
    found, name = _found_secret(values, place), values.get("SecretId", "*")
    return str(found.arn) if found else f"arn:aws:secretsmanager:{place.region}:{place.account}:secret:{name}"


def _found_secret(values: dict[str, Any], place: Place) -> Any | None:
    secrets = list(backend_of("secretsmanager", place.account, place.region).secrets.values())
    return next((each for each in secrets if values.get("SecretId") in (each.name, each.arn)), None)


LOOKED_UP: dict[str, Callable[[dict[str, Any], Place], str]] = {
    "autoscaling": _group, "kms": lambda values, place: key_arn(values.get("KeyId", "*"), place), "secretsmanager": _secret}


# --- services that ask more: of a key, for several resources at once, or by other names

def through(service: str, key: str | None, place: Place, *actions: str) -> list[Permission]:
    """What the service does with a key in the caller's name: kms/latest/developerguide/policy-conditions.html#conditions-kms-via-service"""
    if not key or key.startswith("alias/aws/"):
        return []
    keys: Keys = {"kms:viaservice": f"{service}.{place.region}.amazonaws.com", "kms:calleraccount": place.account, "aws:viaawsservice": "true"}
    return [Permission(f"kms:{action}", key_arn(key, place), keys) for action in actions]


def _dynamodb(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    """Whatever is about a table has the name of its action, but for what is within a transaction."""
    if operation == "GetResourcePolicy":   # of a table or of a stream, whichever the ARN is of
        yield Permission("dynamodb:GetResourcePolicy", values["ResourceArn"])
        return
    parts = list(_parts(operation, values))
    if not parts:
        yield from _named("dynamodb", operation, values, place)
    for kind, each in parts:
        found = _table(each["TableName"], place)
        keys: Keys = {"dynamodb:leadingkeys": leading} if (leading := _leading_keys(found, each)) else {}
        action = OPERATIONS["dynamodb"][kind].action if kind in OPERATIONS["dynamodb"] else f"dynamodb:{kind}"
        yield Permission(action, _arn("dynamodb", "table", {"TableName": each["TableName"]}, place), keys)
        # amazondynamodb/latest/developerguide/encryption.usagenotes.html
        yield from through("dynamodb", ((found.sse_specification if found else None) or {}).get("KMSMasterKeyId"), place, "Decrypt")


def _table(name: str, place: Place) -> Any | None:
    """By its name or its ARN."""
    return backend_of("dynamodb", place.account, place.region).tables.get(name.rpartition("/")[2])


def _parts(operation: str, values: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each table that a request is about, with what it says of that, and the operation."""
    for name, wanted in (values.get("RequestItems") or {}).items():
        items = wanted["Keys"] if isinstance(wanted, dict) else [one for request in wanted for kind in request.values() for one in kind.values()]
        yield operation, {"TableName": name, "Keys": items}
    for item in values.get("TransactItems") or []:
        (kind, one), = ((kind, one) for kind, one in item.items() if one)
        yield kind, one
    if "TableName" in values:
        yield operation, values


def _leading_keys(found: Any | None, values: dict[str, Any]) -> list[str]:
    """The partition keys that a request names."""
    if found is None:
        return []
    name = found.hash_key_attr
    items = [values[member] for member in ("Key", "Item") if member in values] + list(values.get("Keys", []))
    given = [next(iter(item[name].values())) for item in items if name in item]
    aliases = {name, *(alias for alias, meant in (values.get("ExpressionAttributeNames") or {}).items() if meant == name)}
    for left, right in re.findall(r"([#\w.]+)\s*=\s*(:\w+)", values.get("KeyConditionExpression") or ""):
        if left in aliases:
            given.append(next(iter(values["ExpressionAttributeValues"][right].values())))
    return [str(value) for value in given]


def _s3(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    keys: Keys = {}
    for member, key in (("IfNoneMatch", "s3:if-none-match"), ("ServerSideEncryption", "s3:x-amz-server-side-encryption"), ("Prefix", "s3:prefix")):
        if values.get(member):
            keys[key] = values[member]
    for permission in _named("s3", operation, values, place, **keys):
        versioned = "VersionId" in values and permission.action in ("s3:GetObject", "s3:DeleteObject")
        yield Permission(f"{permission.action}Version", permission.resource, keys) if versioned else permission
    # AmazonS3/latest/userguide/UsingKMSEncryption.html
    if operation in ("PutObject", "CreateMultipartUpload"):
        yield from through("s3", values.get("SSEKMSKeyId") or _default_key(values, place), place, "GenerateDataKey")
    elif operation in ("UploadPart", "CompleteMultipartUpload"):   # AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
        yield from through("s3", _default_key(values, place), place, "Decrypt")
    elif operation in ("GetObject", "HeadObject"):
        bucket, found = _object(values, place)
        if operation == "GetObject" or values.get("ChecksumMode"):
            yield from through("s3", key_of(bucket, found), place, "Decrypt")
        if bucket and found is None:   # who may not list does not learn that there is none: AmazonS3/latest/API/API_GetObject.html
            yield from _named("s3", "HeadBucket", values, place, **keys)


def _default_key(values: dict[str, Any], place: Place) -> str | None:
    """Of the bucket, for an object that is to be encrypted by KMS."""
    bucket = backend_of("s3", place.account, "aws").buckets.get(values["Bucket"])
    default = _default_of(bucket)
    return default.get("KMSMasterKeyID") if values.get("ServerSideEncryption", default.get("SSEAlgorithm")) == "aws:kms" else None


def _default_of(bucket: Any) -> dict[str, Any]:
    found: dict[str, Any] = bucket.encryption["Rule"]["ApplyServerSideEncryptionByDefault"] if bucket and bucket.encryption else {}
    return found


def _object(values: dict[str, Any], place: Place) -> tuple[Any, Any]:
    """The bucket and the object that a request names; None for what is not there."""
    backend = backend_of("s3", place.account, "aws")
    bucket = backend.buckets.get(values["Bucket"])
    return bucket, backend.get_object(bucket.name, values["Key"], version_id=values.get("VersionId")) if bucket else None


def key_of(bucket: Any, version: Any) -> str | None:
    """That an object is encrypted with; None for one that KMS did not encrypt, and for none."""
    if not str(getattr(version, "encryption", "")).startswith("aws:kms"):
        return None
    key: str | None = version.kms_key_id or _default_of(bucket).get("KMSMasterKeyID")
    return key


def _secrets(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    yield from _named("secretsmanager", operation, values, place)
    # secretsmanager/latest/userguide/security-encryption.html
    found = _found_secret(values, place)
    uses = {"GetSecretValue": ("Decrypt",), "PutSecretValue": ("GenerateDataKey", "Decrypt")}.get(operation, ())
    yield from through("secretsmanager", found.kms_key_id if found else None, place, *uses)


def _publish(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    arn = values.get("TopicArn") or values.get("TargetArn", "*")
    yield from _named("sns", operation, {"TopicArn": arn}, place)
    # sns/latest/dg/sns-key-management.html
    found = backend_of("sns", place.account, place.region).topics.get(arn)
    yield from through("sns", found.kms_master_key_id if found else None, place, "GenerateDataKey", "Decrypt")


def _queue(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    name = values.get("QueueName") or values.get("QueueUrl", "*").rpartition("/")[2]
    yield from _named("sqs", operation, {"QueueName": name}, place)
    # AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    found = backend_of("sqs", place.account, place.region).queues.get(name)
    uses = {"SendMessage": ("GenerateDataKey", "Decrypt"), "ReceiveMessage": ("Decrypt",)}.get(operation, ())
    yield from through("sqs", found.kms_master_key_id if found else None, place, *uses)


def _put_events(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    for entry in values.get("Entries", []):
        keys: Keys = {"events:source": entry.get("Source", ""), "events:detail-type": entry.get("DetailType", "")}
        yield from _named("events", operation, {"EventBusName": entry.get("EventBusName") or "default"}, place, **keys)


def _put_metrics(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    return _named("cloudwatch", operation, values, place, **{"cloudwatch:namespace": values.get("Namespace", "")})


def _invoke(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    name = str(values.get("FunctionName", "*"))
    qualified = f"{name}:{values['Qualifier']}" if values.get("Qualifier") else name
    return _named("lambda", operation, {"FunctionName": qualified}, place)


def _parameter(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    for name in values.get("Names") or [values.get("Name", "*")]:
        yield from _named("ssm", operation, {"Name": name.removeprefix("/")}, place)


def _clusters(operation: str, values: dict[str, Any], place: Place) -> Iterator[Permission]:
    named = values.get("TargetDbClusterIdentifier") or values.get("DBClusterIdentifier", "*")
    return _named("rds", operation, {"GlobalClusterIdentifier": values.get("GlobalClusterIdentifier", "*"), "TargetDbClusterIdentifier": named}, place)


Find = Callable[[str, dict[str, Any], Place], Iterable[Permission]]
# by service and operation; an empty operation is any other one
OWN: dict[tuple[str, str], Find] = {
    ("cloudwatch", "PutMetricData"): _put_metrics, ("dynamodb", ""): _dynamodb, ("events", "PutEvents"): _put_events, ("lambda", "Invoke"): _invoke,
    ("rds", ""): _clusters, ("s3", ""): _s3, ("secretsmanager", ""): _secrets, ("sns", "Publish"): _publish, ("sqs", ""): _queue, ("ssm", ""): _parameter}
