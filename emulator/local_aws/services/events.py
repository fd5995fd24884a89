"""EventBridge: Lambda and SNS targets, which moto leaves out."""
from __future__ import annotations

import json
from typing import Any

from moto.events.models import Rule

from local_aws.services.awslambda import invoke_later
from local_aws.services.patching import backend_of, replace
from local_aws.world.faults import FAULTS, Part


@replace(Rule)
def send_to_targets(original: Any, self: Any, original_event: Any, transform_input: bool = True) -> None:
    if not self.event_pattern.matches_event(original_event):
        return
    rest = []
    for target in self.targets:
        service, region = target["Arn"].split(":")[2:4]
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
