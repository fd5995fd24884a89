"""SQS: attributes that moto stores and does not tell, a policy that other changes leave alone, and messages that end."""
from __future__ import annotations

from typing import Any

from moto.sqs.models import Queue, SQSBackend

from local_aws.services.patching import replace, replace_property
from local_aws.world.clock import CLOCK


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


@replace(SQSBackend)
def receive_message(original: Any, self: Any, queue_name: str, *arguments: Any, **options: Any) -> Any:
    """Forgets what is older than the queue keeps it; moto takes that for received, which blocks its group."""
    queue = self.get_queue(queue_name)
    oldest = CLOCK.now().timestamp() * 1000 - queue.message_retention_period * 1000
    with queue._messages_lock:
        queue._messages = [message for message in queue._messages if message.sent_timestamp > oldest]
        queue.pending_messages.intersection_update(queue._messages)
    return original(self, queue_name, *arguments, **options)
