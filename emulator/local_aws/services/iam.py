"""IAM: a service-linked role has the name that its service has for it, once in an account; AWS's own policies are in the one partition that
is used."""
from __future__ import annotations

from typing import Any

from moto.iam.exceptions import EntityAlreadyExists, InvalidInput
from moto.iam.models import SERVICE_NAME_CONVERSION, IAMBackend

from local_aws.services.identities import PARTITION
from local_aws.services.patching import replace

SERVICE_NAME_CONVERSION.setdefault("config", "Config")


@replace(IAMBackend)
def create_service_linked_role(original: Any, self: Any, service_name: str, description: str, suffix: str) -> Any:
    """IAM/latest/APIReference/API_CreateServiceLinkedRole.html: a name that is taken is InvalidInput; the words are what accounts answer."""
    try:
        return original(self, service_name, description, suffix)
    except EntityAlreadyExists as error:
        taken = str(error.message).split(" already", 1)[0].rsplit(" ", 1)[1]
        raise InvalidInput(f"Service role name {taken} has been taken in this account, please try a different suffix.") from error


@replace(IAMBackend)
def _init_aws_policies(original: Any, self: Any) -> Any:
    """moto looks for the owner of an access key in all partitions, and would read four megabytes of policies for each."""
    return original(self) if self.region_name == PARTITION else []
