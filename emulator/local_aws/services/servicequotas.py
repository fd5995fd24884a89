"""Service Quotas: of what is not the VPC's, moto knows none."""
from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.servicequotas.models import ServiceQuotasBackend
from moto.servicequotas.responses import ServiceQuotasResponse

from local_aws.services.elbv2_capacity import PER_BALANCER, PER_REGION
from local_aws.services.patching import add, replace

STANDARD_VCPUS = 64   # an account's that was in use for a while; a new one's is 5


def _quota(service: str, code: str, name: str, value: int) -> dict[str, Any]:
    return {"ServiceCode": service, "QuotaCode": code, "QuotaName": name, "Value": float(value), "Unit": "None", "Adjustable": True, "GlobalQuota": False}


UNITS = "Reserved Application Load Balancer Capacity Units (LCUs) per "
QUOTAS = {
    "ec2": [_quota("ec2", "L-1216C47A", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", STANDARD_VCPUS)],
    # codes of our own: no document tells AWS's
    "elasticloadbalancing": [_quota("elasticloadbalancing", "L-00000001", UNITS + "Application Load Balancer", PER_BALANCER),
                             _quota("elasticloadbalancing", "L-00000002", UNITS + "Region", PER_REGION)]}


@replace(ServiceQuotasBackend)
def get_service_quota(original: Any, self: Any, service_code: str, quota_code: str) -> Any:
    return next((quota for quota in QUOTAS.get(service_code, []) if quota["QuotaCode"] == quota_code), None) or original(self, service_code, quota_code)


@add(ServiceQuotasResponse)
def list_service_quotas(self: Any) -> ActionResult:
    """All on one page."""
    service = self._get_param("ServiceCode")
    return ActionResult({"Quotas": QUOTAS.get(service) or self.backend.list_aws_default_service_quotas(service)})
