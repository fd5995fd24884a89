"""Smithy RPC v2 with CBOR, which newer SDKs speak to CloudWatch and moto does not: translated to AWS JSON and back.
https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html"""
from __future__ import annotations

import datetime
import io
import json
import re
import struct
from typing import Any

from botocore.parsers import RpcV2CBORParser

PATH = re.compile(r"/service/(?P<service>\w+)/operation/(?P<operation>\w+)")
_PARSER = RpcV2CBORParser()


def is_rpc(environ: dict[str, Any]) -> bool:
    return environ.get("HTTP_SMITHY_PROTOCOL") == "rpc-v2-cbor"


def as_json(environ: dict[str, Any]) -> dict[str, Any]:
    """The same call in AWS JSON; as it is when its path is no operation."""
    named = PATH.fullmatch(environ["PATH_INFO"])
    if named is None:
        return environ
    sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    values = _PARSER.parse_data_item(_PARSER.get_peekable_stream_from_bytes(sent)) if sent else {}
    body = json.dumps(values, default=_plain).encode()
    return {**environ, "PATH_INFO": "/", "RAW_URI": "/", "REQUEST_URI": "/", "CONTENT_TYPE": "application/x-amz-json-1.0",
            "CONTENT_LENGTH": str(len(body)), "HTTP_X_AMZ_TARGET": f"{named['service']}.{named['operation']}",
            "wsgi.input": io.BytesIO(body)}


def as_cbor(headers: list[tuple[str, str]], body: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """A moment comes out as a plain number: no caller here asks for one."""
    encoded = encode(json.loads(body) if body else {})
    kept = [(name, value) for name, value in headers if name.lower() not in ("content-type", "content-length")]
    return [*kept, ("Content-Type", "application/cbor"), ("Content-Length", str(len(encoded))),
            ("smithy-protocol", "rpc-v2-cbor")], encoded


def encode(value: Any) -> bytes:
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, str):
        raw = value.encode()
        return _head(3, len(raw)) + raw
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(encode(item) for item in value)
    return _head(5, len(value)) + b"".join(encode(key) + encode(item) for key, item in value.items())


def _head(major: int, argument: int) -> bytes:
    return bytes([major << 5 | 27]) + struct.pack(">Q", argument)


def _plain(value: Any) -> float:
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    raise TypeError(f"cannot be JSON: {value!r}")
