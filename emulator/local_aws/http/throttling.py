"""How many requests a second AWS takes of an account in a Region, by its published quotas (LOCAL_AWS_THROTTLE=on)."""
from __future__ import annotations

import threading
from typing import Callable

from local_aws.models.call import Call
from local_aws.models.refusals import Refusal

# By service and operation; an empty operation is every other one. Where only a rate is published, as much is taken at once.
QUOTAS: dict[tuple[str, str], float] = {
    # Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-requests
    ("route53", ""): 5,
    # lambda/latest/dg/gettingstarted-limits.html: of the control plane; invocations are limited by concurrency
    ("lambda", "GetFunction"): 100, ("lambda", "GetPolicy"): 15, ("lambda", ""): 15,
    # AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
    ("cloudwatch", "DescribeAlarms"): 9, ("cloudwatch", "PutMetricAlarm"): 3, ("cloudwatch", "PutCompositeAlarm"): 3, ("cloudwatch", "SetAlarmState"): 3,
    # general/latest/gr/ssm.html
    ("ssm", "GetParameter"): 40, ("ssm", "PutParameter"): 3,
    # kms/latest/developerguide/requests-per-second.html
    ("kms", "CreateAlias"): 5, ("kms", "CreateKey"): 5, ("kms", "PutKeyPolicy"): 15,
}
FREE = {("lambda", "Invoke")}
CODES = {"query": "Throttling", "ec2": "RequestLimitExceeded", "rest-xml": "Throttling"}
OWN = {"cloudwatch": "Throttling", "lambda": "TooManyRequestsException"}
STATUSES = {"lambda": "429 Too Many Requests"}


class Throttle:
    """A bucket of tokens for each quota, account and Region, as AWSEC2/latest/APIReference/throttling.html describes them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._left: dict[tuple[str, str, str], tuple[float, float]] = {}   # tokens, and when there were so many
        self._lock = threading.Lock()

    def refusal_of(self, call: Call, region: str) -> Refusal | None:
        """None for a request that is within its quota."""
        named = (call.service, call.operation.name)
        quota = named if named in QUOTAS else (call.service, "")
        if named in FREE or quota not in QUOTAS or self._take((*quota, region), QUOTAS[quota]):
            return None
        code = OWN.get(call.service) or CODES.get(call.protocol, "ThrottlingException")
        return Refusal(code, "Rate exceeded", STATUSES.get(call.service, "400 Bad Request"))

    def _take(self, key: tuple[str, str, str], rate: float) -> bool:
        now = self._now()
        with self._lock:
            left, since = self._left.get(key, (rate, now))
            left = min(rate, left + (now - since) * rate)
            taken = left >= 1
            self._left[key] = (left - taken, now)
        return taken
