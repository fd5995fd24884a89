"""Requests that get no answer, as from an endpoint that has gone dark: their Region is out, or its control plane, or cut off."""
from __future__ import annotations

import sys
import threading
from typing import Any

from moto.s3.models import s3_backends

from local_aws import faults, vantage
from local_aws.signing import Scope, scope_of

# whitepapers/latest/aws-fault-isolation-boundaries/global-services.html: one control plane for the partition. Clients that
# are given an endpoint sign for their own Region.
CONTROLLED_FROM = {"iam": "us-east-1", "route53": "us-east-1"}

_refused: dict[str, int] = {}
_lock = threading.Lock()
on_begin, on_restore = faults.DARK.begun, faults.DARK.over


class Dark(Exception):
    """A request that gets no answer."""


def begin(region: str) -> None:
    faults.begin(region, "region")


def end(region: str) -> None:
    if not out(region):
        raise ValueError(f"Region to restore must be out, got '{region}', out: {', '.join(faults.regions('region')) or 'none'}")
    faults.end(region, "region")


def _forget(region: str) -> None:
    with _lock:
        _refused.pop(region, None)


on_restore.append(_forget)


def out(region: str | None) -> bool:
    return faults.there(region, "region")


def status() -> dict[str, dict[str, int]]:
    return {region: {"refusedRequests": _refused.get(region, 0)} for region in faults.regions("region")}


def check(environ: dict[str, Any]) -> None:
    """Raises Dark for a request that needs what gives no answer."""
    if not faults.any_there():
        return
    scope = scope_of(environ)
    for region in _needed(environ, scope):
        if out(region):
            with _lock:
                _refused[region] = _refused.get(region, 0) + 1
            raise _dark("OUTAGE", region, environ)
        if scope is not None and faults.there(region, "control-plane"):
            raise _dark("CONTROL PLANE", region, environ)
        if vantage.cut_off(environ, region):
            raise _dark("PARTITION", region, environ)


def _dark(why: str, region: str, environ: dict[str, Any]) -> Dark:
    print(f"{why}: {region}: no answer to {environ['REQUEST_METHOD']} {environ['PATH_INFO']}", file=sys.stderr, flush=True)
    return Dark(region)


def _needed(environ: dict[str, Any], scope: Scope | None) -> list[str]:
    if scope is None:
        return _buckets_regions(environ)
    if scope.service == "s3":
        return [scope.region, *_buckets_regions(environ)]
    return [CONTROLLED_FROM.get(scope.service, scope.region)]


def _buckets_regions(environ: dict[str, Any]) -> list[str]:
    """Where the buckets live that a request to S3 names in its path, its host or as the source of a copy."""
    names = [part.lstrip("/").split("/")[0] for part in (environ["PATH_INFO"], environ.get("HTTP_X_AMZ_COPY_SOURCE", ""))]
    names.append(environ.get("HTTP_HOST", "").split(".")[0])
    owners = [(name, *s3_backends.bucket_accounts[name]) for name in names if name in s3_backends.bucket_accounts]
    return [s3_backends[account][partition].get_bucket(name).region_name for name, partition, account in owners]
