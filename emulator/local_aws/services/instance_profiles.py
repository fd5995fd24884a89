"""Whose credentials the instances of a fleet have. AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"""
from __future__ import annotations

import base64
from typing import Any

from local_aws.services import identities
from local_aws.services.patching import backend_of


def credentials(account: str, region: str) -> dict[str, str]:
    """Environment variables of what runs on the first instance of the Region behind a load balancer; none when its launch template has
    no profile, as on AWS."""
    for group in _serving(account, region):
        role = _role(account, group)
        if role:
            return identities.credentials(account, role, str(group.instance_states[0].instance.id), region)
    return {}


def user_data(account: str, region: str) -> str:
    """What instances behind a load balancer run at their first boot; empty for nothing."""
    for group in _serving(account, region):
        given = _template(group).get("UserData")
        if given:
            return base64.b64decode(str(given)).decode()
    return ""


def _serving(account: str, region: str) -> list[Any]:
    groups = list(backend_of("autoscaling", account, region).autoscaling_groups.values())
    return [group for group in groups if group.target_group_arns and group.instance_states]


def _template(group: Any) -> dict[str, Any]:
    template = group.ec2_launch_template
    return template.get_version(group.launch_template_version).data if template else {}


def _role(account: str, group: Any) -> str | None:
    wanted = _template(group).get("IamInstanceProfile") or {}
    for profile in list(backend_of("iam", account, identities.PARTITION).get_instance_profiles()):
        if profile.roles and (profile.arn == wanted.get("Arn") or profile.name == wanted.get("Name")):
            return str(profile.roles[0].arn)
    return None
