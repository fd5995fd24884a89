"""What is broken, by Region and kind, and who is told when it breaks and when it is whole again."""
from __future__ import annotations

import functools
import sys
import threading
import traceback
from typing import Callable

import boto3

from local_aws import settings

# README.md says what each does. Those of WITHOUT_DATA_PLANE need nothing that moves.
KINDS = ("region", "control-plane", "fleet", "database", "partition", "gray", "slow", "checkers", "lag")
WITHOUT_DATA_PLANE = ("region", "control-plane")
BETWEEN_REGIONS = ("partition", "lag")   # one fault, whichever Region names it

_broken: dict[str, list[str]] = {kind: [] for kind in KINDS}
_changing = threading.RLock()


class Effect:
    """What follows from any of some kinds. Whoever makes it happen adds functions that take the Region: `begun` are called
    when the first of the kinds comes, `over` when the last is gone."""

    def __init__(self, *causes: str) -> None:
        self.causes = causes
        self.begun: list[Callable[[str], None]] = []
        self.over: list[Callable[[str], None]] = []

    def holds(self, region: str) -> bool:
        return any(there(region, kind) for kind in self.causes)


DARK = Effect("region")
NO_FLEET = Effect("region", "fleet")
NO_DATABASE = Effect("database")   # databases of a Region that is out know
PARTITION = Effect("partition")
LAG = Effect("lag")
EFFECTS = (DARK, NO_FLEET, NO_DATABASE, PARTITION, LAG)


def there(region: str | None, kind: str) -> bool:
    return bool(_broken[kind]) if kind in BETWEEN_REGIONS else region in _broken[kind]


def any_there() -> bool:
    return any(_broken.values())


def regions(kind: str) -> list[str]:
    """Where it is, under the name by which it was asked for."""
    return sorted(_broken[kind])


def status() -> dict[str, list[str]]:
    """Kinds by Region."""
    return {region: [kind for kind in KINDS if region in _broken[kind]] for region in sorted(set(sum(_broken.values(), [])))}


def begin(region: str, kind: str) -> None:
    """ValueError for what cannot break; no change where it is broken already."""
    _require(region, kind)
    with _changing:
        if there(region, kind):
            return
        before = {effect for effect in EFFECTS if effect.holds(region)}
        _broken[kind].append(region)
        for effect in EFFECTS:
            if effect.holds(region) and effect not in before:
                _tell(effect.begun, region)


def end(region: str, kind: str) -> None:
    """ValueError when there is no such fault."""
    _require(region, kind)
    with _changing:
        if not there(region, kind):
            found = ", ".join(f"{one} {each}" for one, kinds in status().items() for each in kinds)
            raise ValueError(f"fault to repair must be there, got '{region} {kind}', there: {found or 'none'}")
        before = {effect for effect in EFFECTS if effect.holds(region)}
        if kind in BETWEEN_REGIONS:
            _broken[kind].clear()
        else:
            _broken[kind].remove(region)
        for effect in EFFECTS:
            if effect in before and not effect.holds(region):
                _tell(effect.over, region)


@functools.cache
def _regions() -> list[str]:
    return sorted(boto3.session.Session().get_available_regions("s3"))


def _require(region: str, kind: str) -> None:
    if region not in _regions():
        raise ValueError(f"Region must be one of {', '.join(_regions())}, got '{region}'")
    if kind not in KINDS:
        raise ValueError(f"kind of fault must be one of {', '.join(KINDS)}, got '{kind}'")
    if kind not in WITHOUT_DATA_PLANE and not settings.ON:
        raise ValueError(f"fault {kind} needs an emulator started with LOCAL_AWS_DATA_PLANE=on; "
                         f"without it the kind must be one of {', '.join(WITHOUT_DATA_PLANE)}")


def _tell(listeners: list[Callable[[str], None]], region: str) -> None:
    for listener in listeners:
        try:
            listener(region)
        except Exception:   # the others still have to know
            traceback.print_exc(file=sys.stderr)
