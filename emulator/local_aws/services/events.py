"""EventBridge: Lambda and SNS targets, which moto leaves out."""
from __future__ import annotations

import json
from typing import Any

from moto.events.models import Rule

from local_aws.services import authorization, permissions
from local_aws.services.awslambda import invoke_later
from local_aws.services.patching import backend_of, replace
from local_aws.services.permissions import Permission, Place
from local_aws.world.faults import FAULTS, Part


@replace(Rule)
def send_to_targets(original: Any, self: Any, original_event: Any, transform_input: bool = True) -> None:
    if not self.event_pattern.matches_event(original_event):
        return
    rest = []
    for target in self.targets:
        service, region = target["Arn"].split(":")[2:4]
        if not _permitted(self, target, service, region):
            continue
        if service == "lambda":
            if not FAULTS.lost(Part.REGION, region):
                invoke_later(self.account_id, target["Arn"], json.dumps(original_event))
        elif service == "sns":
            backend_of("sns", self.account_id, region).publish(message=json.dumps(original_event), arn=target["Arn"])
        else:
            rest.append(target)
    if rest:
        every, self.targets = self.targets, rest
        try:
            original(self, original_event, transform_input)
        finally:
            self.targets = every


def _needed(service: str, arn: str, place: Place) -> list[Permission]:
    """What a target's own policy, and that of its key, or the target's role must allow: eventbridge/latest/userguide/eb-use-resource-based.html"""
    if service == "sns":
        return permissions.needed("sns", "Publish", {"TopicArn": arn}, place)
    if service == "sqs":
        return permissions.needed("sqs", "SendMessage", {"QueueName": arn.rpartition(":")[2]}, place)
    return [Permission({"lambda": "lambda:InvokeFunction", "events": "events:PutEvents"}[service], arn)]


def _permitted(rule: Any, target: dict[str, Any], service: str, region: str) -> bool:
    """A bus without a role is asked nothing here: that it takes what this account's other buses send is inferred."""
    here, there = Place(rule.region_name, rule.account_id), Place(region, rule.account_id)
    if service not in ("events", "lambda", "sns", "sqs"):
        return True
    needed = _needed(service, target["Arn"], there)
    if role := target.get("RoleArn"):
        return (authorization.assumable("events.amazonaws.com", role, here, **{"aws:sourcearn": rule.arn, "aws:sourceaccount": rule.account_id})
                and authorization.role_may(role, "events", needed, there))
    return service == "events" or authorization.service_may("events.amazonaws.com", needed, there, rule.arn)
