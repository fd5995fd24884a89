"""Capacity units that load balancers never go below: elasticloadbalancing/latest/application/capacity-unit-reservation.html."""
from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.elbv2.exceptions import ELBClientError, LoadBalancerNotFoundError
from moto.elbv2.responses import ELBV2Response

from local_aws.services.patching import add, replace


# elasticloadbalancing/latest/application/load-balancer-limits.html; of a Region none at first, until AWS is asked
LEAST, PER_BALANCER, PER_REGION = 100, 15000, 15000


def _balancer(response: Any) -> Any:
    balancer = response.elbv2_backend.load_balancers.get(response._get_param("LoadBalancerArn"))
    if balancer is None:
        raise LoadBalancerNotFoundError()
    return balancer


def _held(balancer: Any) -> ActionResult:
    units = balancer.__dict__.get("held_capacity_units")
    return ActionResult({
        "DecreaseRequestsRemaining": 2, **({"MinimumLoadBalancerCapacity": {"CapacityUnits": units}} if units else {}),
        "CapacityReservationState": [{"State": {"Code": "provisioned"}, "AvailabilityZone": subnet.availability_zone, "EffectiveCapacityUnits": units or 0}
                                     for subnet in balancer.subnets]})


@replace(ELBV2Response)
def describe_capacity_reservation(original: Any, self: Any) -> ActionResult:
    """moto says the same of every load balancer."""
    return _held(_balancer(self))


@add(ELBV2Response)
def modify_capacity_reservation(self: Any) -> ActionResult:
    balancer, wanted = _balancer(self), self._get_param("MinimumLoadBalancerCapacity") or {}
    reset = str(self._get_param("ResetCapacityReservation", False)).lower() == "true"
    if reset == bool(wanted):
        raise ELBClientError("InvalidConfigurationRequest", "exactly one of MinimumLoadBalancerCapacity and ResetCapacityReservation must be given")
    units = None if reset else int(wanted["CapacityUnits"])
    if units is not None and units < LEAST:
        raise ELBClientError("InvalidConfigurationRequest", f"CapacityUnits must be at least {LEAST}, got {units}")
    others = sum(other.__dict__.get("held_capacity_units") or 0 for other in self.elbv2_backend.load_balancers.values() if other is not balancer)
    if units is not None and (units > PER_BALANCER or others + units > PER_REGION):
        raise ELBClientError("CapacityUnitsLimitExceeded", f"CapacityUnits must be at most {min(PER_BALANCER, PER_REGION - others)}, got {units}")
    balancer.held_capacity_units = units
    return _held(balancer)
