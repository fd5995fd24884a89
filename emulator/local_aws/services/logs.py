"""CloudWatch Logs: moments are whole milliseconds; moto's Lambda writes fractions."""
from __future__ import annotations

from typing import Any

from moto.logs.models import LogsBackend

from local_aws.services.patching import replace


@replace(LogsBackend)
def put_log_events(original: Any, self: Any, log_group_name: str, log_stream_name: str, log_events: list[dict[str, Any]]) -> Any:
    return original(self, log_group_name, log_stream_name, [{**event, "timestamp": int(event["timestamp"])} for event in log_events])
