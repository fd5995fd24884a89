"""Faults of Regions: one class for each kind. Code that is affected asks FAULTS what is lost or late, or watches a part of Regions."""
from __future__ import annotations

import itertools
import sys
import threading
import traceback
from collections import defaultdict
from enum import Enum, auto
from typing import Callable, ClassVar, Iterator, Sequence

from local_aws import settings

Listener = Callable[[str], None]


class NoAnswer(Exception):
    """A request whose connection is closed without an answer."""


class Part(Enum):
    """What a fault can take from a Region."""

    REGION = auto()          # every endpoint in it answers
    CONTROL_PLANE = auto()   # its APIs answer
    FLEET = auto()           # instances stand behind its load balancers
    DATABASES = auto()       # its database servers run
    LINK = auto()            # Regions in which something runs reach each other
    OUTSIDE = auto()         # it reaches every other Region, and they reach it
    CHECKERS = auto()        # Route 53's checkers see its load balancers as they are


class Fault:
    """One kind of fault, in all Regions that have it. It affects nothing but what its class says."""

    kind: ClassVar[str]
    effect: ClassVar[str]   # as README.md and the launcher's usage tell it
    parts: ClassVar[frozenset[Part]] = frozenset()
    needs_data_plane: ClassVar[bool] = True
    between_regions: ClassVar[bool] = False   # one fault, whichever Region names it

    answer_delay_seconds: ClassVar[float] = 0
    replication_delay_seconds: ClassVar[float] = 0

    def __init__(self) -> None:
        self.regions: set[str] = set()   # by the names that it was asked for

    def begin(self, region: str) -> None:
        self.regions.add(region)

    def end(self, region: str) -> None:
        if self.between_regions:
            self.regions.clear()
        else:
            self.regions.discard(region)

    def holds(self, region: str | None) -> bool:
        return bool(self.regions) if self.between_regions else region in self.regions

    def fails(self, region: str, client: str) -> bool:
        """Whether the Region's load balancers answer this client's next request with an error."""
        return False


class RegionLost(Fault):
    kind = "region-lost"
    effect = ("no endpoint of it answers: its APIs, databases, application, functions and schedules are gone; "
              "us-east-1 takes the APIs of IAM and Route 53 with it")
    parts = frozenset((Part.REGION, Part.FLEET, Part.DATABASES))
    needs_data_plane = False


class ControlPlaneLost(Fault):
    kind = "control-plane"
    effect = ("its signed calls get no answer, in us-east-1 those of IAM and Route 53 too; "
              "databases, the application and unsigned readers of buckets go on")
    parts = frozenset((Part.CONTROL_PLANE,))
    needs_data_plane = False


class FleetLost(Fault):
    kind = "fleet"
    effect = "its application is gone, its load balancers answer 503, its targets are unhealthy"
    parts = frozenset((Part.FLEET,))


class DatabasesLost(Fault):
    kind = "database"
    effect = "its databases are gone"
    parts = frozenset((Part.DATABASES,))


class Partition(Fault):
    kind = "partition"
    effect = ("functions and the application of a Region get no answer from APIs and load balancers of the other, nothing is "
              "replicated between databases; customers, health checks, objects and items notice nothing, and both reach a third "
              "Region in which nothing runs. One fault, whichever Region is named")
    parts = frozenset((Part.LINK,))
    between_regions = True


class Isolation(Fault):
    kind = "isolation"
    effect = ("as `partition`, but between it and every other Region: what runs in it reaches nothing but its own, and nothing that "
              "runs elsewhere reaches it")
    parts = frozenset((Part.OUTSIDE,))


class GrayFailure(Fault):
    kind = "gray"
    effect = "3 of 10 requests of each client (by its `User-Agent`) get 503, never two in a row"

    def __init__(self) -> None:
        super().__init__()
        # every client has its own count, lest those beside it decide which of its requests fail
        self._requests: dict[tuple[str, str], Iterator[int]] = defaultdict(itertools.count)

    def fails(self, region: str, client: str) -> bool:
        return next(self._requests[region, client]) * 3 % 10 < 3   # spread evenly

    def end(self, region: str) -> None:
        super().end(region)
        for key in [key for key in self._requests if key[0] == region]:
            del self._requests[key]


class SlowAnswers(Fault):
    kind = "slow"
    answer_delay_seconds = 3.0
    effect = f"answers of the application come after {answer_delay_seconds:g} s, which is too late for health checks"


class CheckersWrong(Fault):
    kind = "checkers"
    effect = "health checks of its load balancers fail although they answer; those of buckets do not"
    parts = frozenset((Part.CHECKERS,))


