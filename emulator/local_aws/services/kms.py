"""KMS: rotation periods, replica keys with their own tags, policy and description, and pairs of keys only where something is signed."""
from __future__ import annotations

import copy
import json
from typing import Any

from moto.kms import models
from moto.kms.responses import KmsResponse

from local_aws.services.patching import backend_of, replace
from local_aws.world.clock import CLOCK

_made = models.generate_private_key


def _pair(specification: str) -> Any:
    """moto makes 2048 bits of RSA for a symmetric key too: a tenth of a second of a processor for what nobody can ask for."""
    return None if specification == "SYMMETRIC_DEFAULT" else _made(specification)


models.generate_private_key = _pair


@replace(KmsResponse)
def replicate_key(original: Any, self: Any) -> str:
    """moto drops what the request says of the replica, which then shares objects with its primary."""
    answer = json.loads(original(self))
    target = backend_of("kms", self.current_account, self._get_param("ReplicaRegion"))
    key = target.keys[answer["ReplicaKeyMetadata"]["KeyId"]]
    key.description = self._get_param("Description") or ""
    key.policy = self._get_param("Policy") or key.generate_default_policy()
    key.multi_region_configuration = copy.deepcopy(key.multi_region_configuration)
    key.multi_region_configuration["MultiRegionKeyType"] = "REPLICA"
    key.aliases, key.grants = {}, {}
    tags = self._get_param("Tags") or []
    if tags:
        target.tag_resource(key.id, tags)
    answer.update(ReplicaTags=tags, ReplicaKeyMetadata=key.to_dict()["KeyMetadata"])
    return json.dumps(answer)


# --- rotation period: kms/latest/APIReference/API_EnableKeyRotation.html

DEFAULT_DAYS = 365


@replace(KmsResponse)
def enable_key_rotation(original: Any, self: Any) -> str:
    answer: str = original(self)
    _key(self).rotation_days = self._get_param("RotationPeriodInDays") or DEFAULT_DAYS
    return answer


@replace(KmsResponse)
def get_key_rotation_status(original: Any, self: Any) -> str:
    answer = json.loads(original(self))
    if answer["KeyRotationEnabled"]:
        key = _key(self)
        days = key.__dict__.get("rotation_days", DEFAULT_DAYS)
        answer.update(KeyId=key.arn, RotationPeriodInDays=days, NextRotationDate=CLOCK.now().timestamp() + days * 24 * 3600)
    return json.dumps(answer)


def _key(response: Any) -> Any:
    return response.kms_backend.describe_key(response._get_param("KeyId"))
