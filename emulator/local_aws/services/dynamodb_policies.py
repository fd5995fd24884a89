"""What a table's own policy denies. What it allows changes nothing here, where everybody may do everything else."""
from __future__ import annotations

import fnmatch
import json
from typing import Any, Iterator

from moto.core.exceptions import JsonRESTError
from moto.sts.models import sts_backends

KNOWN_CONDITIONS = ("ArnNotLike", "ArnNotEquals")


def principal_arn(account: str, access_key: str, region: str) -> str:
    """Roles are their role, whatever the session; unknown keys are one user."""
    backend = sts_backends[account]["aws"]
    role = backend.get_assumed_role_from_access_key(access_key)
    if role:
        return str(role.role_arn)
    return backend.get_caller_identity(access_key, region)[1].replace(":sts:", ":iam:")


def check(handler: Any, action: str, parameters: dict[str, Any]) -> None:
    """Raises AccessDeniedException when the policy of a table that the call touches denies it."""
    backend = handler.dynamodb_backend
    if not backend.resource_policies:
        return
    principal = principal_arn(handler.current_account, handler.get_access_key(), handler.region)
    for touched, table in _touched(action, parameters):
        found = backend.tables.get(table.rpartition("/")[2])
        policy = found and backend.resource_policies.get(found.table_arn)
        if policy and any(_denies(statement, touched, principal) for statement in json.loads(policy.policy_doc)["Statement"]):
            raise JsonRESTError("AccessDeniedException",
                                f"User: {principal} is not authorized to perform: dynamodb:{touched} on resource: {found.table_arn} "
                                f"with an explicit deny in a resource-based policy")


def _touched(action: str, parameters: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "TableName" in parameters:
        yield action, parameters["TableName"]
    for table in parameters.get("RequestItems") or {}:
        yield action, table
    for item in parameters.get("TransactItems") or []:
        (kind, operation), = item.items()
        yield "ConditionCheckItem" if kind == "ConditionCheck" else f"{kind}Item", operation["TableName"]


def _denies(statement: dict[str, Any], action: str, principal: str) -> bool:
    if statement["Effect"] != "Deny" or not any(fnmatch.fnmatchcase(f"dynamodb:{action}", a) for a in _list(statement["Action"])):
        return False
    named = statement["Principal"]
    if named not in ("*", {"AWS": "*"}) and principal not in _list(named["AWS"]):
        return False
    for operator, keys in statement.get("Condition", {}).items():
        if operator not in KNOWN_CONDITIONS or list(keys) != ["aws:PrincipalArn"]:
            raise NotImplementedError(f"condition {operator} {keys} of a table's policy")
        if any(fnmatch.fnmatchcase(principal, pattern) for pattern in _list(keys["aws:PrincipalArn"])):
            return False
    return True


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
