"""What a resolver and a health checker see: answers from records, and the health of what they lead to."""
from __future__ import annotations

import re
from typing import Any, Callable

from moto.route53.models import HealthCheck, RecordSet, Route53Backend

from local_aws.services.patching import backend_of
from local_aws.world.faults import FAULTS, Part

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
        good = endpoint_healthy(backend, check)
    return good != bool(check.inverted)


def _answers_now(backend: Route53Backend, check: HealthCheck) -> bool:
    return endpoint_answers(backend, check.fqdn or "", lambda region, name: instances_behind(backend.account_id, region, name),
                            check.resource_path or "/")


# with the data plane by probes at intervals instead (traffic/health_checks.py)
endpoint_healthy: Callable[[Route53Backend, HealthCheck], bool] = _answers_now


def _alarm_quiet(backend: Route53Backend, check: HealthCheck) -> bool:
    named = check.__dict__.get("alarm_identifier")
    if not named:
        return True
    alarm = backend_of("cloudwatch", backend.account_id, named["Region"]).alarms.get(named["Name"])
    if FAULTS.lost(Part.REGION, named["Region"]) or alarm is None or alarm.state_value == "INSUFFICIENT_DATA":
        return check.__dict__.get("insufficient_data_health_status") != "Unhealthy"
    return bool(alarm.state_value != "ALARM")


def endpoint_answers(backend: Route53Backend, host: str, balancer_answers: Callable[[str, str], bool], path: str, hops: int = 0) -> bool:
    """A bucket answers when it holds the object, unless its Region is lost; of a load balancer its Region and name are asked;
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
    if found is None or FAULTS.lost(Part.REGION, found.region_name):
        return False
    # a delete marker of a versioned bucket is kept among the keys
    return type(found.keys.get(key)).__name__ == "FakeKey"


def instances_behind(account: str, region: str, dns_name: str) -> bool:
    if FAULTS.lost(Part.FLEET, region):
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
