"""Security Hub: its configuration, standards and the aggregator of findings, which moto lacks; a second hub is refused."""
from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.moto_api._internal import mock_random
from moto.securityhub import urls
from moto.securityhub.exceptions import SecurityHubClientError
from moto.securityhub.models import SecurityHubBackend, securityhub_backends
from moto.securityhub.responses import SecurityHubResponse

from local_aws.services.patching import add, kept, replace

# moto lists some paths only; what has no handler behind it is reported as a gap
urls.url_paths["{0}/(?P<anything>.+)$"] = SecurityHubResponse.dispatch

# securityhub/latest/userguide/standards-reference.html
STANDARDS = ("aws-foundational-security-best-practices/v/1.0.0", "aws-resource-tagging-standard/v/1.0.0",
             "cis-aws-foundations-benchmark/v/1.4.0", "cis-aws-foundations-benchmark/v/3.0.0", "cis-aws-foundations-benchmark/v/5.0.0",
             "nist-800-53/v/5.0.0", "nist-800-171/v/2.0.0", "pci-dss/v/3.2.1", "pci-dss/v/4.0.1")
OLD_BENCHMARK = "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"
NOT_SUBSCRIBED = "Account {} is not subscribed to AWS Security Hub"


def _require(backend: Any) -> None:
    if not backend.enabled:
        raise SecurityHubClientError("InvalidAccessException", NOT_SUBSCRIBED.format(backend.account_id))


# --- the hub

def _configuration(backend: Any) -> dict[str, Any]:
    return kept(backend, "configuration", lambda: {"AutoEnableControls": True, "ControlFindingGenerator": "SECURITY_CONTROL"})


@replace(SecurityHubResponse)
def enable_security_hub(original: Any, self: Any) -> str:
    """securityhub/1.0/APIReference/API_EnableSecurityHub.html: a second hub conflicts; default standards come unless refused."""
    backend, wanted = self.securityhub_backend, json.loads(self.body or "{}")
    if backend.enabled:
        raise SecurityHubClientError("ResourceConflictException", "Account is already subscribed to Security Hub")
    answer: str = original(self)
    _configuration(backend).update(AutoEnableControls=True, ControlFindingGenerator=wanted.get("ControlFindingGenerator", "SECURITY_CONTROL"))
    if wanted.get("EnableDefaultStandards", True):
        for standard in (f"arn:aws:securityhub:{backend.region_name}::standards/{STANDARDS[0]}", OLD_BENCHMARK):
            _subscribe(backend, standard)
    return answer


@add(SecurityHubResponse)
def update_security_hub_configuration(self: Any) -> str:
    _require(self.securityhub_backend)
    _configuration(self.securityhub_backend).update(json.loads(self.body or "{}"))
    return "{}"


@replace(SecurityHubBackend)
def describe_hub(original: Any, self: Any, hub_arn: str | None = None) -> dict[str, Any]:
    found = original(self, hub_arn)
    return {name: found[name] for name in ("HubArn", "SubscribedAt")} | _configuration(self)


@replace(SecurityHubBackend)
def disable_security_hub(original: Any, self: Any) -> dict[str, Any]:
    answer: dict[str, Any] = original(self)
    _subscriptions(self).clear()
    return answer


# --- standards

def _subscriptions(backend: Any) -> dict[str, dict[str, Any]]:
    return kept(backend, "subscriptions", dict)


def _subscribe(backend: Any, standard: str) -> dict[str, Any]:
    """Once more changes nothing."""
    known = [f"arn:aws:securityhub:{backend.region_name}::standards/{name}" for name in STANDARDS]
    if standard not in (*known, OLD_BENCHMARK):
        raise SecurityHubClientError("InvalidInputException", f"Invalid standard {standard}")
    name = standard.split("/", 1)[1]
    arn = f"arn:aws:securityhub:{backend.region_name}:{backend.account_id}:subscription/{name}"
    return _subscriptions(backend).setdefault(arn, {"StandardsSubscriptionArn": arn, "StandardsArn": standard, "StandardsInput": {},
                                                    "StandardsStatus": "READY"})


@add(SecurityHubResponse)
def batch_enable_standards(self: Any) -> str:
    _require(self.securityhub_backend)
    return json.dumps({"StandardsSubscriptions": [_subscribe(self.securityhub_backend, wanted["StandardsArn"])
                                                  for wanted in self._get_param("StandardsSubscriptionRequests")]})


@add(SecurityHubResponse)
def get_enabled_standards(self: Any) -> str:
    _require(self.securityhub_backend)
    found, wanted = _subscriptions(self.securityhub_backend), self._get_param("StandardsSubscriptionArns")
    return json.dumps({"StandardsSubscriptions": [one for arn, one in found.items() if not wanted or arn in wanted]})


@add(SecurityHubResponse)
def batch_disable_standards(self: Any) -> str:
    _require(self.securityhub_backend)
    gone = [_subscriptions(self.securityhub_backend).pop(arn, None) for arn in self._get_param("StandardsSubscriptionArns")]
    return json.dumps({"StandardsSubscriptions": [{**one, "StandardsStatus": "DELETING"} for one in gone if one]})


# --- the aggregator: securityhub/latest/userguide/finding-aggregation.html: an account has one, in its home Region

def _aggregators(response: Any) -> dict[str, dict[str, Any]]:
    """By the Region that is home; each Region may ask for it."""
    _require(response.securityhub_backend)
    return kept(securityhub_backends[response.current_account]["us-east-1"], "aggregators", dict)


def _aggregator(response: Any, arn: str) -> dict[str, Any]:
    for found in _aggregators(response).values():
        if found["FindingAggregatorArn"] == arn:
            return found
    raise SecurityHubClientError("ResourceNotFoundException", f"Finding aggregator {arn} does not exist")


@add(SecurityHubResponse)
def create_finding_aggregator(self: Any) -> str:
    """The code of a second one is inferred: API_CreateFindingAggregator.html has no other that fits."""
    if _aggregators(self):
        raise SecurityHubClientError("InvalidInputException", "A finding aggregator already exists for this account")
    arn = f"arn:aws:securityhub:{self.region}:{self.current_account}:finding-aggregator/{mock_random.uuid4()}"
    _aggregators(self)[self.region] = {"FindingAggregatorArn": arn, "FindingAggregationRegion": self.region, **json.loads(self.body)}
    return json.dumps(_aggregators(self)[self.region])


@add(SecurityHubResponse)
def update_finding_aggregator(self: Any) -> str:
    wanted = json.loads(self.body)
    found = _aggregator(self, wanted["FindingAggregatorArn"])
    found.pop("Regions", None)
    found.update(wanted)
    return json.dumps(found)


@add(SecurityHubResponse)
def get_finding_aggregator(self: Any) -> str:
    return json.dumps(_aggregator(self, unquote(self.path).split("/get/", 1)[1]))


@add(SecurityHubResponse)
def list_finding_aggregators(self: Any) -> str:
    return json.dumps({"FindingAggregators": [{"FindingAggregatorArn": found["FindingAggregatorArn"]} for found in _aggregators(self).values()]})


@add(SecurityHubResponse)
def delete_finding_aggregator(self: Any) -> str:
    found = _aggregator(self, unquote(self.path).split("/delete/", 1)[1])
    _aggregators(self).pop(found["FindingAggregationRegion"])
    return "{}"
