"""Decides, from the policies that are here, whether somebody may do something."""
from __future__ import annotations

import sys
from typing import Any, Iterable

from local_aws.access.decisions import Decision, Policies, decide
from local_aws.access.patterns import Value
from local_aws.access.policies import Policy, Principal, Request
from local_aws.services import identities, resource_policies
from local_aws.services.permissions import Permission, Place
from local_aws.world.clock import CLOCK

EVERYTHING = Policy({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
# keys that are known to be absent: IAM/latest/UserGuide/reference_policies_condition-keys.html
ABSENT = {"aws:multifactorauthpresent", "aws:principalarn", "aws:principalorgid", "aws:principalservicename", "aws:sourceaccount", "aws:sourcearn",
          "aws:sourceip", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:username", "dynamodb:leadingkeys", "kms:calleraccount",
          "kms:grantisforawsresource", "kms:viaservice", "lambda:sourcefunctionarn", "s3:if-none-match", "s3:prefix", "s3:x-amz-server-side-encryption"}
ABSENT_PREFIXES = ("kms:encryptioncontext:",)   # of data keys that no role here asks for itself


class Keys(dict[str, Value]):
    """Condition keys of a request. One that is neither here nor known to be absent is a gap: its statement cannot be judged."""

    def get(self, key: str, default: Any = None) -> Any:
        if key not in self and key not in ABSENT and not key.startswith(ABSENT_PREFIXES):
            raise NotImplementedError(f"condition key {key} of a policy")
        return super().get(key, default)


def decision(principal: Principal, permission: Permission, place: Place, **more: Value) -> Decision:
    """For a role, or for a service in its own name."""
    own = identities.policies(principal.account, principal.role) if principal.role else []
    return _decided(principal, permission, place, own, more)


def assumable(service: str, role: str, place: Place, **more: Value) -> bool:
    """Whether the role trusts the service; `more` is what AWS documents that it says of whom it works for."""
    return _allowed(Principal(service), Permission("sts:AssumeRole", role), place, more)


def role_may(role: str, session: str, permissions: Iterable[Permission], place: Place) -> bool:
    """What a service does as a role. A refusal is in the log, and nowhere else: nobody waits for an answer."""
    principal = Principal(f"arn:aws:sts::{place.account}:assumed-role/{role.rpartition('/')[2]}/{session}", place.account, role)
    return all(_allowed(principal, permission, place, {}) for permission in permissions)


def service_may(service: str, permissions: Iterable[Permission], place: Place, source: str, **more: Value) -> bool:
    """What a service does in its own name, for a resource of this account."""
    told: dict[str, Value] = {"aws:sourceaccount": place.account, "aws:sourcearn": source, **more}
    return all(_allowed(Principal(service), permission, place, told) for permission in permissions)


def _allowed(principal: Principal, permission: Permission, place: Place, more: dict[str, Value]) -> bool:
    found = decision(principal, permission, place, **more)
    if not found.allowed:
        print(f"DENIED: {principal.arn}: {permission.action} on {permission.resource}: {found.reason}", file=sys.stderr, flush=True)
    return found.allowed


def denied_to_all(principal: Principal, permission: Permission, place: Place) -> Decision:
    """What even an administrator is told: a resource's own policy denies it."""
    return _decided(principal, permission, place, [EVERYTHING], {})


def _decided(principal: Principal, permission: Permission, place: Place, own: list[Policy], more: dict[str, Value]) -> Decision:
    keys = Keys({**_of_request(principal, place), **permission.keys, **more})
    resource = resource_policies.policy_of(permission.resource, place.account)
    return decide(Request(principal, permission.action, permission.resource, keys), Policies(own, resource, (), place.account))


def _of_request(principal: Principal, place: Place) -> dict[str, Value]:
    """Clients of AWS speak TLS, although they need not here."""
    now = CLOCK.now()
    keys: dict[str, Value] = {
        "aws:requestedregion": place.region, "aws:securetransport": "true", "s3:tlsversion": "1.3", "aws:currenttime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:epochtime": str(int(now.timestamp())), "aws:resourceaccount": place.account,
        "aws:principalisawsservice": str(not principal.account).lower(), "aws:viaawsservice": "false"}
    if principal.account:
        keys.update({"aws:principalarn": principal.role or principal.arn, "aws:principalaccount": principal.account,
                     "aws:principaltype": "AssumedRole" if principal.role else "User"})
    return keys
