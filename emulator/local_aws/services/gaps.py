"""Calls that neither moto nor this package knows, and how moto finds those that it knows."""
from __future__ import annotations

import functools
from types import SimpleNamespace
from typing import Any

from moto.core import responses
from moto.core.responses import BaseResponse
from moto.core.utils import get_service_model

from local_aws.services.patching import replace


class Gap(Exception):
    """A call without an implementation."""


# moto asks each class for its methods at each call; none gets another one once it answers
responses.method_names_from_class = functools.cache(responses.method_names_from_class)


class _Models:
    """In the place of boto3, of whose clients moto uses nothing but the models: a client reads AWS's endpoints, too, which takes a second."""

    @staticmethod
    def client(service: str, region_name: str) -> Any:
        return SimpleNamespace(_service_model=get_service_model(service))


responses.boto3 = _Models   # type: ignore[attr-defined]


@replace(BaseResponse)
def call_action(original: Any, self: Any) -> Any:
    if not self._get_action():   # moto answers a bare 404, which looks like a missing resource
        raise Gap(f"no action for {self.method} {self.path}")
    return original(self)
