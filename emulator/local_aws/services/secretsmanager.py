"""Secrets Manager: a replica keeps the key of its own Region."""
from __future__ import annotations

from typing import Any

from moto.secretsmanager.models import FakeSecret

from local_aws.patching import replace


@replace(FakeSecret)
def create_replicas(original: Any, self: Any, replica_regions: Any, *args: Any, **kwargs: Any) -> Any:
    created = original(self, replica_regions, *args, **kwargs)
    keys = {r["Region"]: r["KmsKeyId"] for r in replica_regions or [] if r.get("KmsKeyId")}
    for replica in getattr(self, "replicas", []) + created:
        if replica.region in keys:
            replica.config["KmsKeyId"] = keys[replica.region]
    return created
