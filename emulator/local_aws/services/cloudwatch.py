"""CloudWatch: metric streams, composite alarms, and alarm states that reach SNS and EventBridge and are on record."""
from __future__ import annotations

import json
import re
import threading
from collections import deque
from datetime import timezone
from typing import Any

from moto.cloudwatch.exceptions import ResourceNotFoundException
from moto.cloudwatch.models import CloudWatchBackend
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult

from local_aws.access.policies import Principal
from local_aws.services import authorization, permissions
from local_aws.services.patching import add, backend_of, kept, replace
from local_aws.services.permissions import Place
from local_aws.world.clock import CLOCK

# --- metric streams: AmazonCloudWatch/latest/APIReference/API_PutMetricStream.html

STREAM_FIELDS = ("Name", "IncludeFilters", "ExcludeFilters", "FirehoseArn", "RoleArn", "OutputFormat",
                 "StatisticsConfigurations", "IncludeLinkedAccountsMetrics")


def _streams(response: Any) -> dict[str, dict[str, Any]]:
    return kept(response.cloudwatch_backend, "metric_streams", dict)


def _stream(response: Any) -> dict[str, Any]:
    found = _streams(response).get(response._get_param("Name"))
    if found is None:
        raise ResourceNotFoundException()
    return found


@add(CloudWatchResponse)
def put_metric_stream(self: Any) -> ActionResult:
    stream = {field: self._get_param(field) for field in STREAM_FIELDS if self._get_param(field) is not None}
    stream["Arn"] = f"arn:aws:cloudwatch:{self.region}:{self.current_account}:metric-stream/{stream['Name']}"
    now = CLOCK.now()
    before = _streams(self).get(stream["Name"], {})
    stream.update(State=before.get("State", "running"), CreationDate=before.get("CreationDate", now), LastUpdateDate=now)
    _streams(self)[stream["Name"]] = stream
    if self._get_param("Tags") and not before:
        self.cloudwatch_backend.tagger.tag_resource(stream["Arn"], self._get_param("Tags"))
    return ActionResult({"Arn": stream["Arn"]})


@add(CloudWatchResponse)
def get_metric_stream(self: Any) -> ActionResult:
    return ActionResult(_stream(self))


@add(CloudWatchResponse)
def delete_metric_stream(self: Any) -> EmptyResult:
    gone = _streams(self).pop(self._get_param("Name"), None)
    if gone:
        self.cloudwatch_backend.tagger.delete_all_tags_for_resource(gone["Arn"])
    return EmptyResult()


@add(CloudWatchResponse)
def list_metric_streams(self: Any) -> ActionResult:
    return ActionResult({"Entries": list(_streams(self).values())})


def _set_running(self: Any, state: str) -> EmptyResult:
    for name in self._get_param("Names") or []:
        if name in _streams(self):
            _streams(self)[name]["State"] = state
    return EmptyResult()


@add(CloudWatchResponse)
def start_metric_streams(self: Any) -> EmptyResult:
    return _set_running(self, "running")


@add(CloudWatchResponse)
def stop_metric_streams(self: Any) -> EmptyResult:
    return _set_running(self, "stopped")


@replace(CloudWatchBackend)
def tag_resource(original: Any, self: Any, arn: str, tags: Any) -> Any:
    """moto knows alarms only."""
    if ":metric-stream/" in arn or ":dashboard/" in arn:
        return self.tagger.tag_resource(arn, tags)
    return original(self, arn, tags)


# --- alarms

@add(CloudWatchResponse)
def put_composite_alarm(self: Any) -> Any:
    rule = self._get_param("AlarmRule") or ""
    # AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html: every alarm of the rule must exist
    for name in re.findall(r'(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*"?([^")]+?)"?\s*\)', rule):
        if name.split(":alarm:")[-1] not in self.cloudwatch_backend.alarms:
            from moto.cloudwatch.exceptions import ValidationError
            raise ValidationError(f"AlarmRule must refer to existing alarms, got '{name}'")
    answer = self.put_metric_alarm()
    _settle_composites(self.cloudwatch_backend)
    return answer


def rule_holds(backend: Any, rule: str) -> bool:
    """ALARM(x), OK(x), INSUFFICIENT_DATA(x), TRUE, FALSE joined by AND, OR, NOT and brackets."""
    tokens = re.findall(r'(?:ALARM|OK|INSUFFICIENT_DATA)\((?:"[^"]*"|[^)]*)\)|\bAND\b|\bOR\b|\bNOT\b|\bTRUE\b|\bFALSE\b|[()]', rule)

    def alternatives() -> bool:
        value = conjunction()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            value = conjunction() or value
        return value

    def conjunction() -> bool:
        value = term()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            value = term() and value
        return value

    def term() -> bool:
        token = tokens.pop(0)
        if token == "NOT":
            return not term()
        if token == "(":
            value = alternatives()
            tokens.pop(0)
            return value
        if token in ("TRUE", "FALSE"):
            return token == "TRUE"
        state, name = token[:-1].split("(", 1)
        alarm = backend.alarms.get(name.strip().strip('"').split(":alarm:")[-1])
        return alarm is not None and alarm.state_value == state

    return alternatives()


def _settle_composites(backend: Any) -> None:
    for alarm in list(backend.alarms.values()):
        if alarm.rule:
            wanted = "ALARM" if rule_holds(backend, alarm.rule) else "OK"
            if wanted != alarm.state_value:
                backend.set_alarm_state(alarm.name, f"{alarm.rule} changed", "{}", wanted)


