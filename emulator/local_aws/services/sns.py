"""SNS: topic attributes that moto stores and does not tell."""
from __future__ import annotations

from typing import Any

from moto.sns.responses import SNSResponse

from local_aws.services.patching import replace

UNTOLD = {"SignatureVersion": "signature_version", "TracingConfig": "tracing_config"}


@replace(SNSResponse)
def get_topic_attributes(original: Any, self: Any) -> Any:
    answer = original(self)
    topic = self.backend.get_topic(self._get_param("TopicArn"))
    answer.result["Attributes"].update(
        {name: topic.__dict__[attribute] for name, attribute in UNTOLD.items() if topic.__dict__.get(attribute)})
    return answer
