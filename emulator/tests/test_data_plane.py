"""Traffic that moves: one emulator with the data plane, an application in both Regions, a zone, and a function in each Region."""
from __future__ import annotations

import functools
import itertools
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPMessage, RemoteDisconnected
from pathlib import Path
from typing import Any

import boto3
import fleet
import roles
from botocore.exceptions import ClientError, ConnectionClosedError
from instance import ACCOUNT, Emulator, EmulatorTest, eventually, gone
from java_function import archive

HERE, THERE, WITNESS = "us-east-1", "us-east-2", "us-west-2"
AWS = Emulator(Path(__file__).parent, LOCAL_AWS_DATA_PLANE="on", LOCAL_AWS_LAMBDA="java",
               LOCAL_AWS_APPLICATION=f"'{sys.executable}' application.py")
NUMBER = itertools.count()
SLEEPER = """
package drill;
public class Handler {
    public String handleRequest(String event) throws Exception {
        if (event.contains("sleep")) Thread.sleep(60_000);
        if (!event.contains("url")) return event;
        var url = new java.net.URL(event.replaceAll(".*\\"url\\": *\\"([^\\"]+)\\".*", "$1"));
        return "\\"" + ((java.net.HttpURLConnection) url.openConnection()).getResponseCode() + "\\"";
    }
}
"""


def tell(method: str, path: str) -> Any:
    """Faster than its command."""
    with urllib.request.urlopen(urllib.request.Request(f"{AWS.endpoint()}/emulator/{path}", method=method)) as answer:
        return json.load(answer)


def status() -> dict[str, Any]:
    found: dict[str, Any] = tell("GET", "status")
    return found


def fetch(host: str, path: str = "/", proxy: str = "", method: str = "GET", body: bytes | None = None,
          **headers: str) -> tuple[int, bytes, HTTPMessage]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": proxy or AWS.endpoint()}))
    request = urllib.request.Request(f"http://{host}{path}", body, {name.replace("_", "-"): value for name, value in headers.items()}, method=method)
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read(), refusal.headers


def invocations(function: str) -> list[dict[str, Any]]:
    return [one for one in tell("GET", "invocations") if one["function"] == function]


@functools.cache
def fleets() -> dict[str, fleet.Fleet]:
    return {region: fleet.make(AWS.client, region, "payments", 2, HealthCheckPath="/health.html", HealthCheckIntervalSeconds=5,
                               HealthCheckTimeoutSeconds=2, UnhealthyThresholdCount=2) for region in (HERE, THERE)}


class DataPlaneTest(EmulatorTest):
    fleets: dict[str, fleet.Fleet]

    @classmethod
    def setUpClass(cls) -> None:
        cls.fleets = fleets()
        for region in cls.fleets:
            assert eventually(lambda: cls.answers(region))

    @classmethod
    def answers(cls, region: str) -> bool:
        return fetch(cls.fleets[region].balancer)[0] == 200

    def fault(self, region: str, kind: str) -> None:
        tell("PUT", f"faults/{region}/{kind}")
        self.addCleanup(self.repair, region, kind)

    def repair(self, region: str, kind: str) -> None:
        if kind in status()["faults"].get(region, ()):
            tell("DELETE", f"faults/{region}/{kind}")
        self.assertTrue(region not in self.fleets or eventually(lambda: self.answers(region)))

    def unanswered(self, region: str, **how: str) -> None:
        with self.assertRaises(RemoteDisconnected):
            fetch(self.fleets[region].balancer, **how)

    def endpoint_in(self, region: str) -> str:
        """The endpoint of what runs in a Region."""
        return str(json.loads(fetch(self.fleets[region].balancer)[1])["environment"]["AWS_ENDPOINT_URL"])


