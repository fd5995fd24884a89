"""The models themselves, by the names that requests are signed for."""
from __future__ import annotations

import functools

from botocore.loaders import Loader
from moto.core.model import OperationModel, ServiceModel

# signing names that differ from botocore's folder names
FOLDERS = {"monitoring": "cloudwatch", "elasticloadbalancing": "elbv2", "access-analyzer": "accessanalyzer", "states": "stepfunctions",
           "tagging": "resourcegroupstaggingapi", "servicequotas": "service-quotas"}

_LOADER = Loader()   # botocore's own: moto's would add what moto needs


def model_name(signed_for: str, target: str, version: str) -> str:
    """Two services are signed for by the name of another one: what they are asked for, as JSON or by a query, tells them apart."""
    if signed_for == "dynamodb" and target.startswith("DynamoDBStreams_"):
        return "dynamodbstreams"
    if signed_for == "elasticloadbalancing" and version == "2012-06-01":
        return "elb"
    return signed_for


@functools.cache
def service_model(signed_for: str) -> ServiceModel | None:
    """None for a name that no model has."""
    name = FOLDERS.get(signed_for, signed_for)
    if name not in _LOADER.list_available_services("service-2"):
        return None
    return ServiceModel(_LOADER.load_service_model(name, "service-2"), name)


@functools.cache
def operation_model(service: ServiceModel, name: str) -> OperationModel | None:
    """None for an operation that the service does not have."""
    return service.operation_model(name) if name in service.operation_names else None


@functools.cache
def compresses(signed_for: str) -> bool:
    """Whether its clients compress what they send."""
    service = service_model(signed_for)
    return service is not None and any(service.operation_model(name).request_compression for name in service.operation_names)
