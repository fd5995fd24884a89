"""Who calls: sessions of roles, by their access keys, and the policies of roles. Any other key is an administrator's."""
from __future__ import annotations

import threading
from typing import Any

from moto.iam.models import IAMBackend, ManagedPolicy, Role
from moto.sts.models import AssumedRole, sts_backends

from local_aws.access.policies import Policy, Principal, policy
from local_aws.services.patching import backend_of, kept, replace
from local_aws.world.past import PAST

PARTITION = "aws"
SESSION_SECONDS = 12 * 3600   # longer than any emulator of a test lives; what AWS renews before it ends, here never ends

_lock = threading.Lock()


def principal_of(account: str, access_key: str, region: str) -> Principal:
    """Unknown keys are one user."""
    session = session_of(account, access_key)
    if session is not None:
        return Principal(session.arn, account, str(session.role_arn))
    arn = sts_backends[account][PARTITION].get_caller_identity(access_key, region)[1]
    return Principal(arn.replace(":sts:", ":iam:"), account)


def session_of(account: str, access_key: str) -> AssumedRole | None:
    """None for keys that are no role's."""
    return sts_backends[account][PARTITION].get_assumed_role_from_access_key(access_key)


def source_function(session: AssumedRole) -> str | None:
    """The ARN of the function that the session is of; None for others."""
    found: str | None = session.__dict__.get("source_function")
    return found


def credentials(account: str, role_arn: str, name: str, region: str, function: str | None = None) -> dict[str, str]:
    """Environment variables of a process that acts as a role: one session for each role and name."""
    backend = sts_backends[account][PARTITION]
    with _lock:
        sessions = kept(backend, "sessions", dict)
        if (role_arn, name) not in sessions:
            session = backend.assume_role(region, name, role_arn, policy="", duration=SESSION_SECONDS, external_id="")
            session.source_function = function   # type: ignore[attr-defined]
            sessions[role_arn, name] = session
        found = sessions[role_arn, name]
    return {"AWS_ACCESS_KEY_ID": found.access_key_id, "AWS_SECRET_ACCESS_KEY": found.secret_access_key, "AWS_SESSION_TOKEN": found.session_token}


def role(account: str, arn: str) -> Any | None:
    """None for one that is not there (any more, or yet): nothing is allowed to its sessions."""
    found = next((each for each in list(backend_of("iam", account, PARTITION).get_roles()) if each.arn == arn), None)
    return PAST.seen(("role", arn), found)


def policies(account: str, role_arn: str) -> list[Policy]:
    """A role's own, inline and attached."""
    found = role(account, role_arn)
    if found is None:
        return []
    if found.permissions_boundary_arn:
        raise NotImplementedError(f"permissions boundary of {role_arn}")
    return [policy(text) for text in PAST.seen(("policies", role_arn), _texts(found))]


def _texts(found: Any) -> list[str]:
    attached = [next(version.document for version in each.versions if version.is_default) for each in list(found.managed_policies.values())]
    return [*list(found.policies.values()), *attached]


# --- what is not there yet: IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency

@replace(IAMBackend)
def create_role(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
    made = original(self, *args, **kwargs)
    PAST.changing(("role", made.arn), None)
    return made


def _changing(found: Any) -> None:
    if isinstance(found, Role):
        PAST.changing(("policies", found.arn), _texts(found))


@replace(Role)
def put_policy(original: Any, self: Any, *args: Any) -> None:
    _changing(self)
    original(self, *args)


@replace(Role)
def delete_policy(original: Any, self: Any, *args: Any) -> None:
    _changing(self)
    original(self, *args)


@replace(ManagedPolicy)
def attach_to(original: Any, self: Any, to: Any) -> None:
    _changing(to)
    original(self, to)


@replace(ManagedPolicy)
def detach_from(original: Any, self: Any, of: Any) -> None:
    _changing(of)
    original(self, of)
