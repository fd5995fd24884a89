"""Starts what moves, once services are loaded."""
from __future__ import annotations

from local_aws import settings

LAG_SECONDS = 8.0   # of the fault `lag`: what the guard on loss lets a controller bear


def start() -> None:
    """Once services are loaded; does nothing without the switch."""
    if not settings.ON:
        return
    from local_aws import applications, databases, faults, health_checks, invocations, schedules, target_health

    for effect, begin, end in ((faults.NO_DATABASE, databases.fail, databases.recover),
                               (faults.PARTITION, lambda _: databases.partition(), lambda _: databases.heal()),
                               (faults.LAG, lambda _: databases.lag(LAG_SECONDS), lambda _: databases.lag(0))):
        effect.begun.append(begin)
        effect.over.append(end)

    invocations.start()
    applications.start()
    target_health.start()
    health_checks.start()
    schedules.start()
