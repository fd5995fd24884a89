"""The HTTP side: who is meant by a request, and a quick 400 for whatever is not implemented."""
from __future__ import annotations

import functools
import json
import sys
import traceback
from typing import Any, Callable, Iterable

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from local_aws import settings
from local_aws.http import authorization, checks, compression, errors, reachability, rpc
from local_aws.http.emulator_api import PREFIX, EmulatorApi
from local_aws.http.signing import signed_region, signed_service
from local_aws.http.throttling import Throttle
from local_aws.models.refusals import Refusal
from local_aws.services.gaps import Gap
from local_aws.traffic import load_balancers
from local_aws.world.clock import CLOCK

CODE = "NotImplementedByEmulator"
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Dispatcher(DomainDispatcherApplication):
    """moto looks through its own folders and some two hundred patterns for the service of each request: half of what a short one costs."""

    def __init__(self) -> None:
        super().__init__(create_backend_app)
        self.get_backend_for_host = functools.cache(super().get_backend_for_host)   # type: ignore[method-assign]


def application(instance: str) -> Wsgi:
    moto = Dispatcher()
    emulator = EmulatorApi(instance)
    throttle = Throttle(CLOCK.monotonic) if settings.THROTTLE else None

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
        environ = compression.plain(environ)
        answer: list[Any] = []
        try:
            call = checks.call_in(environ)
            if call and throttle and (refusal := throttle.refusal_of(call, signed_region(environ))):
                return _refuse(environ, start_response, refusal)
            if refusal := (checks.refusal_of(call) if call else None) or authorization.refusal_of(environ, call):
                return _refuse(environ, start_response, refusal)
            spoken = rpc.as_json(environ) if rpc.is_rpc(environ) else environ
            body = b"".join(moto(spoken, lambda status, headers, exc_info=None: answer.extend((status, headers))))
        except Exception as error:   # an SDK repeats a 500 up to 25 times: answer 400 at once
            if not isinstance(error, (Gap, NotImplementedError)):
                traceback.print_exc()
            return _gap(environ, start_response, f"{type(error).__name__}: {error}")
        status, headers = answer
        if _unknown(status, body):
            return _gap(environ, start_response, f"moto answered {status} {body[:300].decode(errors='replace')!r}")
        if rpc.is_rpc(environ):
            headers, body = rpc.as_cbor(headers, body)
        if call and settings.CHECK_ANSWERS:
            checks.tell_misfits(call, status, headers, body)
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
    service = signed_service(environ)
    action = environ.get("HTTP_X_AMZ_TARGET") or f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
    message = f"{service}: {action}: {reason}"
    print("EMULATOR GAP: " + " ".join(message.split()), file=sys.stderr, flush=True)
    return _refuse(environ, start_response, Refusal(CODE, message))   # an SDK repeats a 500 up to 25 times


def _refuse(environ: dict[str, Any], start_response: Callable[..., Any], refusal: Refusal) -> list[bytes]:
    headers, body = errors.error(signed_service(environ), environ, refusal.code, refusal.message)
    start_response(refusal.status, headers)
    return [body]
