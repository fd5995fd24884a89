"""Route 53's checkers: they probe each endpoint at its interval, and change its status after as many probes in a row as its
threshold says. Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
One checker stands for those of all places, which would outvote one that is mistaken."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

from moto.core import DEFAULT_ACCOUNT_ID

from local_aws.services import dns
from local_aws.services.patching import backend_of
from local_aws.traffic import load_balancers
from local_aws.traffic.forwarding import Request
from local_aws.traffic.health_status import HealthStatus
from local_aws.world import background
from local_aws.world.clock import CLOCK, Clock
from local_aws.world.faults import FAULTS, NoAnswer, Part

STEP_SECONDS = 0.2
ANSWER_SECONDS = 2.0   # within which a checker wants the status
DERIVED = ("CALCULATED", "CLOUDWATCH_METRIC")
USER_AGENT = "Amazon-Route53-Health-Check-Service"


@dataclass
class Watch:
    """One check; a new one counts as healthy until there is enough data."""

    due: float
    status: HealthStatus = field(default_factory=lambda: HealthStatus(healthy=True))
    probing: bool = False


class Checkers:
    def __init__(self, probe: Callable[[Any], bool], clock: Clock, run: Callable[..., Any]) -> None:
        """`run` calls a function with its arguments, at once or on another thread."""
        self._probe, self._clock, self._run = probe, clock, run
        self._watches: dict[str, Watch] = {}

    def step(self, checks: list[Any]) -> None:
        """Probes those that are due, and forgets those that exist no more."""
        now = self._clock.monotonic()
        kept = {check.id: self._watches.get(check.id) or Watch(now) for check in checks if check.type_ not in DERIVED}
        self._watches = kept
        for check in checks:
            watch = kept.get(check.id)
            if watch is None or check.disabled or watch.probing or now < watch.due:
                continue
            watch.due, watch.probing = max(watch.due + int(check.request_interval), now), True
            self._run(self._observe, check, watch)

    def _observe(self, check: Any, watch: Watch) -> None:
        try:
            watch.status.observe(self._probe(check), int(check.failure_threshold))
        finally:
            watch.probing = False

    def healthy(self, check: Any) -> bool:
        watch = self._watches.get(check.id)
        return watch is None or watch.status.healthy


def start() -> None:
    checkers = Checkers(probe, CLOCK, background.Workers("health-checks", 16).run)
    dns.endpoint_healthy = lambda backend, check: checkers.healthy(check)
    background.repeat("health-checks", STEP_SECONDS,
                      lambda: checkers.step(list(backend_of("route53", DEFAULT_ACCOUNT_ID, "aws").health_checks.values())))


def probe(check: Any) -> bool:
    path = check.resource_path or "/"
    return dns.endpoint_answers(backend_of("route53", DEFAULT_ACCOUNT_ID, "aws"), check.fqdn or "",
                                lambda region, name: _balancer_answers(region, name, path), path)


def _balancer_answers(region: str, name: str, path: str) -> bool:
    if FAULTS.lost(Part.CHECKERS, region):
        return False
    started = CLOCK.monotonic()
    try:
        code = load_balancers.ask(region, name, Request("GET", path, [("Host", name), ("User-Agent", USER_AGENT)]), ANSWER_SECONDS).code
    except NoAnswer:
        return False
    return 200 <= code < 400 and CLOCK.monotonic() - started <= ANSWER_SECONDS
