"""Route 53's checkers: they look at each endpoint at its interval, and change their mind after as many looks in a row as its
threshold says. Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
One checker stands for those of all places, which would outvote one that is mistaken."""
from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Callable

from moto.core import DEFAULT_ACCOUNT_ID

from local_aws import background, dns, faults, load_balancers, outage
from local_aws.forwarding import Request
from local_aws.patching import backend_of
from local_aws.verdict import Verdict

STEP_SECONDS = 0.2
ANSWER_SECONDS = 2.0   # within which a checker wants the status
DERIVED = ("CALCULATED", "CLOUDWATCH_METRIC")
USER_AGENT = "Amazon-Route53-Health-Check-Service"


@dataclass
class Watch:
    """One check; a new one counts as healthy until there is enough data."""

    due: float
    verdict: Verdict = field(default_factory=lambda: Verdict(good=True))
    looking: bool = False


class Checkers:
    def __init__(self, look: Callable[[Any], bool], clock: Callable[[], float], run: Callable[..., Any]) -> None:
        """`run` calls a function with its arguments, at once or on another thread."""
        self._look, self._clock, self._run = look, clock, run
        self._watches: dict[str, Watch] = {}

    def step(self, checks: list[Any]) -> None:
        """Looks at those that are due, and forgets those that exist no more."""
        now = self._clock()
        kept = {check.id: self._watches.get(check.id) or Watch(now) for check in checks if check.type_ not in DERIVED}
        self._watches = kept
        for check in checks:
            watch = kept.get(check.id)
            if watch is None or check.disabled or watch.looking or now < watch.due:
                continue
            watch.due, watch.looking = max(watch.due + int(check.request_interval), now), True
            self._run(self._take, check, watch)

    def _take(self, check: Any, watch: Watch) -> None:
        try:
            watch.verdict.saw(self._look(check), int(check.failure_threshold))
        finally:
            watch.looking = False

    def verdict(self, check: Any) -> bool:
        watch = self._watches.get(check.id)
        return watch is None or watch.verdict.good


def start() -> None:
    checkers = Checkers(look, time.monotonic, background.Workers("health-checks", 16).run)
    dns.endpoint_verdict = lambda backend, check: checkers.verdict(check)
    background.repeat("health-checks", STEP_SECONDS,
                      lambda: checkers.step(list(backend_of("route53", DEFAULT_ACCOUNT_ID, "aws").health_checks.values())))


def look(check: Any) -> bool:
    path = check.resource_path or "/"
    return dns.endpoint_answers(backend_of("route53", DEFAULT_ACCOUNT_ID, "aws"), check.fqdn or "",
                                    lambda region, name: _balancer_answers(region, name, path), path)


def _balancer_answers(region: str, name: str, path: str) -> bool:
    if faults.there(region, "checkers"):
        return False
    started = time.monotonic()
    try:
        code = load_balancers.ask(region, name, Request("GET", path, [("Host", name), ("User-Agent", USER_AGENT)]), ANSWER_SECONDS).code
    except outage.Dark:
        return False
    return 200 <= code < 400 and time.monotonic() - started <= ANSWER_SECONDS
