"""Lambda reads SQS queues by event source mappings, and runs functions with what it finds. lambda/latest/dg/with-sqs.html"""
from __future__ import annotations

import json
import threading
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.core import DEFAULT_ACCOUNT_ID

from local_aws.services import awslambda
from local_aws.services.patching import backend_of
from local_aws.world import background
from local_aws.world.faults import FAULTS, Part

STEP_SECONDS = 0.5


def start() -> None:
    background.repeat("event sources", STEP_SECONDS, step)


def step() -> None:
    for region, backend in list(lambda_backends[DEFAULT_ACCOUNT_ID].items()):
        if FAULTS.lost(Part.REGION, region):
            continue
        for mapping in list(backend.list_event_source_mappings("", "")):
            if mapping.enabled and ":sqs:" in mapping.event_source_arn:
                background.guarded(_read, region, mapping)


def _read(region: str, mapping: Any) -> None:
    """A FIFO queue hands out nothing more of a group that is at work, which leaves one execution for each group."""
    queues = backend_of("sqs", DEFAULT_ACCOUNT_ID, region)
    name = mapping.event_source_arn.split(":")[5]
    function = backend_of("lambda", DEFAULT_ACCOUNT_ID, region).get_function(mapping.function_arn)
    if not awslambda.may_use(function, mapping.event_source_arn, *awslambda.READING):
        return
    messages = queues.receive_message(name, mapping.batch_size, 0, queues.get_queue(name).visibility_timeout)
    if messages:
        threading.Thread(target=background.guarded, args=(_run, queues, name, mapping, messages), daemon=True, name=f"event source {name}").start()


def _run(queues: Any, name: str, mapping: Any, messages: list[Any]) -> None:
    """What was not worked on without an error comes back after its visibility timeout."""
    try:
        done = awslambda.ran(DEFAULT_ACCOUNT_ID, mapping.function_arn, json.dumps({"Records": [_record(mapping, one) for one in messages]}))
    except awslambda.TooManyRequests:
        done = False
    for message in messages if done else []:
        queues.delete_message(name, message.receipt_handle)


def _record(mapping: Any, message: Any) -> dict[str, Any]:
    return {"messageId": message.id, "receiptHandle": message.receipt_handle, "body": message.body, "md5OfBody": message.body_md5,
            "attributes": {"ApproximateReceiveCount": str(message.approximate_receive_count), "SentTimestamp": str(message.sent_timestamp)},
            "messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": mapping.event_source_arn,
            "awsRegion": mapping.event_source_arn.split(":")[3]}