class ForwardingTest(DataPlaneTest):
    def test_request_and_answer_pass_whole(self) -> None:
        code, body, headers = fetch(self.fleets[HERE].balancer, "/payments/a%20b?x=1&y=", method="POST", body=b'{"amount":1}',
                                    Idempotency_Key="k-1", Content_Type="application/json", Proxy_Authorization="secret")
        told = json.loads(body)
        self.assertEqual((201, HERE, None), (code, headers["Served-By-Region"], headers["Keep-Alive"]))
        self.assertEqual(("POST", "/payments/a%20b?x=1&y=", '{"amount":1}'), (told["method"], told["target"], told["body"]))
        sent = {name.lower(): value for name, value in told["headers"].items()}
        self.assertEqual(("k-1", "application/json", "127.0.0.1", self.fleets[HERE].balancer),
                         tuple(sent[name] for name in ("idempotency-key", "content-type", "x-forwarded-for", "host")))
        self.assertNotIn("proxy-authorization", sent)

    def test_answers_of_the_application_are_its_own(self) -> None:
        self.assertEqual(404, fetch(self.fleets[THERE].balancer, "/none")[0])
        code, body, headers = fetch(self.fleets[THERE].balancer, method="HEAD")
        self.assertEqual((200, b"", THERE), (code, body, headers["Served-By-Region"]))

    def test_environment_of_the_application(self) -> None:
        told = json.loads(fetch(self.fleets[THERE].balancer)[1])["environment"]
        databases = AWS.home / "databases"
        self.assertEqual((THERE, str(databases / "root.crt")), (told["AWS_REGION"], told["PGSSLROOTCERT"]))
        self.assertIn(f"-Djdk.net.hosts.file={databases / 'hosts'}", told["JAVA_TOOL_OPTIONS"])
        sts = boto3.client("sts", region_name=THERE, endpoint_url=told["AWS_ENDPOINT_URL"], aws_access_key_id=told["AWS_ACCESS_KEY_ID"],
                           aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"], aws_session_token=told["AWS_SESSION_TOKEN"])
        self.assertRegex(sts.get_caller_identity()["Arn"], rf"^arn:aws:sts::{ACCOUNT}:assumed-role/fleet-{THERE}-payments/i-[0-9a-f]+$")

    def test_name_of_a_record_leads_to_it(self) -> None:
        dns = AWS.client("route53")
        zone = dns.create_hosted_zone(Name="forward.example.com", CallerReference="forward")["HostedZone"]["Id"]
        dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": {
            "Name": "pay.forward.example.com", "Type": "CNAME", "TTL": 20, "ResourceRecords": [{"Value": self.fleets[THERE].balancer}]}}]})
        self.assertEqual(THERE, fetch("pay.forward.example.com")[2]["Served-By-Region"])

    def test_process_that_dies_is_started_again(self) -> None:
        before = status()["applications"][HERE]
        os.kill(before["pid"], signal.SIGKILL)
        self.assertTrue(eventually(lambda: fetch(self.fleets[HERE].balancer)[0] == 502, 2))
        self.assertTrue(eventually(lambda: self.answers(HERE)))
        after = status()["applications"][HERE]
        self.assertEqual(before["starts"] + 1, after["starts"])
        self.assertNotEqual(before["pid"], after["pid"])
        self.assertIn(f"APPLICATION: {HERE}: ended with code -9", AWS.log())
        self.assertIn("GET / HTTP/1.1", (AWS.home / f"application-{HERE}.log").read_text())

    def test_fleet_of_zero_has_no_process(self) -> None:
        process = status()["applications"][THERE]["pid"]
        group = self.fleets[THERE].group
        AWS.client("autoscaling", THERE).set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=0)
        self.assertEqual(503, fetch(self.fleets[THERE].balancer)[0])
        self.assertTrue(eventually(lambda: gone(process)))
        self.assertNotIn(THERE, status()["applications"])
        AWS.client("autoscaling", THERE).set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=2)
        self.assertTrue(eventually(lambda: self.answers(THERE)))


