"""Regions that are out: a request that needs one gets no answer, as from an endpoint that has gone dark."""
from __future__ import annotations

import sys
import threading
from typing import Any, Callable

import boto3
from moto.s3.models import s3_backends

from local_aws.signing import scope_of

# whitepapers/latest/aws-fault-isolation-boundaries/global-services.html: one control plane for the partition. Clients that
# are given an endpoint sign for their own Region.
CONTROLLED_FROM = {"iam": "us-east-1", "route53": "us-east-1"}

_refused: dict[str, int] = {}
_lock = threading.Lock()
on_begin: list[Callable[[str], None]] = []
on_restore: list[Callable[[str], None]] = []


class Dark(Exception):
    """A request that gets no answer."""


def begin(region: str) -> None:
    known = boto3.session.Session().get_available_regions("s3")
    if region not in known:
        raise ValueError(f"Region must be one of {', '.join(sorted(known))}, got '{region}'")
    with _lock:
        _refused.setdefault(region, 0)
    for follow_up in on_begin:
        follow_up(region)


def end(region: str) -> None:
    with _lock:
        if region not in _refused:
            raise ValueError(f"Region to restore must be out, got '{region}', out: {', '.join(sorted(_refused)) or 'none'}")
        del _refused[region]
    for follow_up in on_restore:
        follow_up(region)


def out(region: str | None) -> bool:
    return region in _refused


def status() -> dict[str, dict[str, int]]:
    with _lock:
        return {region: {"refusedRequests": count} for region, count in sorted(_refused.items())}


def check(environ: dict[str, Any]) -> None:
    """Raises Dark for a request that needs a Region that is out."""
    if not _refused:
        return
    for region in _needed(environ):
        with _lock:
            if region not in _refused:
                continue
            _refused[region] += 1
        print(f"OUTAGE: {region}: no answer to {environ['REQUEST_METHOD']} {environ['PATH_INFO']}", file=sys.stderr, flush=True)
        raise Dark(region)


def _needed(environ: dict[str, Any]) -> list[str]:
    scope = scope_of(environ)
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
