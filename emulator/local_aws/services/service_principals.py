"""Whether the policy of a resource lets a service of AWS in, which has no policy of its own."""
from __future__ import annotations

import fnmatch
from typing import Any, Callable


def lets_in(policy: dict[str, Any], service: str, action: str, context: dict[str, str]) -> bool:
    """IAM/latest/UserGuide/reference_policies_evaluation-logic.html; `context` has what the service tells with its call."""
    told = {key.lower(): value for key, value in context.items()}
    effects = {statement["Effect"] for statement in _list(policy["Statement"]) if _speaks_of(statement, service, action, told)}
    return effects == {"Allow"}


def _speaks_of(statement: dict[str, Any], service: str, action: str, told: dict[str, str]) -> bool:
    if "Principal" not in statement or "Action" not in statement:
        raise NotImplementedError(f"statement without Principal or Action: {statement}")
    principal = statement["Principal"]
    named = ["*"] if principal == "*" else _list(principal.get("Service", [])) + _list(principal.get("AWS", []))
    if service not in named and "*" not in named:
        return False
    # names of actions have no case
    if not any(fnmatch.fnmatchcase(action.lower(), pattern.lower()) for pattern in _list(statement["Action"])):
        return False
    return all(_holds(operator, told.get(key.lower()), _list(values))
               for operator, keys in statement.get("Condition", {}).items() for key, values in keys.items())


def _holds(operator: str, value: str | None, wanted: list[str]) -> bool:
    if operator == "Null":
        return str(value is None).lower() in (str(one).lower() for one in wanted)
    if operator not in OPERATORS:
        raise NotImplementedError(f"condition {operator}, known are Null, {', '.join(sorted(OPERATORS))}")
    return value is not None and any(OPERATORS[operator](value, str(one)) for one in wanted)


def _like(value: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(value, pattern)


OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda value, wanted: value == wanted,
    "StringLike": _like,
    "ArnEquals": _like,
    "ArnLike": _like,
    "Bool": lambda value, wanted: value.lower() == wanted.lower(),
}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
