"""Requests and answers held against AWS's models. What a request may not be is said in the log too: Terraform shows its last error only."""
from __future__ import annotations

import sys
from typing import Any

from local_aws.http.signing import scope_of
from local_aws.models import answers, refusals
from local_aws.models.call import Call, Sent, call_of
from local_aws.models.refusals import Refusal

_told: set[tuple[str, str, str]] = set()


def call_in(environ: dict[str, Any]) -> Call | None:
    """None for a request that nobody signed: an object's reader says no parameters."""
    scope = scope_of(environ)
    return call_of(scope.service, Sent.of(environ)) if scope else None


def refusal_of(call: Call) -> Refusal | None:
    """None for a request that AWS would take."""
    refusal = refusals.refusal_of(call)
    if refusal:
        print(f"REFUSED: {call.service}: {call.operation.name}: {refusal.code}: {' '.join(refusal.message.split())}", file=sys.stderr, flush=True)
    return refusal


def tell_misfits(call: Call, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
    """Each kind once."""
    for misfit in answers.misfits(call, int(status.split()[0]), headers, body):
        kind = call.service, call.operation.name, misfit.path
        if kind not in _told:
            _told.add(kind)
            print(f"MISFIT: {call.service}: {call.operation.name}: {' '.join(misfit.problem.split())}", file=sys.stderr, flush=True)
