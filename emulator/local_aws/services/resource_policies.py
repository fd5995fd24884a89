"""The policy that a resource has of its own, by the resource's ARN."""
from __future__ import annotations

import json
from typing import Any, Callable

from moto.s3.models import s3_backends

from local_aws.access.policies import Policy, policy
from local_aws.services import identities
from local_aws.services.patching import backend_of


def policy_of(arn: str, account: str) -> Policy | None:
    """None for a resource without one, and for kinds of resources that have none."""
    service, region = arn.split(":")[2:4] if arn.count(":") >= 5 else ("", "")
    find = FINDERS.get(service)
    text = find(account, region, arn) if find else None
    return policy(text.decode() if isinstance(text, bytes) else text) if text else None


def _bucket(account: str, region: str, arn: str) -> Any:
    buckets = s3_backends[account]["aws"].buckets
    name = arn.rpartition(":")[2].partition("/")[0]
    return buckets[name].policy if name in buckets else None


def _key(account: str, region: str, arn: str) -> Any:
    keys = backend_of("kms", account, region).keys
    name = arn.rpartition("/")[2]
    return keys[name].policy if name in keys else None


def _topic(account: str, region: str, arn: str) -> Any:
    topics = backend_of("sns", account, region).topics
    return topics[arn].policy if arn in topics else None


def _queue(account: str, region: str, arn: str) -> Any:
    queues = backend_of("sqs", account, region).queues
    name = arn.rpartition(":")[2]
    return queues[name].policy if name in queues else None


def _function(account: str, region: str, arn: str) -> Any:
    """Of the version or alias too: a permission names what it is for. moto keeps a principal that is no service as it was sent."""
    name = arn.split(":")[6]
    found = next((each for each in list(backend_of("lambda", account, region).list_functions()) if each.function_name == name), None)
    statements = [{**each, "Principal": {"AWS": each["Principal"]} if isinstance(each["Principal"], str) else each["Principal"]}
                  for each in (found.policy.statements if found else [])]
    return json.dumps({"Statement": statements}) if statements else None


def _table(account: str, region: str, arn: str) -> Any:
    found = backend_of("dynamodb", account, region).resource_policies.get("/".join(arn.split("/")[:2]))
    return found.policy_doc if found else None


def _secret(account: str, region: str, arn: str) -> Any:
    secrets = backend_of("secretsmanager", account, region).secrets.values()
    return next((secret.policy for secret in list(secrets) if secret.arn == arn and getattr(secret, "policy", None)), None)


def _vault(account: str, region: str, arn: str) -> Any:
    vaults = backend_of("backup", account, region).vaults
    name = arn.rpartition(":")[2]
    return vaults[name].__dict__.get("access_policy") if name in vaults else None


def _bus(account: str, region: str, arn: str) -> Any:
    bus = backend_of("events", account, region).event_buses.get(arn.rpartition("/")[2])
    return bus.policy if bus else None


def _trust(account: str, region: str, arn: str) -> Any:
    found = identities.role(account, arn)
    return found.assume_role_policy_document if found else None


FINDERS: dict[str, Callable[[str, str, str], Any]] = {
    "backup": _vault, "dynamodb": _table, "events": _bus, "iam": _trust, "kms": _key, "lambda": _function, "s3": _bucket, "secretsmanager": _secret,
    "sns": _topic, "sqs": _queue}
