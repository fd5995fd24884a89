"""Route 53: health checks of the modelled system, and DNS answers that follow them."""
from __future__ import annotations

import itertools
from typing import Any

from moto.core.responses import ActionResult
from moto.route53 import urls
from moto.route53.models import DelegationSet, HealthCheck, HostedZoneIdentifier, Route53Backend
from moto.route53.responses import Route53

from local_aws.services import dns
from local_aws.services.patching import add, replace, replace_property
from local_aws.world.addresses import ADDRESSES
from local_aws.world.clock import CLOCK
from local_aws.world.past import PAST

ZONE_ID = 20


@replace(Route53)
def get_health_check_status(original: Any, self: Any) -> ActionResult:
    check = self.backend.get_health_check(self._get_param("HealthCheckId"))
    status = "Success: HTTP Status Code 200, OK" if dns.healthy(self.backend, check) else "Failure: Connection refused"
    return ActionResult({"HealthCheckObservations": [
        {"Region": region, "IPAddress": f"127.0.13.{number}", "StatusReport": {"Status": status, "CheckedTime": CLOCK.now()}}
        for number, region in enumerate(check.regions or ["us-east-1"], start=1)]})


@add(Route53)
def test_dns_answer(self: Any) -> ActionResult:
    """Route53/latest/APIReference/API_TestDNSAnswer.html, with the failover that a resolver would see."""
    name, kind = self._get_param("RecordName"), self._get_param("RecordType")
    zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
    data = []
    for record in dns.answering(self.backend, zone, name, kind):
        data.extend([record.alias_target["DNSName"]] if record.alias_target else record.records)
    return ActionResult({"Nameserver": "ns-1.local", "RecordName": name, "RecordType": kind, "RecordData": data,
                         "ResponseCode": "NOERROR" if data else "NXDOMAIN", "Protocol": "UDP"})


urls.url_paths[r"{0}/(?P<api_version>[\d_-]+)/testdnsanswer/?$"] = Route53.dispatch


@replace(DelegationSet)
def __init__(original: Any, self: Any, caller_reference: str, name_servers: list[str] | None, *args: Any, **kwargs: Any) -> None:
    """Zones name the server that answers here, with its port."""
    original(self, caller_reference, name_servers or [ADDRESSES.name_server], *args, **kwargs)


@replace(HostedZoneIdentifier)
def generate(original: Any, self: Any, *args: Any, **kwargs: Any) -> str:
    """Route53/latest/APIReference/API_HostedZone.html: at most 32 characters, of which /hostedzone/ takes 12."""
    identifier: str = original(self, *args, **kwargs)
    return identifier[:ZONE_ID]


@replace(Route53)
def create_health_check(original: Any, self: Any) -> ActionResult:
    answer = original(self)
    answer.result["Location"] = f"https://route53.amazonaws.com/2013-04-01/healthcheck/{answer.result['HealthCheck'].id}"
    return answer


@replace(Route53)
def list_hosted_zones_by_name(original: Any, self: Any) -> ActionResult:
    """All on one page."""
    answer = original(self)
    answer.result.update(IsTruncated=False, MaxItems=str(max(len(answer.result["HostedZones"]), 100)))
    return answer


@replace(Route53)
def get_dnssec(original: Any, self: Any) -> ActionResult:
    answer = original(self)
    answer.result["KeySigningKeys"] = []
    return answer


# --- answers that would show as drift

@replace(Route53)
def create_hosted_zone(original: Any, self: Any) -> ActionResult:
    """A zone created with a VPC is private, whatever HostedZoneConfig says."""
    answer = original(self)
    zone, vpc = answer.result["HostedZone"], self._get_param("VPC.VPCId")
    if vpc and not zone.private_zone:
        region = self._get_param("VPC.VPCRegion")
        zone.private_zone, zone.delegation_set = True, None
        zone.add_vpc(vpc, region)
        answer.result.update(DelegationSet=None, VPC={"VPCId": vpc, "VPCRegion": region})
    return answer


@replace(Route53Backend)
def create_query_logging_config(original: Any, self: Any, hosted_zone_id: str, log_group_arn: str) -> Any:
    """moto insists on the form with ":*" at the end; AWS takes both (inferred)."""
    config = original(self, hosted_zone_id, log_group_arn if log_group_arn.endswith(":*") else f"{log_group_arn}:*")
    config.cloud_watch_logs_log_group_arn = log_group_arn
    return config


def _remember(self: Any, config: Any, check_id: str) -> None:
    check = self.backend.health_checks[check_id]
    for parameter, attribute in (("AlarmIdentifier", "alarm_identifier"),
                                 ("InsufficientDataHealthStatus", "insufficient_data_health_status")):
        if config.get(parameter):
            setattr(check, attribute, config[parameter])


@replace(Route53)
def create_health_check(original: Any, self: Any) -> ActionResult:
    answer = original(self)
    _remember(self, self._get_param("HealthCheckConfig"), answer.result["HealthCheck"].id)
    return answer


@replace(Route53)
def update_health_check(original: Any, self: Any) -> ActionResult:
    answer = original(self)
    _remember(self, self._get_params(), answer.result["HealthCheck"].id)
    return answer


@replace_property(HealthCheck, "health_check_config")
def _complete(config: dict[str, Any], self: Any) -> dict[str, Any]:
    config["AlarmIdentifier"] = self.__dict__.get("alarm_identifier")
    config["InsufficientDataHealthStatus"] = self.__dict__.get("insufficient_data_health_status")
    if self.type_ in ("CALCULATED", "CLOUDWATCH_METRIC"):
        for name in ("Port", "RequestInterval", "FailureThreshold", "IPAddress", "MeasureLatency", "EnableSNI"):
            config.pop(name, None)
    return config


# --- changes: Route53/latest/APIReference/API_GetChange.html

CHANGES = itertools.count(1)


@replace(Route53)
def change_resource_record_sets(original: Any, self: Any) -> ActionResult:
    answer = original(self)
    if PAST.takes_time:
        answer.result["ChangeInfo"]["Id"] = f"/change/C{next(CHANGES):0>20}"
        PAST.changing(("change", answer.result["ChangeInfo"]["Id"].rpartition("/")[2]), "PENDING")
    return _with_status(answer)


@replace(Route53)
def get_change(original: Any, self: Any) -> ActionResult:
    return _with_status(original(self))


def _with_status(answer: ActionResult) -> ActionResult:
    told = answer.result["ChangeInfo"]
    told["Status"] = PAST.seen(("change", told["Id"].rpartition("/")[2]), "INSYNC")
    return answer
