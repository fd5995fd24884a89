"""Config: a recorder is told without its status, which has words of its own."""
from __future__ import annotations

from typing import Any

from moto.config.models import ConfigRecorder, ConfigRecorderStatus

from local_aws.services.patching import replace


@replace(ConfigRecorder)
def to_dict(original: Any, self: Any) -> dict[str, Any]:
    return {name: value for name, value in original(self).items() if name != "status"}


@replace(ConfigRecorderStatus)
def start(original: Any, self: Any) -> None:
    """config/latest/APIReference/API_ConfigurationRecorderStatus.html"""
    original(self)
    self.last_status = "Pending"
