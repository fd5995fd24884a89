"""EventBridge Scheduler: rate schedules that wake Lambda functions. scheduler/latest/UserGuide/schedule-types.html
The first time comes as soon as the schedule is there (inferred: within a minute), the others at its rate from then."""
from __future__ import annotations

import datetime
import json
import re
import sys
import time
import uuid
from typing import Any, Callable, Iterator

from moto.core import DEFAULT_ACCOUNT_ID
from moto.scheduler.models import scheduler_backends

from local_aws import background, invocations, outage

STEP_SECONDS = 0.5
RATE = re.compile(r"rate\((?P<value>\d+) (?P<unit>minute|hour|day)s?\)")
UNIT_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


class Clockwork:
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
                self._fire(region, schedule)
                seconds = int(rate["value"]) * UNIT_SECONDS[rate["unit"]]
                due += seconds * (1 + int((now - due) // seconds))
            seen[schedule.arn] = due
        self._due = seen


def start() -> None:
    clockwork = Clockwork(_fire)
    background.repeat("schedules", STEP_SECONDS, lambda: clockwork.step(time.monotonic(), _schedules()))


def _schedules() -> Iterator[tuple[str, Any]]:
    for region, backend in list(scheduler_backends[DEFAULT_ACCOUNT_ID].items()):
        for group in list(backend.schedule_groups.values()):
            for schedule in list(group.schedules.values()):
                yield region, schedule


def _fire(region: str, schedule: Any) -> None:
    arn = schedule.target["Arn"]
    if outage.out(region):
        return
    if ":lambda:" not in arn:
        print(f"SCHEDULE: {schedule.arn}: fires at Lambda functions only, not at {arn}", file=sys.stderr, flush=True)
        return
    invocations.invoke_later(DEFAULT_ACCOUNT_ID, arn, schedule.target.get("Input") or _notification(region, schedule))


def _notification(region: str, schedule: Any) -> str:
    """What a target gets of a schedule without an input (inferred)."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({"version": "0", "id": str(uuid.uuid4()), "detail-type": "Scheduled Event", "source": "aws.scheduler",
                       "account": DEFAULT_ACCOUNT_ID, "time": now, "region": region, "resources": [schedule.arn], "detail": "{}"})
