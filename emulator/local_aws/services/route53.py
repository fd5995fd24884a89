"""Route 53: health checks that look at the modelled system, and DNS answers that follow them."""
from __future__ import annotations

import os
import re
from typing import Any, Callable

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.route53 import urls
from moto.route53.models import DelegationSet, HealthCheck, RecordSet, Route53Backend
from moto.route53.responses import Route53

from local_aws import faults, name_server, outage
from local_aws.patching import add, backend_of, replace, replace_property

S3_HOST = re.compile(r"(?P<bucket>.+)\.s3[.-](?:(?P<region>[a-z0-9-]+)\.)?amazonaws\.com$")
ALB_HOST = re.compile(r"(?:dualstack\.)?(?P<name>.+\.(?P<region>[a-z0-9-]+)\.elb\.amazonaws\.com)$")
LONGEST_CHAIN = 8


# --- health: Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html

def healthy(backend: Route53Backend, check: HealthCheck) -> bool:
    if check.disabled:   # a disabled check counts as healthy
        return not check.inverted
    if check.type_ == "CALCULATED":
        good = sum(healthy(backend, backend.health_checks[child]) for child in check.children or []) >= int(check.health_threshold)
    elif check.type_ == "CLOUDWATCH_METRIC":
        good = _alarm_quiet(backend, check)
    else:
        good = endpoint_verdict(backend, check)
    return good != bool(check.inverted)


def _seen_now(backend: Route53Backend, check: HealthCheck) -> bool:
    return endpoint_answers(backend, check.fqdn or "", lambda region, name: instances_behind(backend.account_id, region, name),
                            check.resource_path or "/")


# how a check of an endpoint is decided; with the data plane by looks at intervals (health_checks.py)
endpoint_verdict: Callable[[Route53Backend, HealthCheck], bool] = _seen_now


def _alarm_quiet(backend: Route53Backend, check: HealthCheck) -> bool:
    named = check.__dict__.get("alarm_identifier")
    if not named:
        return True
    alarm = backend_of("cloudwatch", backend.account_id, named["Region"]).alarms.get(named["Name"])
    if outage.out(named["Region"]) or alarm is None or alarm.state_value == "INSUFFICIENT_DATA":
        return check.__dict__.get("insufficient_data_health_status") != "Unhealthy"
    return bool(alarm.state_value != "ALARM")


def endpoint_answers(backend: Route53Backend, host: str, balancer_answers: Callable[[str, str], bool], path: str, hops: int = 0) -> bool:
    """A bucket answers when it holds the object, unless its Region is out; of a load balancer its Region and name are asked;
    strangers always do."""
    host = host.rstrip(".").lower()
    bucket = S3_HOST.match(host)
    if bucket:
        return _object_exists(backend.account_id, bucket["bucket"], path.lstrip("/"))
    balancer = ALB_HOST.match(host)
    if balancer:
        return balancer_answers(balancer["region"], balancer["name"])
    targets = names_behind(backend, host) if hops < LONGEST_CHAIN else []
    return all(endpoint_answers(backend, target, balancer_answers, path, hops + 1) for target in targets)


def _object_exists(account: str, bucket: str, key: str) -> bool:
    found = backend_of("s3", account, "aws").buckets.get(bucket)
    if found is None or outage.out(found.region_name):
        return False
    # a delete marker of a versioned bucket is kept among the keys
    return type(found.keys.get(key)).__name__ == "FakeKey"


def instances_behind(account: str, region: str, dns_name: str) -> bool:
    if faults.NO_FLEET.holds(region):
        return False
    balancers = backend_of("elbv2", account, region)
    arns = [lb.arn for lb in balancers.load_balancers.values() if lb.dns_name.lower() == dns_name]
    groups = {arn for arn, group in balancers.target_groups.items() if set(arns) & set(group.load_balancer_arns)}
    fleets = backend_of("autoscaling", account, region).autoscaling_groups.values()
    return any(fleet.instance_states for fleet in fleets if groups & set(fleet.target_group_arns or []))


def names_behind(backend: Route53Backend, host: str) -> list[str]:
    names: list[str] = []
    for zone in backend.zones.values():
        for kind in ("A", "CNAME"):
            for record in answering(backend, zone, host, kind):
                if record.alias_target:
                    names.append(record.alias_target["DNSName"])
                elif kind == "CNAME":
                    names.extend(record.records)
    return names


@replace(Route53)
def get_health_check_status(original: Any, self: Any) -> ActionResult:
    check = self.backend.get_health_check(self._get_param("HealthCheckId"))
    status = "Success: HTTP Status Code 200, OK" if healthy(self.backend, check) else "Failure: Connection refused"
    return ActionResult({"HealthCheckObservations": [
        {"Region": region, "IPAddress": f"127.0.13.{number}", "StatusReport": {"Status": status, "CheckedTime": utcnow()}}
        for number, region in enumerate(check.regions or ["us-east-1"], start=1)]})


# --- answers: Route53/latest/DeveloperGuide/dns-failover-types.html

def answering(backend: Route53Backend, zone: Any, name: str, kind: str) -> list[RecordSet]:
    wanted = name.rstrip(".").lower()
    found = [r for r in zone.rrsets if r.name.rstrip(".").lower() == wanted and r.type == kind]
    well = [r for r in found if _record_healthy(backend, r)]
    if any(r.failover for r in found):
        for role in ("PRIMARY", "SECONDARY"):
            if chosen := [r for r in well if r.failover == role]:
                return chosen
        return [r for r in found if r.failover == "PRIMARY"]   # nothing is healthy: all count as healthy
    return well or found


def _record_healthy(backend: Route53Backend, record: RecordSet) -> bool:
    check = backend.health_checks.get(record.health_check_id or "")
    if check is not None and not healthy(backend, check):
        return False
    target = record.alias_target or {}
    evaluated = str(target.get("EvaluateTargetHealth", "false")).lower() == "true"
    balancer = ALB_HOST.match(str(target.get("DNSName", "")).rstrip(".").lower())
    return not (evaluated and balancer) or instances_behind(backend.account_id, balancer["region"], balancer["name"])


@add(Route53)
def test_dns_answer(self: Any) -> ActionResult:
    """Route53/latest/APIReference/API_TestDNSAnswer.html, with the failover that a resolver would see."""
    name, kind = self._get_param("RecordName"), self._get_param("RecordType")
    zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
    data = []
    for record in answering(self.backend, zone, name, kind):
        data.extend([record.alias_target["DNSName"]] if record.alias_target else record.records)
    return ActionResult({"Nameserver": "ns-1.local", "RecordName": name, "RecordType": kind, "RecordData": data,
                         "ResponseCode": "NOERROR" if data else "NXDOMAIN", "Protocol": "UDP"})


urls.url_paths[r"{0}/(?P<api_version>[\d_-]+)/testdnsanswer/?$"] = Route53.dispatch


@replace(DelegationSet)
def __init__(original: Any, self: Any, caller_reference: str, name_servers: list[str] | None, *args: Any, **kwargs: Any) -> None:
    """Zones name the server that answers here, with its port."""
    original(self, caller_reference, name_servers or [os.environ[name_server.ADDRESS]], *args, **kwargs)


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
