"""Auto Scaling: notifications, and answers that would show as drift."""
from __future__ import annotations

from typing import Any

from moto.autoscaling.exceptions import AutoscalingClientError
from moto.autoscaling.models import FakeAutoScalingGroup, FakeScalingPolicy
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from local_aws.services.patching import add, backend_of, kept, replace, replace_property


@replace(FakeScalingPolicy)
def __init__(original: Any, self: Any, *args: Any, **kwargs: Any) -> None:
    original(self, *args, **kwargs)
    self.enabled = True
    self.predictive_scaling_configuration = self.predictive_scaling_configuration or None


@replace_property(FakeAutoScalingGroup, "image_id")
def _resolved(image: str, self: Any) -> str:
    """AWSEC2/latest/UserGuide/create-launch-template.html: a template may name a Systems Manager parameter for its image."""
    if not image.startswith("resolve:ssm:"):
        return image
    backend = self.autoscaling_backend
    name = image.removeprefix("resolve:ssm:")
    parameter = backend_of("ssm", backend.account_id, backend.region_name).get_parameter(name)
    if parameter is None:
        raise AutoscalingClientError("ValidationError", f"launch template names the image '{name}', a parameter that does not exist")
    return str(parameter.value)


FORGOTTEN = {"DefaultInstanceWarmup": "default_instance_warmup", "MaxInstanceLifetime": "max_instance_lifetime",
             "InstanceMaintenancePolicy": "instance_maintenance_policy", "Context": "context"}


def _remember(response: Any) -> None:
    group = response.autoscaling_backend.autoscaling_groups[response._get_param("AutoScalingGroupName")]
    for parameter, attribute in FORGOTTEN.items():
        value = response._get_param(parameter)
        if value is not None:
            setattr(group, attribute, None if value == -1 else value)   # -1 removes a setting


@replace(AutoScalingResponse)
def create_auto_scaling_group(original: Any, self: Any) -> Any:
    answer = original(self)
    _remember(self)
    return answer


@replace(AutoScalingResponse)
def update_auto_scaling_group(original: Any, self: Any) -> Any:
    answer = original(self)
    _remember(self)
    return answer


# --- notifications: autoscaling/ec2/APIReference/API_PutNotificationConfiguration.html

def _notifications(response: Any) -> dict[tuple[str, str], list[str]]:
    return kept(response.autoscaling_backend, "notifications", dict)


@add(AutoScalingResponse)
def put_notification_configuration(self: Any) -> EmptyResult:
    key = self._get_param("AutoScalingGroupName"), self._get_param("TopicARN")
    _notifications(self)[key] = list(self._get_param("NotificationTypes") or [])
    return EmptyResult()


@add(AutoScalingResponse)
def describe_notification_configurations(self: Any) -> ActionResult:
    names = self._get_param("AutoScalingGroupNames")
    return ActionResult({"NotificationConfigurations": [
        {"AutoScalingGroupName": group, "TopicARN": topic, "NotificationType": kind}
        for (group, topic), kinds in _notifications(self).items() if not names or group in names for kind in kinds]})


@add(AutoScalingResponse)
def delete_notification_configuration(self: Any) -> EmptyResult:
    _notifications(self).pop((self._get_param("AutoScalingGroupName"), self._get_param("TopicARN")), None)
    return EmptyResult()
