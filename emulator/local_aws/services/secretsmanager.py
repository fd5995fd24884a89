"""Secrets Manager: a replica keeps the key of its own Region, and its ARN names that Region only where ARNs do."""
from __future__ import annotations

import json
from typing import Any

from moto.secretsmanager.exceptions import InvalidRequestException
from moto.secretsmanager.models import FakeSecret, ReplicaSecret
from moto.secretsmanager.responses import SecretsManagerResponse

from local_aws.services.patching import replace


@replace(FakeSecret)
def create_replicas(original: Any, self: Any, replica_regions: Any, *args: Any, **kwargs: Any) -> Any:
    created = original(self, replica_regions, *args, **kwargs)
    keys = {r["Region"]: r["KmsKeyId"] for r in replica_regions or [] if r.get("KmsKeyId")}
    for replica in getattr(self, "replicas", []) + created:
        if replica.region in keys:
            replica.config["KmsKeyId"] = keys[replica.region]
    return created


@replace(ReplicaSecret)
def __init__(original: Any, self: Any, source: FakeSecret, region: str, *args: Any, **kwargs: Any) -> None:
    """secretsmanager/latest/userguide/replicate-secrets.html: the replica's ARN is the primary's but for the Region.
    moto also replaces a Region that the name of the secret holds."""
    original(self, source, region, *args, **kwargs)
    fields = source.arn.split(":")
    self.arn = ":".join([*fields[:3], region, *fields[4:]])


@replace(SecretsManagerResponse)
def create_secret(original: Any, self: Any) -> str:
    """secretsmanager/latest/apireference/API_DeleteSecret.html: the name is taken until the recovery window ends."""
    found = self.backend.secrets.get(self._get_param("Name"))
    if found is not None and found.is_deleted():
        raise InvalidRequestException("You can't create this secret because a secret with this name is already scheduled for deletion.")
    created: str = original(self)
    return created


# --- answers: moto tells more than the API does

@replace(SecretsManagerResponse)
def describe_secret(original: Any, self: Any) -> str:
    return _without("SecretVersionsToStages", original(self))   # of ListSecrets


@replace(SecretsManagerResponse)
def put_secret_value(original: Any, self: Any) -> str:
    return _without("ReplicationStatus", original(self))


def _without(name: str, answer: str) -> str:
    return json.dumps({key: value for key, value in json.loads(answer).items() if key != name})