class FaultTest(DataPlaneTest):
    def test_lost_region_does_not_answer_and_its_process_gone(self) -> None:
        process = status()["applications"][HERE]["pid"]
        self.fault(HERE, "region-lost")
        self.unanswered(HERE)
        self.assertTrue(eventually(lambda: gone(process)))
        self.assertEqual(200, fetch(self.fleets[THERE].balancer)[0])
        self.assertIn(HERE, status()["refusedRequests"])
        tell("DELETE", f"faults/{HERE}/region-lost")
        self.assertTrue(eventually(lambda: self.answers(HERE)))

    def test_control_plane_refuses_its_own_calls_only(self) -> None:
        self.fault(HERE, "control-plane")
        for service, region in (("autoscaling", HERE), ("route53", THERE)):
            with self.subTest(service=service), self.assertRaises(ConnectionClosedError):
                AWS.client(service, region).get_paginator({"autoscaling": "describe_auto_scaling_groups", "route53": "list_hosted_zones"}[
                    service]).paginate().build_full_result()
        AWS.client("autoscaling", THERE).describe_auto_scaling_groups()
        self.assertEqual(200, fetch(self.fleets[HERE].balancer)[0])

    def test_fleet(self) -> None:
        elb, group = AWS.client("elbv2", HERE), self.fleets[HERE].target_group
        process = status()["applications"][HERE]["pid"]
        self.fault(HERE, "fleet")
        self.assertEqual(503, fetch(self.fleets[HERE].balancer)[0])
        self.assertTrue(eventually(lambda: gone(process)))
        self.assertEqual({"unhealthy"}, {t["TargetHealth"]["State"] for t in elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]})
        AWS.client("sts", HERE).get_caller_identity()

    def test_gray(self) -> None:
        self.fault(HERE, "gray")
        self.assertEqual(3, [fetch(self.fleets[HERE].balancer)[0] for _ in range(10)].count(503))
        self.assertEqual({200}, {fetch(self.fleets[THERE].balancer)[0] for _ in range(10)})

    def test_slow(self) -> None:
        self.fault(HERE, "slow")
        began = time.monotonic()
        self.assertEqual(200, fetch(self.fleets[HERE].balancer)[0])
        self.assertGreaterEqual(time.monotonic() - began, 3)

    def test_partition_holds_up_what_runs_in_the_other_region_only(self) -> None:
        for region, other in ((HERE, THERE), (THERE, HERE)):
            place = {} if region == HERE else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            AWS.client("s3", region).create_bucket(Bucket=f"cut-{region}", **place)
        proxies = {region: self.endpoint_in(region) for region in (HERE, THERE)}
        self.fault(THERE, "partition")
        for region, other in ((HERE, THERE), (THERE, HERE)):
            with self.subTest(region):
                self.assertEqual(200, fetch(self.fleets[region].balancer)[0], "customers")
                self.assertEqual(200, fetch(self.fleets[region].balancer, proxy=proxies[region])[0])
                self.unanswered(region, proxy=proxies[other])
                AWS.client("s3", region, proxies[region]).head_bucket(Bucket=f"cut-{region}")
                with self.assertRaises(ConnectionClosedError):
                    AWS.client("s3", other, proxies[other]).head_bucket(Bucket=f"cut-{region}")
        tell("DELETE", f"faults/{HERE}/partition")
        self.assertEqual(200, fetch(self.fleets[HERE].balancer, proxy=proxies[THERE])[0])

    def reached(self, region: str, service_region: str) -> bool:
        """Whether what runs in a Region gets an answer from DynamoDB of another, without waiting or trying again."""
        try:
            AWS.client("dynamodb", service_region, self.endpoint_in(region)).list_tables()
            return True
        except ConnectionClosedError:
            return False

    def ways(self) -> dict[str, str]:
        """The Regions that each Region's processes reach, the third one among them."""
        return {region: " ".join(other for other in (HERE, THERE, WITNESS) if self.reached(region, other)) for region in (HERE, THERE)}

    def test_third_region_is_reached_by_both_unless_it_or_they_are_cut_off(self) -> None:
        everything = f"{HERE} {THERE} {WITNESS}"
        self.assertEqual({HERE: everything, THERE: everything}, self.ways())
        for region, kind, here, there in ((WITNESS, "region-lost", f"{HERE} {THERE}", f"{HERE} {THERE}"),
                                          (WITNESS, "isolation", f"{HERE} {THERE}", f"{HERE} {THERE}"),
                                          (HERE, "partition", f"{HERE} {WITNESS}", f"{THERE} {WITNESS}"),
                                          (HERE, "isolation", HERE, f"{THERE} {WITNESS}"),
                                          (THERE, "isolation", f"{HERE} {WITNESS}", THERE)):
            with self.subTest(f"{region} {kind}"):
                self.fault(region, kind)
                self.assertEqual({HERE: here, THERE: there}, self.ways())
                tell("DELETE", f"faults/{region}/{kind}")
                self.assertEqual({HERE: everything, THERE: everything}, self.ways())

    def test_isolation_holds_up_no_customer(self) -> None:
        self.fault(HERE, "isolation")
        self.assertEqual(200, fetch(self.fleets[HERE].balancer)[0], "customers")
        self.assertEqual(200, fetch(self.fleets[THERE].balancer, proxy=self.endpoint_in(THERE))[0])
        self.unanswered(HERE, proxy=self.endpoint_in(THERE))

    def test_wrong_ones_are_told(self) -> None:
        self.assertIn("kind of fault must be one of region-lost, control-plane", AWS.command("fault", HERE, "grey", status=1))
        self.assertIn("Region must be one of", AWS.command("fault", "us-east-9", "gray", status=1))
        self.assertIn("fault to repair must be there, got 'us-east-1 gray', there: none", AWS.command("repair", HERE, "gray", status=1))
        self.assertIn("function to kill must be running, got 'nobody'", AWS.command("kill-function", "nobody", status=1))

    def test_start_tells_what_is_broken(self) -> None:
        self.assertIn(f"{THERE} has the fault gray", AWS.command("fault", THERE, "gray"))
        self.addCleanup(AWS.command, "repair", THERE, "gray")
        self.assertIn(f"{THERE} has the fault gray until emulator/local-aws repair {THERE} gray", AWS.command("start"))


