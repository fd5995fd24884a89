"""Requests that get no answer: what they need is in a lost Region, belongs to a lost control plane, or lies beyond a partition."""
from __future__ import annotations

import sys
import threading
from collections import Counter
from typing import Any

from moto.s3.models import s3_backends

from local_aws.http.signing import Scope, scope_of
from local_aws.world import callers
from local_aws.world.faults import FAULTS, NoAnswer, Part

# whitepapers/latest/aws-fault-isolation-boundaries/global-services.html: one control plane for the partition. Clients that
# are given an endpoint sign for their own Region.
CONTROLLED_FROM = {"iam": "us-east-1", "route53": "us-east-1"}

_refused: Counter[str] = Counter()
_lock = threading.Lock()


def refused_requests() -> dict[str, int]:
    """How many requests each Region that is lost has not answered since it was."""
    return {region: _refused[region] for region in FAULTS.regions_without(Part.REGION)}


def _forget(region: str) -> None:
    with _lock:
        del _refused[region]


FAULTS.watch(Part.REGION, restored=_forget)


def check(environ: dict[str, Any]) -> None:
    """Raises NoAnswer for a request that needs what gives none."""
    if not FAULTS.exist():
        return
    scope = scope_of(environ)
    for region in _needed(environ, scope):
        if FAULTS.lost(Part.REGION, region):
            with _lock:
                _refused[region] += 1
            raise _no_answer("REGION LOST", region, environ)
        if scope is not None and FAULTS.lost(Part.CONTROL_PLANE, region):
            raise _no_answer("CONTROL PLANE", region, environ)
        if callers.cut_off(environ, region):
            raise _no_answer("PARTITION", region, environ)


def _no_answer(why: str, region: str, environ: dict[str, Any]) -> NoAnswer:
    print(f"{why}: {region}: no answer to {environ['REQUEST_METHOD']} {environ['PATH_INFO']}", file=sys.stderr, flush=True)
    return NoAnswer(region)


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
