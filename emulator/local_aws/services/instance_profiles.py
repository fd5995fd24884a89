"""Whose credentials the instances of a fleet have. AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"""
from __future__ import annotations

from typing import Any

from local_aws.services import identities
from local_aws.services.patching import backend_of


def credentials(account: str, region: str) -> dict[str, str]:
    """Environment variables of what runs on the first instance of the Region behind a load balancer; none when its launch template has
    no profile, as on AWS."""
    for group in list(backend_of("autoscaling", account, region).autoscaling_groups.values()):
        role = _role(account, region, group)
        if group.target_group_arns and group.instance_states and role:
            return identities.credentials(account, role, str(group.instance_states[0].instance.id), region)
    return {}


def _role(account: str, region: str, group: Any) -> str | None:
    template = group.ec2_launch_template
    if template is None:
        return None
    wanted = template.get_version(group.launch_template_version).data.get("IamInstanceProfile") or {}
    for profile in list(backend_of("iam", account, identities.PARTITION).get_instance_profiles()):
        if profile.roles and (profile.arn == wanted.get("Arn") or profile.name == wanted.get("Name")):
            return str(profile.roles[0].arn)
    return None
