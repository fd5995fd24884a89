"""What all policies together say to a request of one account's principal for a resource of the same or another account."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Sequence

from local_aws.access.policies import Named, Policy, Request

# Their resources' policies must allow every request; identity policies alone do not: kms/latest/developerguide/key-policies.html,
# IAM/latest/UserGuide/id_roles_terms-and-concepts.html
GUARDED = ("kms", "sts")


@dataclass(frozen=True)
class Decision:
    allowed: bool
    explicit: bool = False   # denied by a statement, not by the lack of one
    reason: str = ""         # the end of AWS's message


@dataclass(frozen=True)
class Policies:
    """That have a say in one request."""

    identity: Sequence[Policy] = ()
    resource: Policy | None = None
    endpoint: Sequence[Policy] = ()   # of a VPC endpoint on the way
    account: str = ""                 # whose resource it is


ALLOWED = Decision(True)


def decide(request: Request, policies: Policies) -> Decision:
    """Messages are those of IAM/latest/UserGuide/troubleshoot_access-denied.html."""
    identity = [statement for policy in policies.identity for statement in policy.statements if statement.about(request)]
    resource = list(_naming(request, [policies.resource] if policies.resource else []))
    if any(statement.denies for statement in identity):
        return _denied("identity")
    if any(denies for denies, _ in resource):
        return _denied("resource")
    endpoint = list(_naming(request, policies.endpoint))
    if any(denies for denies, _ in endpoint):
        return _denied("VPC endpoint", "")
    if policies.endpoint and not endpoint:
        return _lacking("VPC endpoint", request)
    by_resource = max((named for _, named in resource), key=lambda named: named.value, default=Named.NOT)
    missing = _missing(request, policies.account, bool(identity), by_resource)
    return _lacking(missing, request) if missing else ALLOWED


def _naming(request: Request, policies: Sequence[Policy]) -> Iterator[tuple[bool, Named]]:
    """Of each statement about the request and its principal: whether it denies, and how it names the principal."""
    for policy in policies:
        for statement in policy.statements:
            named = statement.named(request.principal)
            if named != Named.NOT and statement.about(request):
                yield statement.denies, named


def _missing(request: Request, account: str, by_identity: bool, by_resource: Named) -> str:
    """The kind of policy that should allow the request and does not; empty when none is missing."""
    principal = request.principal
    if not principal.account:
        return "" if by_resource == Named.DIRECTLY else "resource-based"
    if principal.account != account:
        return "identity-based" if not by_identity else "resource-based" if by_resource == Named.NOT else ""
    if by_resource == Named.DIRECTLY:
        return ""
    if request.action.partition(":")[0] in GUARDED and by_resource == Named.NOT:
        return "resource-based"
    return "" if by_identity else "identity-based"


def _denied(kind: str, suffix: str = "-based") -> Decision:
    return Decision(False, True, f"with an explicit deny in {'an' if kind[0] in 'aeiou' else 'a'} {kind}{suffix} policy")


def _lacking(kind: str, request: Request) -> Decision:
    return Decision(False, False, f"because no {kind} policy allows the {request.action} action")
