"""Which operation of a REST service a method, a path and a query name."""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any, Iterator, Mapping
from urllib.parse import parse_qsl

from moto.core.model import OperationModel, ServiceModel


@dataclass(frozen=True)
class Route:
    operation: OperationModel
    path: re.Pattern[str]
    literals: dict[str, str]   # parts of the query that belong to the address, such as S3's "?versioning"
    required: frozenset[tuple[str, str]]   # location and name of members that the address does not hold

    def fits(self, path: str, query: Mapping[str, str]) -> bool:
        return self.path.fullmatch(path) is not None and all(name in query and value in ("", query[name]) for name, value in self.literals.items())

    def rank(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, int, int]:
        """The one that fits most closely: literals, required members that were sent, a path with little left open."""
        sent = sum(name in (query if location == "querystring" else headers) for location, name in self.required)
        return len(self.literals), 2 * sent - len(self.required), -len(self.path.groupindex)


def route_of(service: ServiceModel, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Route | None:
    fitting = [route for route in _routes(service).get(method, ()) if route.fits(path, query)]
    return max(fitting, key=lambda route: route.rank(path, query, headers), default=None)


@functools.cache
def _routes(service: ServiceModel) -> dict[str, list[Route]]:
    found: dict[str, list[Route]] = {}
    for name in service.operation_names:
        operation = service.operation_model(name)
        if not operation.deprecated:   # S3 has a younger operation at the same address
            found.setdefault(operation.http["method"], []).append(_route(operation))
    return found


def _route(operation: OperationModel) -> Route:
    path, _, query = operation.http["requestUri"].partition("?")
    literals = {name: value for name, value in parse_qsl(query, keep_blank_values=True) if name != "x-id"}
    return Route(operation, re.compile(_pattern(path)), literals, frozenset(_required(operation)))


def _pattern(path: str) -> str:
    """SDKs differ in whether they send a slash at the end."""
    parts = re.split(r"(\{[^}]+\})", path.rstrip("/"))
    return "".join(_part(part) for part in parts) + "/?"


def _part(part: str) -> str:
    if not part.startswith("{"):
        return re.escape(part)
    name = part.strip("{}+").replace("-", "__")
    return f"(?P<{name}>.+)" if part.endswith("+}") else f"(?P<{name}>[^/]+)"


def _required(operation: OperationModel) -> Iterator[tuple[str, str]]:
    shape: Any = operation.input_shape
    for member in shape.required_members if shape else ():
        told = shape.members[member].serialization
        if told.get("location") in ("querystring", "header"):
            yield told["location"], told["name"].lower() if told["location"] == "header" else told["name"]
