from __future__ import annotations

import base64
import itertools
import json
import time
import urllib.request
from typing import Any

import roles
from instance import ACCOUNT, EmulatorTest, client, endpoint, eventually, log
from java_function import archive

NUMBER = itertools.count()
ALARM = {"Namespace": "n", "MetricName": "m", "Statistic": "Maximum", "Period": 60, "EvaluationPeriods": 1, "Threshold": 1,
         "ComparisonOperator": "GreaterThanThreshold"}
HANDLER = """
package drill;
public class Handler {
    public String handleRequest(java.util.Map<String, Object> unused) { return "never"; }
    public void handleRequest(java.io.InputStream in, java.io.OutputStream out) throws Exception {
        String event = new String(in.readAllBytes());
        System.out.println("log line of the handler");
        if (event.contains("fail")) throw new IllegalStateException("asked to fail");
        out.write(("{\\"event\\":" + event + ",\\"endpoint\\":\\"" + System.getenv("AWS_ENDPOINT_URL") + "\\",\\"name\\":\\""
            + System.getenv("NAME") + "\\"}").getBytes());
    }
}
"""


def invocations(event: dict[str, Any]) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{endpoint()}/emulator/invocations") as response:
        return [invocation for invocation in json.load(response) if invocation["event"] == event]


def caused_by(detail: dict[str, Any]) -> list[dict[str, Any]]:
    """Invocations by an event of EventBridge."""
    with urllib.request.urlopen(f"{endpoint()}/emulator/invocations") as response:
        return [one for one in json.load(response) if isinstance(one["event"], dict) and one["event"].get("detail") == detail]


