"""What a table's own policy denies, to everybody: administrators too."""
from __future__ import annotations

from typing import Any

from moto.core.exceptions import JsonRESTError

from local_aws.services import authorization, identities
from local_aws.services.permissions import Place, needed


def check(handler: Any, action: str, parameters: dict[str, Any]) -> None:
    """Raises AccessDeniedException when the policy of a table that the call touches denies it."""
    if not handler.dynamodb_backend.resource_policies or not {"TableName", "RequestItems", "TransactItems"} & parameters.keys():
        return
    place = Place(handler.region, handler.current_account)
    principal = identities.principal_of(place.account, handler.get_access_key(), place.region)
    for permission in needed("dynamodb", action, parameters, place):
        decision = authorization.denied_to_all(principal, permission, place)
        if permission.action.startswith("dynamodb:") and decision.explicit:
            raise JsonRESTError("AccessDeniedException", f"User: {principal.arn} is not authorized to perform: {permission.action} "
                                                         f"on resource: {permission.resource} {decision.reason}")
