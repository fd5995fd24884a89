"""EC2's On-Demand Capacity Reservations: AWSEC2/latest/UserGuide/ec2-capacity-reservations.html; moto has none."""
from __future__ import annotations

import secrets
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2 import utils
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instance_types import INSTANCE_TYPE_OFFERINGS
from moto.ec2.responses import EC2Response

from local_aws.services.ec2 import chosen_zone
from local_aws.services.patching import add, kept
from local_aws.world.clock import CLOCK

# moto tags only what it knows the ids of.
utils.EC2_RESOURCE_TO_PREFIX["capacity-reservation"] = "cr"
utils.EC2_PREFIX_TO_RESOURCE["cr"] = "capacity-reservation"


def _reservations(response: Any) -> dict[str, dict[str, Any]]:
    return kept(response.ec2_backend, "capacity_reservations", dict)


def _count(response: Any) -> int:
    count = int(response._get_param("InstanceCount"))
    if not 1 <= count <= 1000:
        raise EC2ClientError("InvalidParameterValue", f"InstanceCount must be 1 to 1000, got {count}")
    return count


@add(EC2Response)
def create_capacity_reservation(self: Any) -> ActionResult:
    zone, kind = chosen_zone(self), self._get_param("InstanceType")
    if not any(offer["InstanceType"] == kind and offer["Location"] == zone.name for offer in INSTANCE_TYPE_OFFERINGS["availability-zone"][self.region]):
        raise EC2ClientError("Unsupported", f"The instance type {kind} is not supported in {zone.name}")
    identifier = f"cr-{secrets.token_hex(17)[:17]}"
    _reservations(self)[identifier] = {
        "CapacityReservationId": identifier, "OwnerId": self.current_account,
        "CapacityReservationArn": f"arn:aws:ec2:{self.region}:{self.current_account}:capacity-reservation/{identifier}",
        "AvailabilityZone": zone.name, "AvailabilityZoneId": zone.zone_id, "InstanceType": kind,
        "InstancePlatform": self._get_param("InstancePlatform"), "Tenancy": self._get_param("Tenancy", "default"),
        "TotalInstanceCount": _count(self), "State": "active", "EndDateType": self._get_param("EndDateType", "unlimited"),
        "InstanceMatchCriteria": self._get_param("InstanceMatchCriteria", "open"), "CreateDate": CLOCK.now(), "StartDate": CLOCK.now(),
        "EbsOptimized": self._get_param("EbsOptimized", False), "EphemeralStorage": False, "ReservationType": "default"}
    self.ec2_backend.create_tags([identifier], self._parse_tag_specification("capacity-reservation").get("capacity-reservation", {}))
    return ActionResult({"CapacityReservation": _told(self, identifier)})


def _told(response: Any, identifier: str) -> dict[str, Any]:
    reservation = _reservations(response)[identifier]
    tags = [{"Key": key, "Value": value} for key, value in response.ec2_backend.tags[identifier].items()]
    return {**reservation, "AvailableInstanceCount": _available(response, reservation), "Tags": tags}


def _available(response: Any, reservation: dict[str, Any]) -> int:
    """Running instances take the places of the reservations that match them, the oldest first."""
    if reservation["State"] != "active":
        return 0
    match = ("InstanceType", "AvailabilityZone", "InstancePlatform", "Tenancy")
    running = sum(instance.state == "running" and instance.instance_type == reservation["InstanceType"]
                  and instance.placement.zone == reservation["AvailabilityZone"]
                  for held in response.ec2_backend.reservations.values() for instance in held.instances)
    for other in _reservations(response).values():
        if other is reservation:
            break
        if other["State"] == "active" and all(other[key] == reservation[key] for key in match):
            running -= other["TotalInstanceCount"]
    return int(reservation["TotalInstanceCount"] - min(max(running, 0), reservation["TotalInstanceCount"]))


def _named(response: Any) -> dict[str, Any]:
    identifier = response._get_param("CapacityReservationId")
    if identifier not in _reservations(response):
        raise _unknown(identifier)
    return _reservations(response)[identifier]


def _unknown(identifier: str) -> EC2ClientError:
    return EC2ClientError("InvalidCapacityReservationId.NotFound", f"The capacity reservation '{identifier}' does not exist")


@add(EC2Response)
def describe_capacity_reservations(self: Any) -> ActionResult:
    wanted = self._get_param("CapacityReservationIds", []) or list(_reservations(self))
    for identifier in wanted:
        if identifier not in _reservations(self):
            raise _unknown(identifier)
    filters = self._filters_from_querystring()
    plain = {"state": "State", "instance-type": "InstanceType", "availability-zone": "AvailabilityZone"}
    for name in filters:
        if name not in plain:
            raise NotImplementedError(f"filter {name} of capacity reservations")
    told = [_told(self, identifier) for identifier in wanted]
    return ActionResult({"CapacityReservations": [one for one in told if all(one[plain[name]] in values for name, values in filters.items())]})


@add(EC2Response)
def modify_capacity_reservation(self: Any) -> ActionResult:
    reservation = _changeable(self)
    if self._get_param("InstanceCount") is not None:
        reservation["TotalInstanceCount"] = _count(self)
    reservation["EndDateType"] = self._get_param("EndDateType", reservation["EndDateType"])
    return ActionResult({"Return": True})


@add(EC2Response)
def cancel_capacity_reservation(self: Any) -> ActionResult:
    _changeable(self)["State"] = "cancelled"
    return ActionResult({"Return": True})


def _changeable(response: Any) -> dict[str, Any]:
    reservation = _named(response)
    if reservation["State"] != "active":
        raise EC2ClientError("InvalidCapacityReservationState",
                             f"The capacity reservation '{reservation['CapacityReservationId']}' is {reservation['State']}")
    return reservation
