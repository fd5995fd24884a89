"""GuardDuty: one detector a Region, the features of a detector one by one, and tags."""
from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.guardduty import urls
from moto.guardduty.exceptions import GuardDutyException
from moto.guardduty.models import Detector, GuardDutyBackend
from moto.guardduty.responses import GuardDutyResponse

from local_aws.services.patching import add, replace

# moto lists some paths only; what has no handler behind it is reported as a gap
urls.url_paths["{0}/(?P<anything>.+)$"] = GuardDutyResponse.dispatch

ALWAYS_ON = ("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS")
ON_BY_DEFAULT = ("S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS")


@replace(GuardDutyBackend)
def create_detector(original: Any, self: Any, *args: Any, **kwargs: Any) -> str:
    """guardduty/latest/APIReference/API_CreateDetector.html: only one detector per account per Region."""
    if self.detectors:
        raise GuardDutyException("BadRequestException", "The request is rejected because a detector already exists for the current account.")
    made: str = original(self, *args, **kwargs)
    return made


@replace(GuardDutyBackend)
def delete_detector(original: Any, self: Any, detector_id: str) -> None:
    self.get_detector(detector_id)
    original(self, detector_id)


@replace(Detector)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    """guardduty/latest/APIReference/API_CreateDetector.html: what is not specified is enabled, except RUNTIME_MONITORING."""
    original(self, *args, **kwargs)
    self.features = _merged([{"name": name, "status": "ENABLED"} for name in (*ALWAYS_ON, *ON_BY_DEFAULT)], self.features)


@replace(Detector)
def update(original: Any, self: Any, enable: Any, frequency: Any, data_sources: Any, features: Any) -> None:
    """guardduty/latest/APIReference/API_UpdateDetector.html: features that are not named stay as they are."""
    original(self, enable, frequency, data_sources, _merged(self.features, features or []))


def _merged(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({feature["name"]: feature for feature in (*old, *new)}.values())


# --- tags

def _tags(response: Any) -> dict[str, str]:
    detector: Detector = response.guardduty_backend.get_detector(unquote(response.path).rsplit("/", 1)[1])
    return detector.tags


@add(GuardDutyResponse)
def tag_resource(self: Any) -> str:
    _tags(self).update(self._get_param("tags"))
    return "{}"


@add(GuardDutyResponse)
def untag_resource(self: Any) -> str:
    for key in self.querystring["tagKeys"]:
        _tags(self).pop(key, None)
    return "{}"


@add(GuardDutyResponse)
def list_tags_for_resource(self: Any) -> str:
    return json.dumps({"tags": _tags(self)})
