"""The HTTP side: who is meant by a request, and a quick 400 for whatever is not implemented."""
from __future__ import annotations

import json
import sys
import traceback
from typing import Any, Callable, Iterable
from xml.sax.saxutils import escape

from moto.core.utils import get_service_model
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from local_aws.http import reachability, rpc
from local_aws.http.emulator_api import PREFIX, EmulatorApi
from local_aws.http.signing import scope_of
from local_aws.services.gaps import Gap
from local_aws.traffic import load_balancers

CODE = "NotImplementedByEmulator"
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def application(instance: str) -> Wsgi:
    moto = DomainDispatcherApplication(create_backend_app)
    emulator = EmulatorApi(instance)

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith(PREFIX):
            status, value = emulator.answer(environ["REQUEST_METHOD"], path.removeprefix(PREFIX))
            start_response(status, [("Content-Type", "application/json")])
            return [json.dumps(value).encode()]
        if found := load_balancers.answer(environ):
            start_response(found.status, found.headers)
            return [found.body]
        reachability.check(environ)
        answer: list[Any] = []
        try:
            call = rpc.as_json(environ) if rpc.is_rpc(environ) else environ
            body = b"".join(moto(call, lambda status, headers, exc_info=None: answer.extend((status, headers))))
        except Exception as error:   # an SDK repeats a 500 up to 25 times: answer 400 at once
            if not isinstance(error, (Gap, NotImplementedError)):
                traceback.print_exc()
            return _gap(environ, start_response, f"{type(error).__name__}: {error}")
        status, headers = answer
        if _unknown(status, body):
            return _gap(environ, start_response, f"moto answered {status} {body[:300].decode(errors='replace')!r}")
        if rpc.is_rpc(environ):
            headers, body = rpc.as_cbor(headers, body)
        start_response(status, headers)
        return [body]

    return serve


def _unknown(status: str, body: bytes) -> bool:
    code = int(status.split()[0])
    if code >= 500:
        return True
    if code == 405:
        return b"<Code>" not in body     # S3 has a genuine MethodNotAllowed
    # what the router says when no path of the service matches, or a path without a handler
    return code == 404 and (b"The requested URL was not found on the server" in body or body == b"Not yet implemented")


def _gap(environ: dict[str, Any], start_response: Callable[..., Any], reason: str) -> list[bytes]:
    service = _signed_service(environ)
    action = environ.get("HTTP_X_AMZ_TARGET") or f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
    message = f"{service}: {action}: {reason}"
    print("EMULATOR GAP: " + " ".join(message.split()), file=sys.stderr, flush=True)
    content_type, body = _error_body(service, environ, message)
    start_response("400 Bad Request", [("Content-Type", content_type), ("x-amzn-ErrorType", CODE)])
    return [body]


def _signed_service(environ: dict[str, Any]) -> str:
    scope = scope_of(environ)
    return scope.service if scope else "unsigned"


# signing names that differ from botocore's folder names
MODELS = {"monitoring": "cloudwatch", "elasticloadbalancing": "elbv2", "unsigned": "s3"}


def _error_body(service: str, environ: dict[str, Any], message: str) -> tuple[str, bytes]:
    """The error in the form that the caller's SDK parses; one it cannot parse would be retried."""
    if rpc.is_rpc(environ):
        return "application/cbor", rpc.encode({"__type": CODE, "message": message[:1000]})
    protocol = "json"
    if "HTTP_X_AMZ_TARGET" not in environ:
        try:
            protocol = get_service_model(MODELS.get(service, service)).metadata["protocol"]
        except Exception:
            protocol = "rest-json"
    text = f"<Code>{CODE}</Code><Message>{escape(message)}</Message>"
    if service == "s3":
        return "application/xml", f"<Error>{text}<RequestId>local</RequestId></Error>".encode()
    if protocol == "ec2":
        return "text/xml", f"<Response><Errors><Error>{text}</Error></Errors><RequestID>local</RequestID></Response>".encode()
    if protocol in ("query", "rest-xml"):
        return "text/xml", f"<ErrorResponse><Error><Type>Sender</Type>{text}</Error><RequestId>local</RequestId></ErrorResponse>".encode()
    return "application/x-amz-json-1.1", json.dumps({"__type": CODE, "message": message}).encode()
