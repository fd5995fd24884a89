"""S3: replication and access logging, read back as they were put; no policy is enforced."""
from __future__ import annotations

import json
from typing import Any

import xmltodict
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker, S3Backend
from moto.s3.responses import S3Response

from local_aws.services.patching import replace


@replace(S3Response)
def get_bucket_replication(original: Any, self: Any) -> Any:
    """moto keeps what was put, but answers with neither a rule's filter nor what else it selects."""
    status, headers, _ = original(self)     # its refusals are right
    stored = self.backend.get_bucket_replication(self.bucket_name)
    answer = {"ReplicationConfiguration": {"Role": stored["Role"], "Rule": stored["Rule"]}}
    return status, headers, xmltodict.unparse(answer)


@replace(FakeBucket)
def get_permission(original: Any, self: Any, action: str, resource: str) -> PermissionResult:
    """moto leaves out the conditions of a bucket policy: a refusal of plain HTTP would refuse every object
    (AmazonS3/latest/userguide/amazon-s3-policy-keys.html). No policy is enforced here."""
    return PermissionResult.NEUTRAL


# --- access logging: moto reads a policy's Principal and Action in one form only, and drops TargetObjectKeyFormat

@replace(FakeBucket)
def set_logging(original: Any, self: Any, logging_config: dict[str, Any] | None, bucket_backend: Any) -> None:
    target = bucket_backend.buckets.get((logging_config or {}).get("TargetBucket"))
    if target is None or target.region_name != self.region_name or not _lets_logging_write(target):
        original(self, logging_config, bucket_backend)
    else:
        self.logging = logging_config


def _lets_logging_write(target: Any) -> bool:
    """AmazonS3/latest/userguide/enable-server-access-logging.html: a policy for the logging service, where no ACL can say so."""
    for statement in json.loads(target.policy or "{}").get("Statement", []):
        principal, actions = statement.get("Principal"), statement.get("Action", [])
        services = principal.get("Service", []) if isinstance(principal, dict) else []
        if (statement.get("Effect") == "Allow" and "logging.s3.amazonaws.com" in _listed(services)
                and {"s3:PutObject", "s3:*"} & set(_listed(actions))):
            return True
    return False


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@replace(S3Response)
def get_bucket_logging(original: Any, self: Any) -> Any:
    status, headers, body = original(self)
    key_format = self.backend.get_bucket_logging(self.bucket_name).get("TargetObjectKeyFormat")
    if key_format:
        element = xmltodict.unparse({"TargetObjectKeyFormat": key_format}, full_document=False)
        text = body.decode() if isinstance(body, bytes) else body
        body = text.replace("</LoggingEnabled>", f"{element}</LoggingEnabled>")
    return status, headers, body


# --- object lock: moto lets nobody change the default of a bucket with objects, as AWS once did not switch it on there

@replace(S3Backend)
def put_object_lock_configuration(original: Any, self: Any, bucket_name: str, lock_enabled: bool, mode: str | None = None,
                                  days: int | None = None, years: int | None = None) -> None:
    """AmazonS3/latest/userguide/object-lock-configure.html: at any time, for objects to come; without a rule there is no default."""
    bucket = self.get_bucket(bucket_name)
    if lock_enabled and bucket.object_lock_enabled:
        bucket.default_lock_mode, bucket.default_lock_days, bucket.default_lock_years = mode, days, years
    else:
        original(self, bucket_name, lock_enabled, mode, days, years)


# --- versions: moto disposes of all that a key had, once versioning is suspended, and forgot delete markers

FakeDeleteMarker.dispose = lambda self, garbage=False: None


# --- moto takes a bucket call with a subresource it does not know for ListObjects or CreateBucket

UNKNOWN = {"analytics", "intelligent-tiering", "metadataConfiguration", "metadataTable", "metrics", "policyStatus"}


@replace(S3Response)
def _bucket_response(original: Any, self: Any, request: Any, full_url: str) -> Any:
    unknown = UNKNOWN & set(request.args)
    if unknown:
        raise NotImplementedError(f"bucket subresource {', '.join(sorted(unknown))}")
    if "requestPayment" in request.args:
        return _request_payment(self, request)
    return original(self, request, full_url)


def _request_payment(response: Any, request: Any) -> Any:
    """AmazonS3/latest/API/API_GetBucketRequestPayment.html; only the default is known."""
    if request.method != "GET":
        raise NotImplementedError("bucket subresource requestPayment can be read only")
    response.backend.head_bucket(response.parse_bucket_name_from_url(request, request.url))
    return 200, {}, "<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>"
