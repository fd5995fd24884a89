"""Calls that neither moto nor this package knows."""
from __future__ import annotations

from typing import Any

from moto.core.responses import BaseResponse

from local_aws.services.patching import replace


class Gap(Exception):
    """A call without an implementation."""


@replace(BaseResponse)
def call_action(original: Any, self: Any) -> Any:
    if not self._get_action():   # moto answers a bare 404, which looks like a missing resource
        raise Gap(f"no action for {self.method} {self.path}")
    return original(self)
