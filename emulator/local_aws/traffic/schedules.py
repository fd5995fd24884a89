"""EventBridge Scheduler: rate schedules that wake Lambda functions. scheduler/latest/UserGuide/schedule-types.html
The first time comes as soon as the schedule is there (inferred: within a minute), the others at its rate from then."""
from __future__ import annotations

import json
import re
import sys
import uuid
from typing import Any, Callable, Iterator

from moto.core import DEFAULT_ACCOUNT_ID
from moto.scheduler.models import scheduler_backends

from local_aws.services import authorization
from local_aws.services.awslambda import invoke_later
from local_aws.services.permissions import Permission, Place
from local_aws.world import background
from local_aws.world.clock import CLOCK
from local_aws.world.faults import FAULTS, Part

STEP_SECONDS = 0.5
RATE = re.compile(r"rate\((?P<value>\d+) (?P<unit>minute|hour|day)s?\)")
UNIT_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


class RateScheduler:
    def __init__(self, fire: Callable[[str, Any], None]) -> None:
        """`fire` takes the Region and the schedule."""
        self._fire = fire
        self._due: dict[str, float] = {}

    def step(self, now: float, schedules: Iterator[tuple[str, Any]]) -> None:
        seen = {}
        for region, schedule in schedules:
            rate = RATE.fullmatch(schedule.schedule_expression)
            if rate is None or schedule.state != "ENABLED":
                continue
            due = self._due.get(schedule.arn, now)
            if due <= now:
                background.guarded(self._fire, region, schedule)
                seconds = int(rate["value"]) * UNIT_SECONDS[rate["unit"]]
                due += seconds * (1 + int((now - due) // seconds))
            seen[schedule.arn] = due
        self._due = seen


def start() -> None:
    scheduler = RateScheduler(_fire)
    background.repeat("schedules", STEP_SECONDS, lambda: scheduler.step(CLOCK.monotonic(), _schedules()))


def _schedules() -> Iterator[tuple[str, Any]]:
    for region, backend in list(scheduler_backends[DEFAULT_ACCOUNT_ID].items()):
        for group in list(backend.schedule_groups.values()):
            for schedule in list(group.schedules.values()):
                yield region, schedule


def _fire(region: str, schedule: Any) -> None:
    arn = schedule.target["Arn"]
    if FAULTS.lost(Part.REGION, region):
        return
    if ":lambda:" not in arn:
        print(f"SCHEDULE: {schedule.arn}: fires at Lambda functions only, not at {arn}", file=sys.stderr, flush=True)
        return
    if _permitted(region, schedule):
        invoke_later(DEFAULT_ACCOUNT_ID, arn, schedule.target.get("Input") or _notification(region, schedule))


def _permitted(region: str, schedule: Any) -> bool:
    """scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html: the role trusts its schedule's group."""
    role, place = schedule.target["RoleArn"], Place(region, DEFAULT_ACCOUNT_ID)
    group = f"arn:aws:scheduler:{region}:{DEFAULT_ACCOUNT_ID}:schedule-group/{schedule.group_name}"
    return (authorization.assumable("scheduler.amazonaws.com", role, place, **{"aws:sourcearn": group, "aws:sourceaccount": place.account})
            and authorization.role_may(role, "scheduler", [Permission("lambda:InvokeFunction", schedule.target["Arn"])], place))


def _notification(region: str, schedule: Any) -> str:
    """What a target gets of a schedule without an input (inferred)."""
    now = CLOCK.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({"version": "0", "id": str(uuid.uuid4()), "detail-type": "Scheduled Event", "source": "aws.scheduler",
                       "account": DEFAULT_ACCOUNT_ID, "time": now, "region": region, "resources": [schedule.arn], "detail": "{}"})
