"""CloudTrail: trails are named by ARNs too, and tell whether they have selectors of their own."""
from __future__ import annotations

import json
from typing import Any

from moto.cloudtrail.models import CloudTrailBackend, Trail
from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.exceptions import JsonRESTError

from local_aws.services.patching import replace

TRAILS = 5   # awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html: in a Region
ONLY_DESCRIBED = ("HasCustomEventSelectors", "HasInsightSelectors")


@replace(CloudTrailBackend)
def create_trail(original: Any, self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """awscloudtrail/latest/APIReference/API_CreateTrail.html"""
    if name in self.trails:
        raise JsonRESTError("TrailAlreadyExistsException", f"Trail {name} already exists for customer: {self.account_id}")
    if len(self.trails) >= TRAILS:
        raise JsonRESTError("MaximumNumberOfTrailsExceededException", f"User: {self.account_id} already has {TRAILS} trails in {self.region_name}.")
    return original(self, name, *args, **kwargs)


@replace(CloudTrailBackend)
def start_logging(original: Any, self: Any, name: str) -> None:
    original(self, self.get_trail(name).trail_name)


@replace(CloudTrailBackend)
def stop_logging(original: Any, self: Any, name: str) -> None:
    original(self, self.get_trail(name).trail_name)


@replace(CloudTrailBackend)
def delete_trail(original: Any, self: Any, name: str) -> None:
    original(self, self.get_trail(name).trail_name)


@replace(Trail)
def description(original: Any, self: Any, include_region: bool = False) -> dict[str, Any]:
    told: dict[str, Any] = original(self, include_region)
    told |= {"HasCustomEventSelectors": bool(self.event_selectors or self.advanced_event_selectors), "HasInsightSelectors": bool(self.insight_selectors)}
    return {name: value for name, value in told.items() if value is not None}


@replace(CloudTrailResponse)
def create_trail(original: Any, self: Any) -> str:
    return json.dumps({name: value for name, value in json.loads(original(self)).items() if name not in ONLY_DESCRIBED})
