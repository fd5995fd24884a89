"""Who a request is signed for: the credential scope of Signature Version 4, in the header or in a presigned query."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

SCOPE = re.compile(r"Credential=(?P<key>[^/&]*)/[^/&]*/(?P<region>[^/&]+)/(?P<service>[^/&]+)/")


@dataclass(frozen=True)
class Scope:
    region: str
    service: str
    access_key: str


def scope_of(environ: dict[str, Any]) -> Scope | None:
    """None for a request that nobody signed."""
    signed = SCOPE.search(environ.get("HTTP_AUTHORIZATION") or unquote(environ.get("QUERY_STRING", "")))
    return Scope(signed["region"], signed["service"], signed["key"]) if signed else None


def signed_service(environ: dict[str, Any]) -> str:
    scope = scope_of(environ)
    return scope.service if scope else "unsigned"


def signed_region(environ: dict[str, Any]) -> str:
    scope = scope_of(environ)
    return scope.region if scope else ""
