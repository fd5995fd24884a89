"""Route 53: query logs into a log group whose ARN is given as Terraform gives it, without the final `:*`."""
from __future__ import annotations

from typing import Any

from moto.route53.models import QueryLoggingConfig, Route53Backend

from local_aws.patching import replace


@replace(Route53Backend)
def create_query_logging_config(original: Any, self: Any, hosted_zone_id: str, log_group_arn: str) -> QueryLoggingConfig:
    made: QueryLoggingConfig = original(self, hosted_zone_id, log_group_arn.removesuffix(":*") + ":*")
    made.cloud_watch_logs_log_group_arn = log_group_arn
    return made
