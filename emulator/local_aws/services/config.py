"""Config: a recorder is told without its status, which has words of its own."""
from __future__ import annotations

from typing import Any

from moto.config.models import ConfigBackend, ConfigRecorder, ConfigRecorderStatus

from local_aws.services.patching import replace


@replace(ConfigBackend)
def put_configuration_recorder(original: Any, self: Any, config_recorder: dict[str, Any]) -> None:
    """config/latest/APIReference/API_ExclusionByResourceTypes.html: its list may be absent, which excludes nothing; the provider
    writes that whenever it changes a recorder that it has read. moto takes it for an exclusion."""
    group = config_recorder.get("recordingGroup") or {}
    if group.get("exclusionByResourceTypes") == {}:
        del group["exclusionByResourceTypes"]
    original(self, config_recorder)


@replace(ConfigRecorder)
def to_dict(original: Any, self: Any) -> dict[str, Any]:
    return {name: value for name, value in original(self).items() if name != "status"}


@replace(ConfigRecorderStatus)
def start(original: Any, self: Any) -> None:
    """config/latest/APIReference/API_ConfigurationRecorderStatus.html"""
    original(self)
    self.last_status = "Pending"