@replace(CloudWatchBackend)
def set_alarm_state(original: Any, self: Any, alarm_name: str, reason: str, reason_data: str, state_value: str) -> None:
    before = self.alarms[alarm_name].state_value if alarm_name in self.alarms else None
    original(self, alarm_name, reason, reason_data, state_value)
    if before == state_value:
        return
    alarm = self.alarms[alarm_name]
    now = CLOCK.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    # AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
    detail = {"alarmName": alarm_name, "state": {"value": state_value, "reason": reason, "timestamp": now},
              "previousState": {"value": before}}
    _record(self, alarm, "StateUpdate", f"Alarm updated from {before} to {state_value}",
            {"version": "1.0", "oldState": {"stateValue": before}, "newState": {"stateValue": state_value, "stateReason": reason}})
    # a target may be a function that calls back: do not hold up the caller
    threading.Thread(target=_announce, args=(self, alarm, detail), daemon=True).start()
    _settle_composites(self)


def _announce(backend: Any, alarm: Any, detail: dict[str, Any]) -> None:
    backend_of("events", backend.account_id, backend.region_name).put_events([{
        "Source": "aws.cloudwatch", "DetailType": "CloudWatch Alarm State Change",
        "Resources": [alarm.alarm_arn], "Detail": json.dumps(detail)}])
    if not alarm.actions_enabled:
        return
    state = detail["state"]["value"]
    actions = {"ALARM": alarm.alarm_actions, "OK": alarm.ok_actions}.get(state, alarm.insufficient_data_actions)
    for arn in actions or []:
        if ":sns:" in arn:
            _act(backend, alarm, arn, subject=f"{state}: {alarm.name}", message=json.dumps(
                {"AlarmName": alarm.name, "AlarmArn": alarm.alarm_arn, "NewStateValue": state,
                 "OldStateValue": detail["previousState"]["value"], "NewStateReason": detail["state"]["reason"]}))


def _act(backend: Any, alarm: Any, topic_arn: str, subject: str, message: str) -> None:
    sns = backend_of("sns", backend.account_id, topic_arn.split(":")[3])
    try:
        refusal = _refusal(alarm, sns.get_topic(topic_arn))
        if refusal is None:
            sns.publish(message=message, arn=topic_arn, subject=subject)
    except ServiceException as error:
        refusal = str(error.message)
    done = {"stateUpdateTimestamp": int(alarm.state_updated_timestamp.timestamp() * 1000), "notificationResource": topic_arn}
    if refusal is None:
        _record(backend, alarm, "Action", f"Successfully executed action {topic_arn}",
                {"actionState": "Succeeded", **done, "publishedMessage": message})
    else:
        _record(backend, alarm, "Action", f'Failed to execute action {topic_arn}. Received error: "{refusal}"',
                {"actionState": "Failed", **done, "error": refusal})


# --- what an alarm may do, which nobody hears of: repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger

SERVICE = "cloudwatch.amazonaws.com"


def _refusal(alarm: Any, topic: Any) -> str | None:
    """Why CloudWatch may not publish to a topic, by the topic's policy and by that of its key."""
    place = Place(topic.arn.split(":")[3], topic.account_id)
    publish, *encrypt = permissions.needed("sns", "Publish", {"TopicArn": topic.arn}, place)
    if not authorization.service_may(SERVICE, [publish], place, alarm.alarm_arn, **{"aws:sourceowner": topic.account_id}):
        return (f"Resource: {alarm.alarm_arn} is not authorized to perform: SNS:Publish on resource: {topic.arn} "
                f"because no resource-based policy allows the SNS:Publish action")
    # AWS documents for no call of KMS what CloudWatch tells: a policy has to do with each answer
    managed = (topic.kms_master_key_id or "").startswith("alias/aws/")   # AWS's own, whose policy names no alarms
    if managed or not (authorization.service_may(SERVICE, encrypt, place, alarm.alarm_arn)
                       and all(authorization.decision(Principal(SERVICE), one, place, **{"kms:encryptioncontext:aws:sns:topicarn": topic.arn}).allowed
                               for one in encrypt)):
        return "CloudWatch Alarms does not have authorization to access the SNS topic encryption key."
    return None


# --- history: AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html

REMEMBERED = 1000   # AWS keeps two weeks
SUMMARY = 255       # the longest that CloudWatch's model knows; the data have all of it


def _history(backend: Any) -> deque[dict[str, Any]]:
    return kept(backend, "alarm_history", lambda: deque(maxlen=REMEMBERED))


def _record(backend: Any, alarm: Any, kind: str, summary: str, data: dict[str, Any]) -> None:
    _history(backend).appendleft({
        "AlarmName": alarm.name, "AlarmType": "CompositeAlarm" if alarm.rule else "MetricAlarm", "Timestamp": CLOCK.now(),
        "HistoryItemType": kind, "HistorySummary": summary[:SUMMARY], "HistoryData": json.dumps(data)})


@add(CloudWatchResponse)
def describe_alarm_history(self: Any) -> ActionResult:
    """The newest first, all at once up to 100."""
    name, kind = self._get_param("AlarmName"), self._get_param("HistoryItemType")
    start, end = (date and date.replace(tzinfo=timezone.utc) for date in (self._get_param("StartDate"), self._get_param("EndDate")))
    found = [item for item in list(_history(self.cloudwatch_backend))
             if (not name or item["AlarmName"] == name) and (not kind or item["HistoryItemType"] == kind)
             and (not start or item["Timestamp"] >= start) and (not end or item["Timestamp"] <= end)]
    if self._get_param("ScanBy") == "TimestampAscending":
        found.reverse()
    return ActionResult({"AlarmHistoryItems": found[:self._get_param("MaxRecords") or 100]})