class AlarmTest(EmulatorTest):
    def setUp(self) -> None:
        self.number = next(NUMBER)
        self.cloudwatch = client("cloudwatch")

    def name(self, kind: str) -> str:
        return f"{kind}-t{self.number}"

    def state(self, name: str, kind: str = "MetricAlarm") -> str:
        found = self.cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=[kind])[f"{kind}s"]
        return str(found[0]["StateValue"])

    def set(self, name: str, value: str) -> None:
        self.cloudwatch.set_alarm_state(AlarmName=name, StateValue=value, StateReason="drill")

    def queue(self) -> tuple[str, str]:
        sqs = client("sqs")
        arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:{self.name('queue')}"
        policy = roles.policy({"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn})
        url = sqs.create_queue(QueueName=self.name("queue"), Attributes={"Policy": policy})["QueueUrl"]
        return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def messages(self, url: str, count: int = 1) -> list[dict[str, Any]]:
        got: list[dict[str, Any]] = []

        def enough() -> bool:
            for message in client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
                got.append(json.loads(message["Body"]))
            return len(got) >= count
        eventually(enough)
        return got

    def test_composite_rules(self) -> None:
        a, b, both = (self.name(kind) for kind in ("primary-unhealthy-alarm", "replication-lag-alarm-v2", "primary-region-down"))
        for alarm in (a, b):
            self.cloudwatch.put_metric_alarm(AlarmName=alarm, **ALARM)
            self.set(alarm, "OK")
        rules = {both: f'ALARM({a}) AND ALARM("{b}")', self.name("either"): f"(ALARM({a}) OR ALARM({b})) AND NOT FALSE",
                 self.name("not"): f"NOT (ALARM({a}) OR OK({b}))"}
        for alarm, rule in rules.items():
            self.cloudwatch.put_composite_alarm(AlarmName=alarm, AlarmRule=rule)
        seen = []
        for first, second in (("OK", "OK"), ("ALARM", "OK"), ("ALARM", "ALARM"), ("OK", "ALARM")):
            self.set(a, first)
            self.set(b, second)
            seen.append([self.state(alarm, "CompositeAlarm") == "ALARM" for alarm in rules])
        self.assertEqual([[False, False, False], [False, True, False], [True, True, False], [False, True, True]], seen)
        with self.assertRaises(Exception):
            self.cloudwatch.put_composite_alarm(AlarmName="x", AlarmRule="ALARM(no-such-alarm)")

    # --- what an alarm did is on record, also what nobody else hears of

    def tried(self, **topic: str) -> str:
        """The record of the one action of an alarm that goes to OK."""
        arn = client("sns").create_topic(Name=self.name("tried"), Attributes=topic)["TopicArn"]
        name = self.name("test-alarm")
        self.cloudwatch.put_metric_alarm(AlarmName=name, OKActions=[arn], **ALARM)
        self.set(name, "INSUFFICIENT_DATA")
        self.set(name, "OK")

        def acted() -> list[dict[str, Any]]:
            return list(self.cloudwatch.describe_alarm_history(AlarmName=name, HistoryItemType="Action")["AlarmHistoryItems"])
        item, = eventually(acted)
        data = json.loads(item["HistoryData"])
        self.assertEqual((name, "MetricAlarm", arn), (item["AlarmName"], item["AlarmType"], data["notificationResource"]))
        self.assertEqual(item["HistorySummary"].startswith("Successfully executed action"), data["actionState"] == "Succeeded")
        return str(item["HistorySummary"]).replace(arn, "TOPIC")

    def key(self, *statements: dict[str, Any]) -> str:
        root = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [root, *statements]})
        return str(client("kms").create_key(Policy=policy)["KeyMetadata"]["Arn"])

    @staticmethod
    def by_alarms(**condition: dict[str, str]) -> dict[str, Any]:
        return {"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"},
                "Action": ["kms:Decrypt", "kms:GenerateDataKey*"], "Resource": "*", "Condition": condition}

    def test_action_that_succeeds_is_on_record(self) -> None:
        self.assertEqual("Successfully executed action TOPIC", self.tried())
        by_account = self.by_alarms(StringEquals={"aws:SourceAccount": ACCOUNT})
        by_topic = self.by_alarms(ArnLike={"kms:EncryptionContext:aws:sns:topicArn": f"arn:aws:sns:*:{ACCOUNT}:*"})
        self.number = next(NUMBER)
        self.assertEqual("Successfully executed action TOPIC", self.tried(KmsMasterKeyId=self.key(by_account, by_topic)))

    def test_key_that_does_not_admit_alarms_is_told_in_the_history_alone(self) -> None:
        by_account = self.by_alarms(StringEquals={"aws:SourceAccount": ACCOUNT})
        by_topic = self.by_alarms(ArnLike={"kms:EncryptionContext:aws:sns:topicArn": f"arn:aws:sns:*:{ACCOUNT}:*"})
        of_others = self.by_alarms(StringEquals={"aws:SourceAccount": "999999999999"})
        for key in (self.key(), self.key(by_account), self.key(by_topic), self.key(of_others, by_topic), "alias/aws/sns"):
            self.number = next(NUMBER)
            self.assertEqual('Failed to execute action TOPIC. Received error: "CloudWatch Alarms does not have authorization to access '
                             'the SNS topic encryption key."', self.tried(KmsMasterKeyId=key))

    def test_topic_that_does_not_admit_alarms_is_told_in_the_history_alone(self) -> None:
        policy = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish", "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceAccount": "999999999999"}}}]}
        self.assertIn("is not authorized to perform: SNS:Publish on resource: ", self.tried(Policy=json.dumps(policy)))

    def test_topic_that_is_gone_is_on_record(self) -> None:
        gone, name = f"arn:aws:sns:us-east-1:{ACCOUNT}:{self.name('gone')}", self.name("alarm")
        self.cloudwatch.put_metric_alarm(AlarmName=name, AlarmActions=[gone], **ALARM)
        self.set(name, "ALARM")
        item, = eventually(lambda: self.cloudwatch.describe_alarm_history(AlarmName=name, HistoryItemType="Action")["AlarmHistoryItems"])
        self.assertIn(f"Failed to execute action {gone}", item["HistorySummary"])
        newest, = self.cloudwatch.describe_alarm_history(AlarmName=name, HistoryItemType="StateUpdate")["AlarmHistoryItems"]
        self.assertEqual("Alarm updated from OK to ALARM", newest["HistorySummary"])
        self.assertEqual([], self.cloudwatch.describe_alarm_history(AlarmName=name, EndDate=0)["AlarmHistoryItems"])

    def test_alarm_reaches_topic_and_rule(self) -> None:
        url, arn = self.queue()
        topic = client("sns").create_topic(Name=self.name("alerts"))["TopicArn"]
        client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        self.cloudwatch.put_metric_alarm(AlarmName=self.name("lag"), AlarmActions=[topic], OKActions=[topic], **ALARM)
        self.set(self.name("lag"), "ALARM")
        told = json.loads(self.messages(url)[0]["Message"])
        self.assertEqual((self.name("lag"), "ALARM"), (told["AlarmName"], told["NewStateValue"]))
        self.set(self.name("lag"), "ALARM")
        self.assertEqual([], client("sqs").receive_message(QueueUrl=url).get("Messages", []))

        # its first policy, SNS's own, lets alarms in by the account; rules must be named
        services = ["cloudwatch.amazonaws.com", "events.amazonaws.com"]
        client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=roles.policy(
            {"Effect": "Allow", "Principal": {"Service": services}, "Action": "sns:Publish", "Resource": topic}))
        events = client("events")
        events.put_rule(Name=self.name("rule"), EventPattern=json.dumps({
            "source": ["aws.cloudwatch"], "detail": {"alarmName": [self.name("lag")], "state": {"value": ["OK"]}}}))
        events.put_targets(Rule=self.name("rule"), Targets=[{"Id": "topic", "Arn": topic}, {"Id": "queue", "Arn": arn}])
        self.set(self.name("lag"), "OK")
        bodies = self.messages(url, 3)
        kinds = sorted("action" if "NewStateValue" in b.get("Message", "") else "rule to topic" if "Message" in b else "rule to queue"
                       for b in bodies)
        self.assertEqual(["action", "rule to queue", "rule to topic"], kinds)

    def test_what_a_topic_or_a_queue_does_not_allow_does_not_reach_it(self) -> None:
        url, arn = self.queue()
        topic = client("sns").create_topic(Name=self.name("alerts"))["TopicArn"]
        client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        self.cloudwatch.put_metric_alarm(AlarmName=self.name("lag"), AlarmActions=[topic], **ALARM)
        client("events").put_rule(Name=self.name("rule"), EventPattern=json.dumps({"source": ["aws.cloudwatch"], "detail": {"alarmName": [self.name("lag")]}}))
        client("events").put_targets(Rule=self.name("rule"), Targets=[{"Id": "queue", "Arn": arn}])

        def allow(service: str, account: str) -> str:
            return roles.policy({"Effect": "Allow", "Principal": {"Service": service}, "Action": ["sns:Publish", "sqs:SendMessage"], "Resource": "*",
                                 "Condition": {"StringEquals": {"aws:SourceAccount": account}}})
        for of, alarms, reached in (("999999999999", "cloudwatch.amazonaws.com", []), (ACCOUNT, "events.amazonaws.com", ["rule"]),
                                    (ACCOUNT, "cloudwatch.amazonaws.com", ["action", "rule"])):
            client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=allow(alarms, of))
            client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": allow("events.amazonaws.com", of)})
            self.set(self.name("lag"), "ALARM")
            refusals = 2 - len(reached)
            self.assertTrue(eventually(lambda: len(self.refusals(topic, arn)) >= refusals))
            self.assertEqual(reached, sorted("action" if "Message" in body else "rule" for body in self.messages(url, len(reached))))
            self.set(self.name("lag"), "OK")
            if reached:
                self.messages(url)

    def refusals(self, *arns: str) -> list[str]:
        return [line for line in log().splitlines() if line.startswith("DENIED: ") and any(arn in line for arn in arns)]

    def test_a_topics_key_must_let_alarms_in_too(self) -> None:
        url, arn = self.queue()
        policy = roles.policy({"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"})
        key = client("kms").create_key(Policy=policy)["KeyMetadata"]["Arn"]
        topic = client("sns").create_topic(Name=self.name("alerts"), Attributes={"KmsMasterKeyId": key})["TopicArn"]
        client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        self.cloudwatch.put_metric_alarm(AlarmName=self.name("lag"), AlarmActions=[topic], **ALARM)
        self.set(self.name("lag"), "ALARM")
        self.assertTrue(eventually(lambda: self.refusals(key)))
        client("kms").put_key_policy(KeyId=key, PolicyName="default", Policy=roles.policy(
            {"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": ["kms:GenerateDataKey*", "kms:Decrypt"], "Resource": "*"}))
        self.set(self.name("lag"), "OK")
        self.set(self.name("lag"), "ALARM")
        self.assertEqual(1, len(self.messages(url)))

    def test_metric_streams(self) -> None:
        stream = {"Name": self.name("stream"), "FirehoseArn": f"arn:aws:firehose:us-east-1:{ACCOUNT}:deliverystream/x",
                  "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/x", "OutputFormat": "json", "IncludeFilters": [{"Namespace": "AWS/RDS"}]}
        arn = self.cloudwatch.put_metric_stream(**stream, Tags=[{"Key": "a", "Value": "b"}])["Arn"]
        found = self.cloudwatch.get_metric_stream(Name=stream["Name"])
        self.assertEqual(("running", stream["IncludeFilters"], arn), (found["State"], found["IncludeFilters"], found["Arn"]))
        self.assertEqual([{"Key": "a", "Value": "b"}], self.cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"])
        self.cloudwatch.stop_metric_streams(Names=[stream["Name"]])
        self.assertEqual("stopped", self.cloudwatch.get_metric_stream(Name=stream["Name"])["State"])
        with self.assertRaises(Exception):
            client("cloudwatch", "us-east-2").get_metric_stream(Name=stream["Name"])
        self.cloudwatch.delete_metric_stream(Name=stream["Name"])
        self.assertNotIn(stream["Name"], [e["Name"] for e in self.cloudwatch.list_metric_streams()["Entries"]])


class JavaHandlerTest(EmulatorTest):
    @classmethod
    def setUpClass(cls) -> None:
        role = roles.make(client, "handler-role", "lambda.amazonaws.com", roles.LOGS)
        cls.functions = client("lambda", "us-east-2")
        cls.arn = cls.functions.create_function(
            FunctionName="failover-lambda-test", Runtime="java21", Handler="drill.Handler::handleRequest", Role=role, Timeout=30,
            Code={"ZipFile": archive(HANDLER)}, Environment={"Variables": {"NAME": "payments"}}, SnapStart={"ApplyOn": "PublishedVersions"},
            LoggingConfig={"LogFormat": "JSON"}, DeadLetterConfig={"TargetArn": f"arn:aws:sqs:us-east-2:{ACCOUNT}:dlq"})["FunctionArn"]

    def test_invocation_runs_the_handler(self) -> None:
        answer = self.functions.invoke(FunctionName=self.arn, Payload=b'{"a":1}', LogType="Tail")
        self.assertEqual({"event": {"a": 1}, "endpoint": endpoint(), "name": "payments"}, json.loads(answer["Payload"].read()))
        self.assertIn("log line of the handler", base64.b64decode(answer["LogResult"]).decode())
        logs = client("logs", "us-east-2").filter_log_events(logGroupName="/aws/lambda/failover-lambda-test")["events"]
        self.assertIn("log line of the handler", [e["message"] for e in logs])

    def test_failure_of_the_handler_is_told(self) -> None:
        answer = self.functions.invoke(FunctionName=self.arn, Payload=b'{"fail":1}')
        self.assertIn("FunctionError", answer)
        self.assertEqual("asked to fail", json.loads(answer["Payload"].read())["errorMessage"])

    def test_an_event_is_answered_before_the_handler_runs(self) -> None:
        began = time.monotonic()
        answer = self.functions.invoke(FunctionName=self.arn, InvocationType="Event", Payload=b'{"later":1}')
        self.assertEqual((202, "$LATEST", b""), (answer["StatusCode"], answer["ExecutedVersion"], answer["Payload"].read()))
        self.assertFalse(any("exitCode" in invocation for invocation in invocations({"later": 1})), f"answered after {time.monotonic() - began} s")
        self.assertEqual([0], eventually(lambda: [i["exitCode"] for i in invocations({"later": 1}) if "exitCode" in i], 60))

    def test_a_dry_run_runs_nothing(self) -> None:
        answer = self.functions.invoke(FunctionName=self.arn, InvocationType="DryRun", Payload=b'{"dry":1}')
        self.assertEqual((204, b""), (answer["StatusCode"], answer["Payload"].read()))
        self.assertEqual([], invocations({"dry": 1}))
        self.refused("ResourceNotFoundException", self.functions.invoke, FunctionName="no-such-function", InvocationType="DryRun")

    def test_the_version_that_is_asked_for_runs(self) -> None:
        version = self.functions.publish_version(FunctionName="failover-lambda-test")["Version"]
        self.functions.create_alias(FunctionName="failover-lambda-test", Name="asked", FunctionVersion=version)
        for qualifier, executed in ((version, version), ("asked", version), ("$LATEST", "$LATEST"), (None, "$LATEST")):
            with self.subTest(qualifier):
                event = {"qualifier": f"of the event, not of the call: {qualifier}"}
                answer = self.functions.invoke(FunctionName="failover-lambda-test", Payload=json.dumps(event),
                                               **({"Qualifier": qualifier} if qualifier else {}))
                self.assertEqual(executed, answer["ExecutedVersion"])
                self.assertEqual([executed], [invocation["version"] for invocation in invocations(event)])
        self.refused("ResourceNotFoundException", self.functions.invoke, FunctionName="failover-lambda-test", Qualifier="99")

    def test_an_event_is_json(self) -> None:
        for kind in ("Event", "RequestResponse"):
            self.refused("InvalidRequestContentException", self.functions.invoke, FunctionName=self.arn, InvocationType=kind, Payload=b"{")

    def test_event_rule_runs_the_handler(self) -> None:
        events = client("events", "us-east-2")
        events.put_rule(Name="to-handler", EventPattern=json.dumps({"source": ["drill"]}))
        events.put_targets(Rule="to-handler", Targets=[{"Id": "f", "Arn": self.arn}])
        events.put_events(Entries=[{"Source": "drill", "DetailType": "x", "Detail": '{"n":6}'}])
        self.assertTrue(eventually(lambda: "DENIED: events.amazonaws.com: lambda:InvokeFunction" in log()))
        self.assertEqual([], caused_by({"n": 6}))
        self.functions.add_permission(FunctionName="failover-lambda-test", StatementId="rule", Action="lambda:InvokeFunction",
                                      Principal="events.amazonaws.com", SourceArn=f"arn:aws:events:us-east-2:{ACCOUNT}:rule/to-handler")
        events.put_events(Entries=[{"Source": "drill", "DetailType": "x", "Detail": '{"n":7}'}])

        self.assertEqual([0], [i["exitCode"] for i in eventually(lambda: [i for i in caused_by({"n": 7}) if "exitCode" in i])])

    def test_alarm_of_another_region_wakes_the_published_version(self) -> None:
        version = self.functions.publish_version(FunctionName="failover-lambda-test")["Version"]
        alias = self.functions.create_alias(FunctionName="failover-lambda-test", Name="live", FunctionVersion=version)["AliasArn"]
        here, there = client("events", "us-east-1"), client("events", "us-east-2")
        bus = there.create_event_bus(Name="failover-test")["EventBusArn"]
        pattern = json.dumps({"source": ["aws.cloudwatch"], "detail": {"alarmName": [{"suffix": "-wake"}], "state": {"value": ["ALARM"]}}})
        for events, name, target in ((here, "default", bus), (there, "failover-test", alias)):
            events.put_rule(Name="wake", EventBusName=name, EventPattern=pattern)
            events.put_targets(Rule="wake", EventBusName=name, Targets=[{"Id": "t", "Arn": target}])
        self.functions.add_permission(FunctionName="failover-lambda-test", Qualifier="live", StatementId="alarm", Action="lambda:InvokeFunction",
                                      Principal="events.amazonaws.com", SourceArn=f"arn:aws:events:us-east-2:{ACCOUNT}:rule/failover-test/wake")
        cloudwatch = client("cloudwatch", "us-east-1")
        for name in ("no-wake", "no-wake-up"):
            cloudwatch.put_metric_alarm(AlarmName=name, **ALARM)
            cloudwatch.set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="drill")

        def seen() -> list[dict[str, Any]]:
            with urllib.request.urlopen(f"{endpoint()}/emulator/invocations") as response:
                return [i for i in json.load(response)
                        if isinstance(i["event"], dict) and i["event"].get("source") == "aws.cloudwatch" and "exitCode" in i]
        self.assertEqual([("us-east-2", version, "no-wake")],
                         [(i["region"], i["version"], i["event"]["detail"]["alarmName"]) for i in eventually(seen, 60)])

    def test_settings_are_read_back(self) -> None:
        found = self.functions.get_function_configuration(FunctionName="failover-lambda-test")
        self.assertEqual(("PublishedVersions", "JSON", f"arn:aws:sqs:us-east-2:{ACCOUNT}:dlq"),
                         (found["SnapStart"]["ApplyOn"], found["LoggingConfig"]["LogFormat"], found["DeadLetterConfig"]["TargetArn"]))
