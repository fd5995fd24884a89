"""SQS: attributes that moto stores and does not tell, and a policy that other changes leave alone."""
from __future__ import annotations

from typing import Any

from moto.sqs.models import Queue

from local_aws.services.patching import replace, replace_property


@replace_property(Queue, "attributes")
def attributes(answer: Any, self: Any) -> dict[str, Any]:
    shown: dict[str, Any] = dict(answer)
    if self.__dict__.get("redrive_allow_policy"):
        shown["RedriveAllowPolicy"] = self.redrive_allow_policy
    if self.kms_master_key_id:   # AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html: one or the other
        shown["SqsManagedSseEnabled"] = "false"
    return shown


@replace(Queue)
def _set_attributes(original: Any, self: Any, attributes: dict[str, Any], now: float | None = None) -> None:
    before = self.policy if "_policy_json" in self.__dict__ else None
    original(self, {"Policy": before, **attributes}, now)