class ReplicationLag(Fault):
    kind = "lag"
    replication_delay_seconds = 8.0   # what the guard on loss lets a controller bear
    effect = f"databases replicate {replication_delay_seconds:g} s late. One fault, whichever Region is named"
    between_regions = True


KINDS: tuple[type[Fault], ...] = (RegionLost, ControlPlaneLost, FleetLost, DatabasesLost, Partition, Isolation, GrayFailure, SlowAnswers,
                                  CheckersWrong, ReplicationLag)


class Faults:
    """The faults that there are, and what follows from them. Faults add up: a part is lost until the last fault that takes it ends."""

    def __init__(self, kinds: Sequence[type[Fault]]) -> None:
        self._by_kind = {kind.kind: kind() for kind in kinds}
        self._watchers: list[tuple[Part, Listener | None, Listener | None]] = []
        self._changing = threading.RLock()

    def watch(self, part: Part, lost: Listener | None = None, restored: Listener | None = None) -> None:
        """`lost` is called with a Region whose part the first fault takes, `restored` when the last that did has ended."""
        self._watchers.append((part, lost, restored))

    # --- what is affected

    def lost(self, part: Part, region: str | None = None) -> bool:
        return any(part in fault.parts and fault.holds(region) for fault in self._by_kind.values())

    def regions_without(self, part: Part) -> list[str]:
        return sorted(set().union(*(fault.regions for fault in self._by_kind.values() if part in fault.parts)))

    def isolated(self, one: str, other: str) -> bool:
        """Whether either of two Regions reaches no other one."""
        return one != other and any(self.lost(Part.OUTSIDE, region) for region in (one, other))

    def fails(self, region: str, client: str) -> bool:
        """Whether the Region's load balancers answer this client's next request with an error."""
        return any([fault.fails(region, client) for fault in self._in(region)])

    def answer_delay(self, region: str) -> float:
        """Seconds that the Region's application takes for an answer at least."""
        return max((fault.answer_delay_seconds for fault in self._in(region)), default=0)

    def replication_delay(self) -> float:
        """Seconds that what databases replicate is under way."""
        return max((fault.replication_delay_seconds for fault in self._by_kind.values() if fault.regions), default=0)

    def _in(self, region: str) -> list[Fault]:
        return [fault for fault in self._by_kind.values() if fault.holds(region)]

    # --- which there are

    def exist(self) -> bool:
        return any(fault.regions for fault in self._by_kind.values())

    def status(self) -> dict[str, list[str]]:
        """Kinds by Region."""
        regions = sorted(set().union(*(fault.regions for fault in self._by_kind.values())))
        return {region: [kind for kind, fault in self._by_kind.items() if region in fault.regions] for region in regions}

    def begin(self, region: str, kind: str) -> None:
        """No change where it has begun already; raises ValueError for a kind that there is not, or not without the data plane."""
        fault = self._of(kind)
        with self._changing:
            if not fault.holds(region):
                self._change(region, fault.begin)

    def end(self, region: str, kind: str) -> None:
        """Raises ValueError when there is no such fault."""
        fault = self._of(kind)
        with self._changing:
            if not fault.holds(region):
                found = ", ".join(f"{one} {each}" for one, kinds in self.status().items() for each in kinds)
                raise ValueError(f"fault to repair must be there, got '{region} {kind}', there: {found or 'none'}")
            self._change(region, fault.end)

    def _of(self, kind: str) -> Fault:
        if kind not in self._by_kind:
            raise ValueError(f"kind of fault must be one of {', '.join(self._by_kind)}, got '{kind}'")
        fault = self._by_kind[kind]
        if fault.needs_data_plane and not settings.DATA_PLANE:
            others = ", ".join(name for name, each in self._by_kind.items() if not each.needs_data_plane)
            raise ValueError(f"fault {kind} needs an emulator started with LOCAL_AWS_DATA_PLANE=on; "
                             f"without it the kind must be one of {others}")
        return fault

    def _change(self, region: str, change: Listener) -> None:
        before = {part for part in Part if self.lost(part, region)}
        change(region)
        after = {part for part in Part if self.lost(part, region)}
        for part, lost, restored in list(self._watchers):
            if lost and part in after - before:
                _call(lost, region)
            if restored and part in before - after:
                _call(restored, region)


def _call(listener: Listener, region: str) -> None:
    try:
        listener(region)
    except Exception:   # the others still have to know
        traceback.print_exc(file=sys.stderr)


FAULTS = Faults(KINDS)
