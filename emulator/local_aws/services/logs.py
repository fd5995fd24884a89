"""CloudWatch Logs: whole milliseconds (moto's Lambda writes fractions), and keys that must let the service in."""
from __future__ import annotations

from typing import Any

from moto.logs.exceptions import LogsClientError
from moto.logs.models import LogsBackend

from local_aws.access.policies import Principal
from local_aws.services import authorization
from local_aws.services.patching import replace
from local_aws.services.permissions import Permission, Place

USES = ("Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey")   # AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html


@replace(LogsBackend)
def put_log_events(original: Any, self: Any, log_group_name: str, log_stream_name: str, log_events: list[dict[str, Any]]) -> Any:
    return original(self, log_group_name, log_stream_name, [{**event, "timestamp": int(event["timestamp"])} for event in log_events])


class KeyRefused(LogsClientError):
    """Documented nowhere, reported by many: github.com/hashicorp/terraform-provider-aws/issues/29282"""

    def __init__(self, group: str) -> None:
        super().__init__("AccessDeniedException", f"The specified KMS key does not exist or is not allowed to be used with Arn '{group}'")


@replace(LogsBackend)
def create_log_group(original: Any, self: Any, log_group_name: str, tags: dict[str, str], **more: Any) -> Any:
    place = Place(self.region_name, self.account_id)
    group, key = f"arn:aws:logs:{place.region}:{place.account}:log-group:{log_group_name}", more.get("kmsKeyId")
    if key and log_group_name not in self.groups and not _usable(key, group, place):
        raise KeyRefused(group)
    return original(self, log_group_name, tags, **more)


def _usable(key: str, group: str, place: Place) -> bool:
    service = Principal(f"logs.{place.region}.amazonaws.com")
    return all(authorization.decision(service, Permission(f"kms:{use}", key), place, **{"kms:encryptioncontext:aws:logs:arn": group}).allowed
               for use in USES)
