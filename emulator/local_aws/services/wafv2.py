"""WAF: a web ACL is told without the token of its lock, which stands beside it, and without a description that it has not."""
from __future__ import annotations

from typing import Any

from moto.wafv2.models import FakeWebACL

from local_aws.services.patching import replace


@replace(FakeWebACL)
def to_dict(original: Any, self: Any) -> dict[str, Any]:
    return _described({name: value for name, value in original(self).items() if name != "LockToken"})


@replace(FakeWebACL)
def to_short_dict(original: Any, self: Any) -> dict[str, Any]:
    return _described(original(self))


def _described(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name != "Description" or value}
