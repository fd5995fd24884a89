"""EC2: answers that would show as drift."""
from __future__ import annotations

from typing import Any

from moto.ec2.models.launch_templates import LaunchTemplateBackend
from moto.ec2.models.security_groups import SecurityGroupRule

from local_aws.patching import replace, replace_property


@replace(LaunchTemplateBackend)
def create_launch_template(original: Any, self: Any, name: str, description: str, template_data: dict[str, Any], tag_spec: Any) -> Any:
    """Tags of the template itself are not part of the launch data."""
    specifications = [t for t in template_data.pop("TagSpecifications", []) if t.get("ResourceType") != "launch-template"]
    if specifications:
        template_data["TagSpecifications"] = specifications
    return original(self, name, description, template_data, tag_spec)


@replace_property(SecurityGroupRule, "description")
def _of_any_source(description: str | None, self: Any) -> str | None:
    """moto tells the description of a rule on addresses only, not of one on a group."""
    return description or (self.source_group or {}).get("Description")
