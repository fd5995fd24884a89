"""Load balancers as their clients see them: whoever takes the emulator as HTTP proxy asks one, or a record of a zone, by its name.
elasticloadbalancing/latest/application/load-balancer-troubleshooting.html"""
from __future__ import annotations

import http.client
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID

from local_aws.services.dns import ALB_HOST, LONGEST_CHAIN, instances_behind, names_behind
from local_aws.services.patching import backend_of
from local_aws.traffic import applications, forwarding
from local_aws.traffic.forwarding import Answer, Request
from local_aws.world import callers
from local_aws.world.clock import CLOCK
from local_aws.world.faults import FAULTS, NoAnswer, Part

OK, BAD_GATEWAY, UNAVAILABLE, TIMEOUT = "200 OK", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"
EMULATOR_HOSTS = ("127.0.0.1", "localhost")
ANSWER_SECONDS = 10.0   # an idle timeout, 60 s by default on AWS: too long to wait in a drill


def answer(environ: dict[str, Any]) -> Answer | None:
    """What the balancer of that name answers, nothing when there is none; raises NoAnswer when its Region cannot be reached."""
    host = environ.get("HTTP_HOST", "").split(":")[0].lower()
    if host in EMULATOR_HOSTS:
        return None
    balancer = ALB_HOST.match(host) or _behind(host)
    if balancer is None:
        return None
    if callers.cut_off(environ, balancer["region"]):
        raise NoAnswer(balancer["region"])
    request = forwarding.request_of(environ)
    return ask(balancer["region"], balancer["name"], _forwarded(request, environ["REMOTE_ADDR"]))


def ask(region: str, name: str, request: Request, seconds: float = ANSWER_SECONDS) -> Answer:
    """What a balancer answers to a client that reaches it; raises NoAnswer when its Region is lost, or is lost meanwhile."""
    if FAULTS.lost(Part.REGION, region):
        raise NoAnswer(region)
    found = _ask(region, name, request, seconds)
    if FAULTS.lost(Part.REGION, region):
        raise NoAnswer(region)
    return found


def _ask(region: str, name: str, request: Request, seconds: float) -> Answer:
    if not instances_behind(DEFAULT_ACCOUNT_ID, region, name):
        return _own_answer(UNAVAILABLE)
    if not applications.configured():
        return _own_answer(OK)
    port = applications.port(region)
    if port is None:
        return _own_answer(UNAVAILABLE)
    if FAULTS.fails(region, request.header("user-agent")):
        return _own_answer(UNAVAILABLE)
    started = CLOCK.monotonic()
    try:
        found = forwarding.send(port, request, seconds)
    except TimeoutError:
        return _own_answer(TIMEOUT)
    except (OSError, http.client.HTTPException):
        return _own_answer(BAD_GATEWAY)
    CLOCK.sleep(started + FAULTS.answer_delay(region) - CLOCK.monotonic())
    return found


def _own_answer(status: str) -> Answer:
    return Answer(status, [("Content-Type", "text/plain")], status.encode())


def _forwarded(request: Request, client: str) -> Request:
    """elasticloadbalancing/latest/application/x-forwarded-headers.html"""
    added = {"X-Forwarded-For": ", ".join(filter(None, (request.header("x-forwarded-for"), client))),
            "X-Forwarded-Proto": "http", "X-Forwarded-Port": "80"}
    kept = [(name, value) for name, value in request.headers if name not in added]
    return Request(request.method, request.target, [*kept, *added.items()], request.body)


def _behind(host: str) -> Any:
    backend = backend_of("route53", DEFAULT_ACCOUNT_ID, "aws")
    for _ in range(LONGEST_CHAIN if backend.zones else 0):
        targets = names_behind(backend, host)
        if not targets:
            return None
        host = targets[0].rstrip(".").lower()
        if balancer := ALB_HOST.match(host):
            return balancer
    return None
