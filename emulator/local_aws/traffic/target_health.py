"""Health of targets as their groups' own checks find it: elasticloadbalancing/latest/application/target-group-health-checks.html
One process stands for all instances of a Region, so one probe of a group is every target's."""
from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.elbv2.models import FakeHealthStatus, FakeTargetGroup, elbv2_backends

from local_aws.services.patching import replace
from local_aws.traffic import applications, forwarding
from local_aws.traffic.forwarding import Request
from local_aws.traffic.health_status import HealthStatus
from local_aws.world import background
from local_aws.world.clock import CLOCK
from local_aws.world.faults import FAULTS, Part

STEP_SECONDS = 0.2
REASONS = {"initial": ("Elb.InitialHealthChecking", "Initial health checks in progress"),
           "unhealthy": ("Target.FailedHealthChecks", "Health checks failed")}


@dataclass
class Target:
    """Initial until a check passes, or as many have failed as make it unhealthy."""

    status: HealthStatus = field(default_factory=lambda: HealthStatus(healthy=False))
    settled: bool = False
    failures: int = 0

    def observe(self, healthy: bool, healthy_threshold: int, unhealthy_threshold: int) -> None:
        if self.settled:
            self.status.observe(healthy, healthy_threshold if healthy else unhealthy_threshold)
            return
        self.failures += not healthy
        self.settled = healthy or self.failures >= unhealthy_threshold
        self.status = HealthStatus(healthy)

    @property
    def state(self) -> str:
        return ("healthy" if self.status.healthy else "unhealthy") if self.settled else "initial"


@dataclass
class Group:
    due: float = 0.0
    targets: dict[str, Target] = field(default_factory=dict)


_groups: dict[str, Group] = {}
_probers = background.Workers("target-health", 8)


def start() -> None:
    if applications.configured():
        FAULTS.watch(Part.FLEET, lost=_forget)
        background.repeat("target-health", STEP_SECONDS, _step)


def _forget(region: str) -> None:
    """What comes after a fleet that is gone are other instances."""
    for arn, group in list(_groups.items()):
        if arn.split(":")[3] == region:
            group.targets = {}


def _step() -> None:
    now = CLOCK.monotonic()
    found = {group.arn: group for backend in list(elbv2_backends[DEFAULT_ACCOUNT_ID].values())
             for group in list(backend.target_groups.values()) if group.load_balancer_arns}
    for arn in _groups.keys() - found.keys():
        del _groups[arn]
    for arn, group in found.items():
        kept = _groups.setdefault(arn, Group())
        if FAULTS.lost(Part.FLEET, group.region_name):
            continue
        registered = list(group.targets)
        new = [target for target in registered if target not in kept.targets]
        kept.targets = {target: kept.targets.get(target) or Target() for target in registered}
        if registered and (new or now >= kept.due):
            kept.due = now + int(group.health_check_interval_seconds)
            _probers.run(_probe, group, list(kept.targets.values()))


def _probe(group: Any, targets: list[Target]) -> None:
    healthy = _answers(group)
    for target in targets:
        target.observe(healthy, int(group.healthy_threshold_count), int(group.unhealthy_threshold_count))


def _answers(group: Any) -> bool:
    port = applications.port(group.region_name)
    if port is None:
        return False
    request = Request("GET", group.health_check_path or "/", [("Host", f"127.0.0.1:{port}"), ("User-Agent", "ELB-HealthChecker/2.0")])
    try:
        code = forwarding.send(port, request, float(group.health_check_timeout_seconds)).code
    except (OSError, http.client.HTTPException):
        return False
    return matches(code, str((group.matcher or {}).get("HttpCode") or "200"))


def matches(code: int, matcher: str) -> bool:
    """A matcher is a list of codes and of ranges: 200,202,300-399."""
    ranges = [part.strip().partition("-") for part in matcher.split(",")]
    return any(int(low) <= code <= int(high or low) for low, _, high in ranges)


@replace(FakeTargetGroup)
def health_for(original: Any, self: Any, target: dict[str, Any], ec2_backend: Any) -> FakeHealthStatus:
    found: FakeHealthStatus = original(self, target, ec2_backend)
    if found.status != "healthy" or not self.load_balancer_arns:
        return found
    if FAULTS.lost(Part.FLEET, self.region_name):
        state = "unhealthy"
    elif applications.configured():
        watched = _groups.get(self.arn, Group()).targets.get(target["Id"])
        state = watched.state if watched else "initial"
    else:
        return found
    if state == "healthy":
        return found
    return FakeHealthStatus(found.instance_id, found.port, found.health_check_port, state, *REASONS[state])
