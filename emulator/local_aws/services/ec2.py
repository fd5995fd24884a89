"""EC2: answers that would show as drift, targets that are gone, and filters of peering connections."""
from __future__ import annotations

import fnmatch
from typing import Any, Callable

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend, Zone
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.launch_templates import LaunchTemplateBackend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.vpc_peering_connections import VPCPeeringConnection
from moto.ec2.responses.subnets import Subnets
from moto.ec2.responses.vpc_peering_connections import VPCPeeringConnections

from local_aws.services.patching import backend_of, replace, replace_property


@replace(LaunchTemplateBackend)
def create_launch_template(original: Any, self: Any, name: str, description: str, template_data: dict[str, Any], tag_spec: Any) -> Any:
    """Tags of the template itself are not part of the launch data."""
    specifications = [t for t in template_data.pop("TagSpecifications", []) if t.get("ResourceType") != "launch-template"]
    if specifications:
        template_data["TagSpecifications"] = specifications
    return original(self, name, description, template_data, tag_spec)


@replace_property(SecurityGroupRule, "description")
def _of_any_source(description: str | None, self: Any) -> str | None:
    """moto tells the description of a rule on addresses only, not of one on a group."""
    return description or (self.source_group or {}).get("Description")


def _association(original: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """moto looks at the address several times, and another request may take it away meanwhile."""
    def association(self: Any) -> dict[str, Any]:
        try:
            return original(self)
        except TypeError:
            if self.public_ip:
                raise
            return {}
    return association


NetworkInterface.association = property(_association(NetworkInterface.association.fget))


@replace(InstanceBackend)
def terminate_instances(original: Any, self: Any, instance_ids: list[str]) -> Any:
    """elasticloadbalancing/latest/application/target-group-register-targets.html: a terminated instance is deregistered.
    moto does so for the API call only, not when an Auto Scaling group shrinks."""
    answer = original(self, instance_ids)
    backend_of("elbv2", self.account_id, self.region_name).notify_terminate_instances(instance_ids)
    return answer


@replace(Subnets)
def create_subnet(original: Any, self: Any) -> ActionResult:
    """moto takes a zone of any Region, and keeps a subnet whose zone is given by its id apart from all others."""
    if self._get_param("AvailabilityZone") or self._get_param("AvailabilityZoneId"):
        zone = chosen_zone(self)
        self._get_params().pop("AvailabilityZoneId", None)
        self._get_params()["AvailabilityZone"] = zone.name
    return original(self)


def chosen_zone(response: Any) -> Zone:
    """AWSEC2/latest/APIReference/API_CreateSubnet.html: a zone of the Region, by its name or by its id."""
    name, identifier = response._get_param("AvailabilityZone"), response._get_param("AvailabilityZoneId")
    if bool(name) == bool(identifier):
        raise EC2ClientError("InvalidParameterCombination" if name else "MissingParameter",
                             f"exactly one of AvailabilityZone and AvailabilityZoneId must be given, got {name} and {identifier}")
    for zone in RegionsAndZonesBackend.zones[response.region]:
        if name == zone.name or identifier == zone.zone_id:
            return zone
    raise EC2ClientError("InvalidParameterValue", f"Value ({name or identifier}) for parameter availabilityZone is invalid")


# --- filters: AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html; moto applies none

@replace(VPCPeeringConnections)
def describe_vpc_peering_connections(original: Any, self: Any) -> ActionResult:
    found = original(self).result["VpcPeeringConnections"]
    for name, wanted in self._filters_from_querystring().items():
        found = [p for p in found if any(fnmatch.fnmatchcase(value, one) for value in _filtered(p, name) for one in wanted)]
    return ActionResult({"VpcPeeringConnections": found})


def _filtered(peering: VPCPeeringConnection, name: str) -> list[str]:
    """What a filter of that name looks at."""
    tags = {t["key"]: t["value"] for t in peering.get_tags()}
    if name.startswith("tag:"):
        key = name.removeprefix("tag:")
        return [tags[key]] if key in tags else []
    sides = {"requester-vpc-info": peering.requester_vpc_info, "accepter-vpc-info": peering.accepter_vpc_info}
    side, _, field = name.partition(".")
    fields = {"cidr-block": "CidrBlock", "owner-id": "OwnerId", "vpc-id": "VpcId"}
    if side in sides and field in fields:
        return [sides[side][fields[field]]]
    plain = {"status-code": [peering.status["Code"]], "status-message": [peering.status["Message"]],
             "vpc-peering-connection-id": [peering.id], "tag-key": list(tags)}
    if name not in plain:
        raise NotImplementedError(f"filter {name} of peering connections")
    return plain[name]
