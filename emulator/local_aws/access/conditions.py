"""Conditions of statements. IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
from __future__ import annotations

import base64
import ipaddress
import operator
from datetime import datetime, timezone
from typing import Any, Callable, Mapping

from local_aws.access.patterns import Context, matches, matches_arn, substituted

Test = Callable[[str, str, Context], bool]   # of a policy's value and a request's


class UnknownOperator(NotImplementedError):
    """A policy that AWS would not take."""


def hold(conditions: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    return all(_holds(name, key.lower(), _listed(values), context) for name, keys in conditions.items() for key, values in keys.items())


def _listed(values: Any) -> list[str]:
    return [_text(value) for value in (values if isinstance(values, list) else [values])]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _holds(name: str, key: str, values: list[str], context: Context) -> bool:
    quantifier, _, plain = name.rpartition(":")
    base = plain.removesuffix("IfExists")
    found = context.get(key)
    sent = None if found is None else _listed(found)
    if base == "Null":
        return any((value.lower() == "true") == (sent is None) for value in values)
    if base not in OPERATORS or quantifier not in ("", "ForAllValues", "ForAnyValue"):
        raise UnknownOperator(f"condition operator '{name}'")
    negated, test = OPERATORS[base]
    if not sent:
        # a condition that wants none of some values holds for none at all
        return plain != base or (negated if not quantifier else quantifier == "ForAllValues")
    each = [any(_tested(test, value, one, context) for value in values) != negated for one in sent]
    return any(each) if quantifier == "ForAnyValue" else all(each)


def _tested(test: Test, value: str, sent: str, context: Context) -> bool:
    try:
        return test(value, sent, context)
    except ValueError:   # no number, no moment, no address
        return False


def _equals(fold: Callable[[str], str]) -> Test:
    def test(value: str, sent: str, context: Context) -> bool:
        wanted = substituted(value, context)
        return wanted is not None and fold(wanted) == fold(sent)
    return test


def _compared(read: Callable[[str], Any], compare: Callable[[Any, Any], bool]) -> Test:
    return lambda value, sent, context: compare(read(sent), read(value))


def _moment(text: str) -> datetime:
    if text.replace(".", "", 1).isdigit():
        return datetime.fromtimestamp(float(text), timezone.utc)
    read = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return read if read.tzinfo else read.replace(tzinfo=timezone.utc)


def _inside(value: str, sent: str, context: Context) -> bool:
    return ipaddress.ip_address(sent) in ipaddress.ip_network(value, strict=False)


def _same(text: str) -> str:
    return text


# By name: whether it is true of what the test is false of, and the test
OPERATORS: dict[str, tuple[bool, Test]] = {
    "Bool": (False, _equals(str.lower)),
    "BinaryEquals": (False, _compared(base64.b64decode, operator.eq)),
    "IpAddress": (False, _inside), "NotIpAddress": (True, _inside),
    "StringEquals": (False, _equals(_same)), "StringNotEquals": (True, _equals(_same)),
    "StringEqualsIgnoreCase": (False, _equals(str.lower)), "StringNotEqualsIgnoreCase": (True, _equals(str.lower)),
    "StringLike": (False, matches), "StringNotLike": (True, matches),
    # two names of one operator each
    "ArnEquals": (False, matches_arn), "ArnLike": (False, matches_arn), "ArnNotEquals": (True, matches_arn), "ArnNotLike": (True, matches_arn),
}
for _kind, _read in {"Numeric": float, "Date": _moment}.items():
    OPERATORS.update({
        f"{_kind}Equals": (False, _compared(_read, operator.eq)), f"{_kind}NotEquals": (True, _compared(_read, operator.eq)),
        f"{_kind}LessThan": (False, _compared(_read, operator.lt)), f"{_kind}LessThanEquals": (False, _compared(_read, operator.le)),
        f"{_kind}GreaterThan": (False, _compared(_read, operator.gt)), f"{_kind}GreaterThanEquals": (False, _compared(_read, operator.ge))})
