"""Load balancers as their clients see them: whoever takes the emulator as HTTP proxy asks one, or a record of a zone, by its name.
elasticloadbalancing/latest/application/load-balancer-troubleshooting.html"""
from __future__ import annotations

import http.client
import itertools
import time
from collections import defaultdict
from typing import Any, Iterator

from moto.core import DEFAULT_ACCOUNT_ID

from local_aws import applications, faults, forwarding, outage, vantage
from local_aws.forwarding import Answer, Request
from local_aws.patching import backend_of
from local_aws.dns import ALB_HOST, LONGEST_CHAIN, instances_behind, names_behind

GOOD, BAD_GATEWAY, NOBODY, TIMEOUT = "200 OK", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"
OURSELVES = ("127.0.0.1", "localhost")
ANSWER_SECONDS = 10.0   # an idle timeout, 60 s unless told otherwise on AWS: nobody who drills wants to wait that long
SLOW_SECONDS = 3.0

# every client of a Region has its own count, lest those beside it decide which of its requests fail
_gray: dict[tuple[str, str], Iterator[int]] = defaultdict(itertools.count)


def answer(environ: dict[str, Any]) -> Answer | None:
    """What the balancer of that name answers, nothing when there is none; raises Dark when its Region cannot be reached."""
    host = environ.get("HTTP_HOST", "").split(":")[0].lower()
    if host in OURSELVES:
        return None
    balancer = ALB_HOST.match(host) or _behind(host)
    if balancer is None:
        return None
    if vantage.cut_off(environ, balancer["region"]):
        raise outage.Dark(balancer["region"])
    request = forwarding.request_of(environ)
    return ask(balancer["region"], balancer["name"], _forwarded(request, environ["REMOTE_ADDR"]))


def ask(region: str, name: str, request: Request, seconds: float = ANSWER_SECONDS) -> Answer:
    """What a balancer answers to whoever reaches it; raises Dark when its Region is out, or goes out meanwhile."""
    if outage.out(region):
        raise outage.Dark(region)
    found = _ask(region, name, request, seconds)
    if outage.out(region):
        raise outage.Dark(region)
    return found


def _ask(region: str, name: str, request: Request, seconds: float) -> Answer:
    if not instances_behind(DEFAULT_ACCOUNT_ID, region, name):
        return _own(NOBODY)
    if not applications.configured():
        return _own(GOOD)
    port = applications.port(region)
    if port is None:
        return _own(NOBODY)
    if faults.there(region, "gray") and next(_gray[region, request.header("user-agent")]) * 3 % 10 < 3:
        return _own(NOBODY)   # 3 of 10, spread evenly
    started = time.monotonic()
    try:
        found = forwarding.send(port, request, seconds)
    except TimeoutError:
        return _own(TIMEOUT)
    except (OSError, http.client.HTTPException):
        return _own(BAD_GATEWAY)
    if faults.there(region, "slow"):
        time.sleep(max(0.0, started + SLOW_SECONDS - time.monotonic()))
    return found


def _own(status: str) -> Answer:
    return Answer(status, [("Content-Type", "text/plain")], status.encode())


def _forwarded(request: Request, client: str) -> Request:
    """elasticloadbalancing/latest/application/x-forwarded-headers.html"""
    told = {"X-Forwarded-For": ", ".join(filter(None, (request.header("x-forwarded-for"), client))),
            "X-Forwarded-Proto": "http", "X-Forwarded-Port": "80"}
    kept = [(name, value) for name, value in request.headers if name not in told]
    return Request(request.method, request.target, [*kept, *told.items()], request.body)


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
