"""Policies and their statements: whom they are about, and what. IAM/latest/UserGuide/reference_policies_elements.html"""
from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from enum import Enum
from typing import Any, Mapping

from local_aws.access import conditions
from local_aws.access.patterns import Context, matches_action, matches_arn


@dataclass(frozen=True)
class Principal:
    """Who asks. `role` is the ARN of the role whose session it is; a service has its name as ARN, and no account, as has who did not sign."""

    arn: str
    account: str = ""
    role: str = ""


@dataclass(frozen=True)
class Request:
    principal: Principal
    action: str      # such as rds:FailoverGlobalCluster
    resource: str    # ARN, or "*" for an action on none
    context: Context


class Named(Enum):
    """How a policy of a resource names a principal."""

    NOT = 0
    ACCOUNT = 1     # which leaves it to the account's own policies
    DIRECTLY = 2


class Statement:
    def __init__(self, source: Mapping[str, Any]) -> None:
        if "NotPrincipal" in source:
            raise NotImplementedError("NotPrincipal of a policy")
        self.denies = source["Effect"] == "Deny"
        self._source = source

    def about(self, request: Request) -> bool:
        """Any principal that makes it."""
        return (self._names("Action", lambda pattern: matches_action(pattern, request.action))
                and self._names("Resource", lambda pattern: matches_arn(pattern, request.resource, request.context))
                and conditions.hold(self._source.get("Condition", {}), request.context))

    def _names(self, element: str, fits: Any) -> bool:
        """A policy of trust has no resource: it is the role's own."""
        negated = f"Not{element}" in self._source
        listed = as_list(self._source.get(f"Not{element}" if negated else element, "*"))
        return any(fits(pattern) for pattern in listed) != negated

    def named(self, principal: Principal) -> Named:
        wanted = self._source.get("Principal", {})
        names = ["*"] if wanted == "*" else as_list(wanted.get("AWS", []))
        if "*" in names:
            return Named.DIRECTLY
        if not principal.account:
            return Named.DIRECTLY if principal.arn in as_list(wanted.get("Service", [])) else Named.NOT
        if principal.arn in names or principal.role and principal.role in names:
            return Named.DIRECTLY
        account = {principal.account, f"arn:aws:iam::{principal.account}:root"}
        return Named.ACCOUNT if account.intersection(names) else Named.NOT


class Policy:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self.statements = [Statement(each) for each in as_list(document.get("Statement", []))]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@functools.lru_cache(maxsize=4096)
def policy(text: str) -> Policy:
    """Of its JSON."""
    return Policy(json.loads(text))
