"""RDS settings that moto accepts and forgets, or tells under another name; each would show as drift."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

from moto.core.responses import ActionResult
from moto.rds.models import DBCluster, DBParameterGroup
from moto.rds.responses import RDSResponse

from local_aws.services.patching import add, replace, replace_property
from local_aws.world.clock import CLOCK

# AmazonRDS/latest/APIReference/API_CreateGlobalCluster.html: the default
SUPPORT = "open-source-rds-extended-support"
# AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html; with moto's other default the provider would modify and reboot each instance
CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1"
INSIGHTS = {
    "EnablePerformanceInsights": "performance_insights_enabled", "PerformanceInsightsKMSKeyId": "performance_insights_kms_key_id",
    "PerformanceInsightsRetentionPeriod": "performance_insights_retention_period",
    "MonitoringInterval": "monitoring_interval", "MonitoringRoleArn": "monitoring_role_arn"}


# --- clusters

def remember_cluster(params: Any, cluster: DBCluster) -> None:
    _store(params, cluster, {**INSIGHTS, "EngineLifecycleSupport": "engine_lifecycle_support", "EnableIAMDatabaseAuthentication": "iam_auth",
                             "DatabaseInsightsMode": "database_insights_mode"})
    if params.get("CACertificateIdentifier"):
        cluster.certificate_details = _certificate(params["CACertificateIdentifier"])


def _store(params: Any, target: Any, names: dict[str, str]) -> None:
    for parameter, attribute in names.items():
        if params.get(parameter) is not None:
            setattr(target, attribute, params[parameter])
    if target.__dict__.get("performance_insights_enabled") and not target.__dict__.get("performance_insights_retention_period"):
        target.performance_insights_retention_period = 7   # the documented default


def _certificate(identifier: str) -> dict[str, Any]:
    return {"CAIdentifier": identifier, "ValidTill": CLOCK.now() + timedelta(days=30 * 365)}


@replace(RDSResponse)
def modify_db_cluster(original: Any, self: Any) -> ActionResult:
    answer = original(self)
    cluster = self.backend.describe_db_clusters(self.params.get("NewDBClusterIdentifier") or self.params["DBClusterIdentifier"])[0]
    remember_cluster(self.params, cluster)
    return answer


def _allocated(engine: str, storage_type: str) -> int:
    """Aurora grows by itself; moto does not know aurora-iopt1 (I/O-Optimized)."""
    return 1 if engine.startswith("aurora") else plain_allocation(engine, storage_type)


plain_allocation = DBCluster.default_allocated_storage
DBCluster.default_allocated_storage = staticmethod(_allocated)  # type: ignore[method-assign]


@replace_property(DBCluster, "scaling_configuration_info")
def _no_empty_scaling(value: dict[str, Any], self: Any) -> dict[str, Any] | None:
    return value if self.scaling_configuration else None


@replace_property(DBCluster, "multi_az")
def _zones_of_instances(value: bool, self: Any) -> bool:
    return len({instance.availability_zone for instance in self._members}) > 1


# --- instances

def _remember(self: Any) -> None:
    params = self.params
    instance = self.backend.databases[params.get("NewDBInstanceIdentifier") or params["DBInstanceIdentifier"]]
    _store(params, instance, {**INSIGHTS, "CACertificateIdentifier": "ca_certificate_identifier", "PromotionTier": "promotion_tier",
                              "CopyTagsToSnapshot": "copy_tags_to_snapshot"})
    instance.certificate_details = _certificate(instance.ca_certificate_identifier)
    if getattr(instance, "monitoring_interval", 0):
        instance.enhanced_monitoring_resource_arn = (
            f"arn:aws:logs:{instance.region}:{instance.backend.account_id}:log-group:RDSOSMetrics:log-stream:{instance.dbi_resource_id}")


@replace(RDSResponse)
def create_db_instance(original: Any, self: Any) -> ActionResult:
    self.params.setdefault("CACertificateIdentifier", CERTIFICATE_AUTHORITY)
    answer = original(self)
    _remember(self)
    return answer


@replace(RDSResponse)
def modify_db_instance(original: Any, self: Any) -> ActionResult:
    answer = original(self)
    _remember(self)
    return answer


# --- parameter groups: the provider reads back those of source "user" only

@replace(DBParameterGroup)
def update_parameters(original: Any, self: Any, new_parameters: Any) -> None:
    original(self, [{"Source": "user", **parameter} for parameter in new_parameters])


@add(RDSResponse)
def reset_db_parameter_group(self: Any) -> ActionResult:
    return _reset(self, self.backend.db_parameter_groups, "DBParameterGroupName")


@add(RDSResponse)
def reset_db_cluster_parameter_group(self: Any) -> ActionResult:
    return _reset(self, self.backend.db_cluster_parameter_groups, "DBClusterParameterGroupName")


def _reset(self: Any, groups: dict[str, Any], key: str) -> ActionResult:
    parameters = groups[self.params[key].lower()].parameters
    if self.params.get("ResetAllParameters"):
        parameters.clear()
    for parameter in self.params.get("Parameters") or []:
        parameters.pop(parameter["ParameterName"], None)
    return ActionResult({key: self.params[key]})