class HealthTest(DataPlaneTest):
    def targets(self, region: str) -> set[str]:
        found = AWS.client("elbv2", region).describe_target_health(TargetGroupArn=self.fleets[region].target_group)
        return {target["TargetHealth"]["State"] for target in found["TargetHealthDescriptions"]}

    def assert_targets(self, state: str, region: str, seconds: float) -> None:
        eventually(lambda: self.targets(region) == {state}, seconds)
        self.assertEqual({state}, self.targets(region))

    def well(self, check: str) -> bool:
        seen = AWS.client("route53").get_health_check_status(HealthCheckId=check)["HealthCheckObservations"]
        return all(s["StatusReport"]["Status"].startswith("Success") for s in seen)

    def check(self, **config: Any) -> str:
        made = AWS.client("route53").create_health_check(CallerReference=f"health-{next(NUMBER)}", HealthCheckConfig=config)["HealthCheck"]["Id"]
        self.addCleanup(AWS.client("route53").delete_health_check, HealthCheckId=made)
        return str(made)

    def endpoint_check(self, region: str) -> str:
        return self.check(Type="HTTPS", FullyQualifiedDomainName=self.fleets[region].balancer, Port=443, ResourcePath="/healthz/payments",
                          RequestInterval=10, FailureThreshold=1)

    def test_sick_application_is_seen_by_targets_and_checkers_in_time(self) -> None:
        sick = AWS.home / f"sick-{HERE}"
        self.addCleanup(sick.unlink, missing_ok=True)
        self.assert_targets("healthy", HERE, 45)   # five looks, 5 s apart, after a test that made them unhealthy
        own, other = self.endpoint_check(HERE), self.endpoint_check(THERE)
        hold = self.check(Type="HTTPS", FullyQualifiedDomainName=f"no-latch.s3.{THERE}.amazonaws.com", ResourcePath="/latch/dr-active",
                          RequestInterval=10, FailureThreshold=2)
        any_of = self.check(Type="CALCULATED", ChildHealthChecks=[own, hold], HealthThreshold=1, Inverted=True)
        zone = AWS.client("route53").create_hosted_zone(Name="health.example.com", CallerReference="health")["HostedZone"]["Id"]
        for role, text, health in (("PRIMARY", '"up"', {"HealthCheckId": own}), ("SECONDARY", '"down"', {})):
            AWS.client("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": {
                "Name": "ext.health.example.com", "Type": "TXT", "TTL": 5, "SetIdentifier": role, "Failover": role,
                "ResourceRecords": [{"Value": text}], **health}}]})
        time.sleep(1)
        self.assertEqual((True, True, True, False), tuple(map(self.well, (own, other, hold, any_of))), "hold has missed once, of two")
        sick.touch()
        self.assertTrue(self.well(own), "nobody has looked yet")
        self.assertEqual(['"up"'], self.signal(zone))
        self.assertTrue(eventually(lambda: not self.well(own), 11))
        self.assertEqual(['"down"'], self.signal(zone))
        self.assertTrue(eventually(lambda: not self.well(hold), 11))
        self.assertEqual((True, True), (self.well(other), self.well(any_of)))
        self.assert_targets("unhealthy", HERE, 11)
        sick.unlink()
        self.assertTrue(eventually(lambda: self.well(own), 11))
        self.assertEqual(['"up"'], self.signal(zone))

    def signal(self, zone: str) -> list[str]:
        found: list[str] = AWS.client("route53").test_dns_answer(HostedZoneId=zone, RecordName="ext.health.example.com", RecordType="TXT")["RecordData"]
        return found

    def test_mistaken_checkers(self) -> None:
        self.fault(HERE, "checkers")
        bucket = AWS.client("s3", HERE)
        bucket.create_bucket(Bucket="latch-here")
        bucket.put_object(Bucket="latch-here", Key="latch/dr-active", Body=b"1")
        latch = self.check(Type="HTTPS", FullyQualifiedDomainName=f"latch-here.s3.{HERE}.amazonaws.com", ResourcePath="/latch/dr-active",
                           RequestInterval=10, FailureThreshold=1)
        own, other = self.endpoint_check(HERE), self.endpoint_check(THERE)
        self.assertTrue(eventually(lambda: not self.well(own), 5))
        self.assertEqual((True, True, 200), (self.well(other), self.well(latch), fetch(self.fleets[HERE].balancer)[0]))

    def test_target_is_initial_until_it_answers(self) -> None:
        self.fault(THERE, "fleet")
        tell("DELETE", f"faults/{THERE}/fleet")
        self.assertEqual({"initial"}, self.targets(THERE))
        self.assert_targets("healthy", THERE, 11)


