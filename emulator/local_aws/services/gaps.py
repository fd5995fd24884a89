"""Calls that neither moto nor this package knows."""
from __future__ import annotations

import functools
from typing import Any

from moto.core import responses
from moto.core.responses import BaseResponse

from local_aws.services.patching import replace


class Gap(Exception):
    """A call without an implementation."""


# moto asks each class for its methods at each call; none gets another one once it answers
responses.method_names_from_class = functools.cache(responses.method_names_from_class)


@replace(BaseResponse)
def call_action(original: Any, self: Any) -> Any:
    if not self._get_action():   # moto answers a bare 404, which looks like a missing resource
        raise Gap(f"no action for {self.method} {self.path}")
    return original(self)
