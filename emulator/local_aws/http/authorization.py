"""Requests that are signed with a role's credentials, held against its policies and those of what they are about."""
from __future__ import annotations

import sys
from typing import Any

from moto.iam.models import get_account_id_from

from local_aws.access.decisions import Decision
from local_aws.http.signing import scope_of
from local_aws.models.call import Call
from local_aws.models.parsers import values_of
from local_aws.models.refusals import Refusal
from local_aws.services import authorization, identities
from local_aws.services.permissions import Permission, Place, needed

# AmazonS3/latest/API/ErrorResponses.html and "Common Errors" of the others' references
CODES = {"ec2": "UnauthorizedOperation", "sns": "AuthorizationError"}
BY_PROTOCOL = {"query": "AccessDenied", "ec2": "AccessDenied", "rest-xml": "AccessDenied"}
OTHER = "AccessDeniedException"
# It answers the codes of its query protocol in all others; so does SQS
OF_QUERY = ("cloudwatch", "sqs")
FORBIDDEN = "403 Forbidden"
# how a service writes its actions: what its own messages show
WRITTEN = {"sns": lambda action: action.replace("sns:", "SNS:"), "sqs": str.lower}


def refusal_of(environ: dict[str, Any], call: Call | None) -> Refusal | None:
    """None for who may make it: an administrator all, nobody's requests are not looked at."""
    scope = scope_of(environ)
    account = get_account_id_from(scope.access_key) if scope else ""
    session = identities.session_of(account, scope.access_key) if scope else None
    if scope is None or session is None:
        return None
    if call is None:
        raise NotImplementedError(f"what IAM asks of a request of {session.arn} whose operation no model has")
    principal = identities.principal_of(account, scope.access_key, scope.region)
    function = identities.source_function(session)
    more = {"lambda:sourcefunctionarn": function} if function else {}
    place = Place(scope.region, account)
    for permission in needed(call.service, call.operation.name, values_of(call), place):
        decision = authorization.decision(principal, permission, place, **more)
        if not decision.allowed:
            return _refusal(call, principal.arn, permission, decision)
    return None


def _refusal(call: Call, arn: str, permission: Permission, decision: Decision) -> Refusal:
    """The message of IAM/latest/UserGuide/troubleshoot_access-denied.html."""
    write = WRITTEN.get(permission.action.partition(":")[0], str)
    resource = f'"{permission.resource}"' if permission.action.startswith("s3:") else permission.resource
    message = (f"User: {arn} is not authorized to perform: {write(permission.action)} on resource: {resource} "
               f"{decision.reason.replace(permission.action, write(permission.action))}")
    code = CODES.get(call.service) or ("AccessDenied" if call.service in OF_QUERY else BY_PROTOCOL.get(call.protocol, OTHER))
    print(f"DENIED: {call.service}: {call.operation.name}: {message}", file=sys.stderr, flush=True)
    if call.service == "ec2":
        message = f"You are not authorized to perform this operation. {message}"
    return Refusal(code, message) if call.protocol == "json" else Refusal(code, message, FORBIDDEN)
