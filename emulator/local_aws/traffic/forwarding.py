"""One HTTP request to a process on this machine."""
from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

Headers = list[tuple[str, str]]

# RFC 9110, 7.6.1: of one connection only; and those by which a client speaks to its proxy
HOP_BY_HOP = frozenset(("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
                        "transfer-encoding", "upgrade"))


@dataclass(frozen=True)
class Request:
    method: str
    target: str   # path and query, as they were sent
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        return next((value for one, value in self.headers if one.lower() == name), "")


@dataclass(frozen=True)
class Answer:
    status: str
    headers: Headers
    body: bytes

    @property
    def code(self) -> int:
        return int(self.status.split()[0])


def request_of(environ: dict[str, Any]) -> Request:
    """What a client sent, to a server or to a proxy."""
    sent = urlsplit(environ["REQUEST_URI"])
    headers = [(name.removeprefix("HTTP_").replace("_", "-").title(), str(value))
               for name, value in environ.items() if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH") and value]
    return Request(environ["REQUEST_METHOD"], (sent.path or "/") + (f"?{sent.query}" if sent.query else ""), headers,
                   environ["wsgi.input"].read())


def send(port: int, request: Request, seconds: float) -> Answer:
    """OSError or HTTPException when there is no answer, of these TimeoutError when none came in time."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
        for name, value in _passing(request.headers):
            connection.putheader(name, value)
        connection.endheaders(request.body)
        found = connection.getresponse()
        body = found.read()
        return Answer(f"{found.status} {found.reason}", _passing(found.getheaders()), body)
    finally:
        connection.close()


def _passing(headers: Headers) -> Headers:
    named = {name.strip().lower() for one, value in headers if one.lower() == "connection" for name in value.split(",")}
    return [(name, value) for name, value in headers if name.lower() not in HOP_BY_HOP | named]