class ScheduleTest(DataPlaneTest):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        code = archive(SLEEPER)
        role = roles.make(AWS.client, "sleeper", "lambda.amazonaws.com", roles.LOGS, roles.allow(
            "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"))
        for region, name in ((HERE, f"sleeper-{HERE}"), (THERE, f"sleeper-{THERE}"), (THERE, "crowded"), (THERE, "woken")):
            functions = AWS.client("lambda", region)
            AWS.client("sqs", region).create_queue(QueueName=f"{name}-failures")
            functions.create_function(FunctionName=name, Runtime="java21", Handler="drill.Handler::handleRequest", Role=role, Timeout=90,
                                      Code={"ZipFile": code}, DeadLetterConfig={"TargetArn": f"arn:aws:sqs:{region}:{ACCOUNT}:{name}-failures"})
            version = functions.publish_version(FunctionName=name)["Version"]
            functions.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
            functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=2)
            functions.put_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=0)
        cls.scheduler = roles.make(AWS.client, "wakes-sleepers", "scheduler.amazonaws.com", roles.allow("lambda:InvokeFunction", on="arn:aws:lambda:*:*:function:*:live"))

    def failures(self, region: str, name: str) -> list[dict[str, Any]]:
        """Messages in its failure queue, each once."""
        sqs = AWS.client("sqs", region)
        found: list[dict[str, Any]] = sqs.receive_message(QueueUrl=sqs.get_queue_url(QueueName=f"{name}-failures")["QueueUrl"], MaxNumberOfMessages=10,
                                                          MessageAttributeNames=["All"]).get("Messages", [])
        return found

    def schedule(self, region: str, name: str, **target: str) -> None:
        AWS.client("scheduler", region).create_schedule(
            Name=name, ScheduleExpression="rate(1 minute)", FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": f"arn:aws:lambda:{region}:123456789012:function:sleeper-{region}:live", "RoleArn": self.scheduler, **target})
        self.addCleanup(AWS.client("scheduler", region).delete_schedule, Name=name)

    def event(self, region: str, event: dict[str, Any], name: str = "") -> None:
        AWS.client("lambda", region).invoke(FunctionName=name or f"sleeper-{region}", Qualifier="live", InvocationType="Event", Payload=json.dumps(event))

    def running(self, region: str) -> list[dict[str, Any]]:
        return [one for one in invocations(f"sleeper-{region}") if one["running"]]

    def test_kill_throttle_and_fire_again(self) -> None:
        region = THERE
        for name in ("a", "b"):
            self.event(region, {"sleep": name})
        self.assertTrue(eventually(lambda: len(self.running(region)) == 2), "two run at once")
        self.event(region, {"n": 3})
        self.assertTrue(eventually(lambda: "THROTTLED" in AWS.log()))
        with self.assertRaises(AWS.client("lambda").exceptions.TooManyRequestsException):
            AWS.client("lambda", region).invoke(FunctionName=f"sleeper-{region}")
        self.assertIn("killed 2", AWS.command("kill-function", f"sleeper-{region}"))
        self.assertTrue(eventually(lambda: [one for one in invocations(f"sleeper-{region}") if one["event"] == {"n": 3} and one.get("exitCode") == 0], 130),
                        f"what was throttled is tried again: {invocations(f'sleeper-{region}')}")
        self.assertEqual([({"sleep": "a"}, "RetriesExhausted"), ({"sleep": "b"}, "RetriesExhausted")],
                         sorted(((json.loads(kept["Body"]), kept["MessageAttributes"]["ErrorMessage"]["StringValue"])
                                 for kept in self.failures(region, f"sleeper-{region}")), key=str))
        killed = invocations(f"sleeper-{region}")[:2]
        self.assertEqual([(-9, True, "Runtime.ExitError")] * 2, [(k["exitCode"], k["killed"], json.loads(k["output"])["errorType"]) for k in killed])
        self.schedule(region, "d")
        fired = eventually(lambda: [one["event"] for one in invocations(f"sleeper-{region}") if "source" in one["event"] and one.get("exitCode") == 0], 30)
        self.assertEqual(("aws.scheduler", "Scheduled Event"), (fired[0]["source"], fired[0]["detail-type"]))

    def test_events_that_find_no_room_while_they_may_wait_are_failures(self) -> None:
        functions = AWS.client("lambda", THERE)
        functions.delete_function_event_invoke_config(FunctionName="crowded")
        functions.put_function_event_invoke_config(FunctionName="crowded", MaximumRetryAttempts=0, MaximumEventAgeInSeconds=60)
        for name in "abcde":
            self.event(THERE, {"sleep": name}, "crowded")
        kept: list[str] = []

        def all_kept() -> bool:
            kept.extend(message["MessageAttributes"]["ErrorMessage"]["StringValue"] for message in self.failures(THERE, "crowded"))
            return len(kept) >= 3
        self.assertTrue(eventually(all_kept, 60), kept)
        self.assertEqual(["EventAgeExceeded"] * 3, kept)
        AWS.command("kill-function", "crowded")

    def test_storm_of_alarms_runs_one_at_a_time_and_fails_nothing(self) -> None:
        sqs, events, cloudwatch = (AWS.client(service, THERE) for service in ("sqs", "events", "cloudwatch"))
        queue = f"arn:aws:sqs:{THERE}:{ACCOUNT}:alarms.fifo"
        policy = roles.policy({"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": queue})
        sqs.create_queue(QueueName="alarms.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true", "VisibilityTimeout": "90",
                                                              "Policy": policy})
        mapping = AWS.client("lambda", THERE).create_event_source_mapping(
            EventSourceArn=queue, FunctionName=f"arn:aws:lambda:{THERE}:{ACCOUNT}:function:woken:live", BatchSize=10)
        self.addCleanup(AWS.client("lambda", THERE).delete_event_source_mapping, UUID=mapping["UUID"])
        events.put_rule(Name="storm", EventPattern=json.dumps({"source": ["aws.cloudwatch"], "detail": {"alarmName": [{"prefix": "sleep-"}]}}))
        events.put_targets(Rule="storm", Targets=[{"Id": "q", "Arn": queue, "SqsParameters": {"MessageGroupId": "alarms"}}])
        for number in range(20):
            cloudwatch.put_metric_alarm(AlarmName=f"sleep-{number}", Namespace="n", MetricName="m", Statistic="Maximum", Period=60, EvaluationPeriods=1,
                                        Threshold=1, ComparisonOperator="GreaterThanThreshold")
            cloudwatch.set_alarm_state(AlarmName=f"sleep-{number}", StateValue="ALARM", StateReason="drill")
        self.assertTrue(eventually(lambda: invocations("woken")))
        one, = invocations("woken")
        self.assertTrue(json.loads(one["event"]["Records"][0]["body"])["detail"]["alarmName"].startswith("sleep-"))

        self.assertIn("killed 1", AWS.command("kill-function", "woken"))
        self.assertTrue(eventually(lambda: not [one for one in invocations("woken") if one["running"]]))
        self.assertEqual([], self.failures(THERE, "woken"), "what alarms cause is no failure of a start")

    def test_queue_that_hides_messages_too_short_is_refused(self) -> None:
        AWS.client("sqs", THERE).create_queue(QueueName="short.fifo", Attributes={"FifoQueue": "true"})
        with self.assertRaisesRegex(ClientError, "Queue visibility timeout: 30 seconds is less than Function timeout: 90 seconds"):
            AWS.client("lambda", THERE).create_event_source_mapping(EventSourceArn=f"arn:aws:sqs:{THERE}:{ACCOUNT}:short.fifo", FunctionName="woken")

    def test_a_schedule_wakes_what_its_role_may(self) -> None:
        powerless = roles.make(AWS.client, "wakes-nobody", "scheduler.amazonaws.com")
        untrusting = roles.make(AWS.client, "wakes-for-others", "lambda.amazonaws.com", roles.allow("lambda:InvokeFunction"))
        for number, role in enumerate((powerless, untrusting)):
            self.schedule(HERE, f"refused-{number}", RoleArn=role, Input='{"n": "refused"}')
            self.assertTrue(eventually(lambda: f"{role.rpartition('/')[2]}" in "".join(line for line in AWS.log().splitlines() if "DENIED: " in line)))
        self.assertEqual([], [one for one in invocations(f"sleeper-{HERE}") if one["event"] == {"n": "refused"}])

    def test_region_that_is_lost_stops_its_functions(self) -> None:
        self.schedule(HERE, "own", Input='{"sleep": "here"}')
        self.assertTrue(eventually(lambda: self.running(HERE)))
        self.fault(HERE, "region-lost")
        self.assertTrue(eventually(lambda: not self.running(HERE)))
        self.assertEqual(-9, invocations(f"sleeper-{HERE}")[-1]["exitCode"])

    def test_partition_holds_up_a_function(self) -> None:
        def ask(region: str) -> Any:
            answer = AWS.client("lambda", THERE).invoke(FunctionName=f"sleeper-{THERE}", Payload=json.dumps({"url": f"http://{self.fleets[region].balancer}/"}))
            return json.loads(answer["Payload"].read())
        self.assertEqual("200", ask(HERE))
        self.fault(HERE, "partition")
        self.assertEqual("200", ask(THERE))
        self.assertEqual("java.net.SocketException", ask(HERE)["errorType"])
