"""What the wildcards and the variables of policies match. IAM/latest/UserGuide/reference_policies_elements_resource.html"""
from __future__ import annotations

import functools
import re
from typing import Callable, Mapping, Union

Value = Union[str, "list[str]"]
Context = Mapping[str, Value]   # condition keys in lower case, and what the request says of them

SEGMENTS = 5   # colons of an ARN: whatever comes after the last is its resource
VARIABLE = re.compile(r"\$\{(?P<key>[^},]+?)(?:\s*,\s*'(?P<default>[^']*)')?\s*\}")


def matches(pattern: str, text: str, context: Context) -> bool:
    """`*` stands for any number of characters, `?` for one."""
    compiled = _compiled(pattern) if "$" not in pattern else _with_variables(pattern, context)
    return compiled is not None and compiled.fullmatch(text) is not None


def matches_arn(pattern: str, arn: str, context: Context) -> bool:
    """Wildcards stay within their segment, but for one that ends a pattern with fewer segments than ARNs have."""
    if pattern == "*":
        return True
    wanted, found = pattern.split(":", SEGMENTS), arn.split(":", SEGMENTS)
    if len(wanted) < len(found) and wanted[-1].endswith("*"):
        found = [*found[:len(wanted) - 1], ":".join(found[len(wanted) - 1:])]
    return len(wanted) == len(found) and all(matches(one, text, context) for one, text in zip(wanted, found))


def matches_action(pattern: str, action: str) -> bool:
    return _compiled(pattern.lower()).fullmatch(action.lower()) is not None


def substituted(text: str, context: Context) -> str | None:
    """With the values of its variables; None when one of them has none. IAM/latest/UserGuide/reference_policies_variables.html"""
    return _substitute(text, context, str, str) if "$" in text else text


@functools.lru_cache(maxsize=None)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_expression(pattern), re.DOTALL)


def _expression(pattern: str) -> str:
    return "".join({"*": ".*", "?": "."}.get(character) or re.escape(character) for character in pattern)


def _with_variables(pattern: str, context: Context) -> re.Pattern[str] | None:
    """What a variable stands for holds no wildcards."""
    expression = _substitute(pattern, context, re.escape, _expression)
    return None if expression is None else _of_expression(expression)


@functools.lru_cache(maxsize=4096)
def _of_expression(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.DOTALL)


def _substitute(text: str, context: Context, variable: Callable[[str], str], rest: Callable[[str], str]) -> str | None:
    parts, end = [], 0
    for found in VARIABLE.finditer(text):
        value = _value(found["key"], found["default"], context)
        if value is None:
            return None
        parts += [rest(text[end:found.start()]), variable(value)]
        end = found.end()
    return "".join([*parts, rest(text[end:])])


def _value(key: str, default: str | None, context: Context) -> str | None:
    if key in ("*", "?", "$"):
        return key
    value = context.get(key.lower())
    return value if isinstance(value, str) else default
