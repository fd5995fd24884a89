"""Load balancers as their clients see them: whoever takes the emulator as HTTP proxy asks one, or a record of a zone, by its name."""
from __future__ import annotations

from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID

from local_aws import outage
from local_aws.patching import backend_of
from local_aws.services.route53 import ALB_HOST, LONGEST_CHAIN, instances_behind, names_behind

GOOD, NOBODY = "200 OK", "503 Service Unavailable"   # elasticloadbalancing/latest/application/load-balancer-troubleshooting.html

OURSELVES = ("127.0.0.1", "localhost")


def status(environ: dict[str, Any]) -> str | None:
    """What the balancer of that name answers, nothing when there is none; raises Dark when its Region is out."""
    host = environ.get("HTTP_HOST", "").split(":")[0].lower()
    if host in OURSELVES:
        return None
    balancer = ALB_HOST.match(host) or _behind(host)
    if balancer is None:
        return None
    if outage.out(balancer["region"]):
        raise outage.Dark(balancer["region"])
    return GOOD if instances_behind(DEFAULT_ACCOUNT_ID, balancer["region"], balancer["name"]) else NOBODY


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
