from __future__ import annotations

import itertools
import socket
import struct
import urllib.error
import urllib.request
from typing import Any

import fleet
from instance import EmulatorTest, client, endpoint

NUMBER = itertools.count()
A, CNAME, TXT = 1, 5, 16


def labels(name: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def question(server: str, name: str, kind: int) -> tuple[int, list[tuple[int, int, bytes]]]:
    """Return code, and kind, TTL and data of each answer."""
    host, port = server.split(":")
    asked = labels(name) + struct.pack(">HH", kind, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client_socket:
        client_socket.settimeout(5)
        client_socket.sendto(struct.pack(">HHHHHH", 7, 0, 1, 0, 0, 0) + asked, (host, int(port)))
        message = client_socket.recv(512)
    number, flags, questions, count = struct.unpack(">HHHH", message[:8])
    assert (number, questions, message[12:12 + len(asked)]) == (7, 1, asked), message
    answers, at = [], 12 + len(asked)
    for _ in range(count):
        pointer, answered, _, ttl, length = struct.unpack(">HHHIH", message[at:at + 12])
        assert pointer == 0xC00C, message
        answers.append((answered, ttl, message[at + 12:at + 12 + length]))
        at += 12 + length
    return flags & 15, answers


def fetch(host: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": endpoint()}))
    try:
        with opener.open(f"http://{host}/healthz/payments", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code


class HealthTest(EmulatorTest):
    def setUp(self) -> None:
        self.number = next(NUMBER)
        self.dns = client("route53")

    def check(self, **config: Any) -> str:
        made = self.dns.create_health_check(CallerReference=f"{self._testMethodName[:50]}-{next(NUMBER)}", HealthCheckConfig=config)
        return str(made["HealthCheck"]["Id"])

    def well(self, check: str) -> bool:
        seen = self.dns.get_health_check_status(HealthCheckId=check)["HealthCheckObservations"]
        return all(s["StatusReport"]["Status"].startswith("Success") for s in seen)

    def latch(self, bucket: str) -> tuple[str, str]:
        child = self.check(Type="HTTPS", FullyQualifiedDomainName=f"{bucket}.s3.us-east-2.amazonaws.com", ResourcePath="/latch/dr-active",
                           Port=443, RequestInterval=10, FailureThreshold=1, EnableSNI=True)
        return child, self.check(Type="CALCULATED", ChildHealthChecks=[child], HealthThreshold=1, Inverted=True)

    def zone(self) -> tuple[str, str]:
        name = f"t{self.number}.example.com"
        return self.dns.create_hosted_zone(Name=name, CallerReference=name)["HostedZone"]["Id"], name

    def record(self, zone: str, **record: Any) -> None:
        self.dns.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]})

    def answer(self, zone: str, name: str, kind: str) -> list[str]:
        found: list[str] = self.dns.test_dns_answer(HostedZoneId=zone, RecordName=name, RecordType=kind)["RecordData"]
        return found

    def fleet(self, region: str, instances: int) -> tuple[str, str]:
        made = fleet.make(client, region, f"t{self.number}", instances)
        return made.balancer, made.group

    def test_load_balancer_follows_its_fleet(self) -> None:
        host, group = self.fleet("us-east-1", 2)
        check = self.check(Type="HTTP", FullyQualifiedDomainName=host, Port=80, ResourcePath="/health.html")
        zone, name = self.zone()
        self.record(zone, Name=f"use1.{name}", Type="CNAME", TTL=20, ResourceRecords=[{"Value": host}])
        by_name = self.check(Type="HTTPS", FullyQualifiedDomainName=f"use1.{name}", Port=443, ResourcePath="/healthz/payments")
        self.assertEqual((True, True), (self.well(check), self.well(by_name)))
        client("autoscaling").set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=0)
        self.assertEqual((False, False), (self.well(check), self.well(by_name)))
        client("autoscaling").set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=2)
        self.assertEqual((True, True), (self.well(check), self.well(by_name)))

    def test_terminated_instances_leave_the_target_group(self) -> None:
        _, name = self.fleet("us-east-1", 3)
        asg, elb = client("autoscaling"), client("elbv2")
        (group,) = asg.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"][0]["TargetGroupARNs"]

        def compare(left: int) -> None:
            fleet = asg.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"][0]["Instances"]
            health = elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
            self.assertEqual(left, len(fleet))
            self.assertEqual({i["InstanceId"]: "healthy" for i in fleet}, {t["Target"]["Id"]: t["TargetHealth"]["State"] for t in health})
        compare(3)
        asg.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=1)
        compare(1)
        asg.update_auto_scaling_group(AutoScalingGroupName=name, DesiredCapacity=0)
        compare(0)
        asg.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=2)
        compare(2)
        asg.update_auto_scaling_group(AutoScalingGroupName=name, MinSize=0, MaxSize=0, DesiredCapacity=0)
        compare(0)

    def test_latch_object_moves_traffic(self) -> None:
        bucket, s3 = f"dr-latch-t{self.number}", client("s3", "us-east-2")
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        child, active = self.latch(bucket)
        zone, name = self.zone()
        for role, target in (("PRIMARY", "alb-use1.example.com"), ("SECONDARY", "alb-use2.example.com")):
            self.record(zone, Name=f"pay.{name}", Type="CNAME", TTL=20, SetIdentifier=role, Failover=role,
                        ResourceRecords=[{"Value": target}], **({"HealthCheckId": active} if role == "PRIMARY" else {}))
        self.assertEqual((False, True), (self.well(child), self.well(active)))
        self.assertEqual(["alb-use1.example.com"], self.answer(zone, f"pay.{name}", "CNAME"))
        s3.put_object(Bucket=bucket, Key="latch/dr-active", Body=b"1")
        self.assertEqual((True, False), (self.well(child), self.well(active)))
        self.assertEqual(["alb-use2.example.com"], self.answer(zone, f"pay.{name}", "CNAME"))
        s3.delete_object(Bucket=bucket, Key="latch/dr-active")   # leaves a delete marker
        self.assertEqual((False, True), (self.well(child), self.well(active)))

    def test_text_record_of_the_external_signal(self) -> None:
        host, group = self.fleet("us-east-2", 1)
        check = self.check(Type="HTTPS", FullyQualifiedDomainName=host, Port=443, ResourcePath="/healthz/payments")
        zone, name = self.zone()
        for role, text in (("PRIMARY", '"up"'), ("SECONDARY", '"down"')):
            self.record(zone, Name=f"ext.{name}", Type="TXT", TTL=5, SetIdentifier=role, Failover=role, ResourceRecords=[{"Value": text}],
                        **({"HealthCheckId": check} if role == "PRIMARY" else {}))
        self.assertEqual(['"up"'], self.answer(zone, f"ext.{name}", "TXT"))
        client("autoscaling", "us-east-2").set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=0)
        self.assertEqual(['"down"'], self.answer(zone, f"ext.{name}", "TXT"))
        self.assertEqual([], self.answer(zone, f"none.{name}", "TXT"))

    def test_name_server_answers_as_the_records_stand(self) -> None:
        host, group = self.fleet("us-east-1", 1)
        check = self.check(Type="HTTPS", FullyQualifiedDomainName=host, Port=443, ResourcePath="/healthz/payments")
        zone, name = self.zone()
        (server,) = self.dns.get_hosted_zone(Id=zone)["DelegationSet"]["NameServers"]
        for role, text, target in (("PRIMARY", '"up"', host), ("SECONDARY", '"down"', "alb-use2.example.com")):
            health = {"HealthCheckId": check} if role == "PRIMARY" else {}
            self.record(zone, Name=f"ext.{name}", Type="TXT", TTL=5, SetIdentifier=role, Failover=role, ResourceRecords=[{"Value": text}], **health)
            self.record(zone, Name=f"pay.{name}", Type="CNAME", TTL=20, SetIdentifier=role, Failover=role, ResourceRecords=[{"Value": target}], **health)

        def ask(owner: str, kind: int) -> tuple[int, list[tuple[int, int, bytes]]]:
            return question(server, owner, kind)
        self.assertEqual((0, [(TXT, 5, b"\x02up")]), ask(f"EXT.{name}", TXT))
        self.assertEqual((0, [(CNAME, 20, labels(host))]), ask(f"pay.{name}", A), "a resolver follows it")
        client("autoscaling").set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=0)
        self.assertEqual((0, [(TXT, 5, b"\x04down")]), ask(f"ext.{name}", TXT))
        self.assertEqual((0, [(CNAME, 20, labels("alb-use2.example.com"))]), ask(f"pay.{name}", CNAME))
        self.assertEqual((0, []), ask(f"ext.{name}", A), "the name exists")
        self.assertEqual((3, []), ask(f"none.{name}", TXT))
        self.assertEqual((5, []), ask("example.org", TXT))

    def test_clients_reach_load_balancers_through_the_emulator_as_proxy(self) -> None:
        host, group = self.fleet("us-east-1", 1)
        zone, name = self.zone()
        self.record(zone, Name=f"pay.{name}", Type="CNAME", TTL=20, ResourceRecords=[{"Value": host}])
        self.assertEqual((200, 200), (fetch(host), fetch(f"pay.{name}")))
        client("autoscaling").set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=0)
        self.assertEqual((503, 503), (fetch(host), fetch(f"pay.{name}")))

    def test_calculated_threshold_and_alarm(self) -> None:
        cloudwatch = client("cloudwatch", "us-east-2")
        alarm = f"lag-t{self.number}"
        cloudwatch.put_metric_alarm(AlarmName=alarm, Namespace="n", MetricName="m", Statistic="Maximum", Period=60, EvaluationPeriods=1,
                                    Threshold=1, ComparisonOperator="GreaterThanThreshold")
        by_alarm = self.check(Type="CLOUDWATCH_METRIC", AlarmIdentifier={"Region": "us-east-2", "Name": alarm},
                              InsufficientDataHealthStatus="Healthy")
        missing = self.check(Type="HTTPS", FullyQualifiedDomainName="no-such.s3.us-east-1.amazonaws.com", ResourcePath="/x")
        both = self.check(Type="CALCULATED", ChildHealthChecks=[by_alarm, missing], HealthThreshold=2)
        one = self.check(Type="CALCULATED", ChildHealthChecks=[by_alarm, missing], HealthThreshold=1)
        self.assertEqual((True, False, True), (self.well(by_alarm), self.well(both), self.well(one)))
        cloudwatch.set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="test")
        self.assertEqual((False, False), (self.well(by_alarm), self.well(one)))
        config = self.dns.get_health_check(HealthCheckId=by_alarm)["HealthCheck"]["HealthCheckConfig"]
        self.assertEqual({"Region": "us-east-2", "Name": alarm}, config["AlarmIdentifier"])

    def test_zone_made_with_a_network_is_private(self) -> None:
        vpc = client("ec2").create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
        made = self.dns.create_hosted_zone(Name="payments.internal", CallerReference=self.id(), VPC={"VPCRegion": "us-east-1", "VPCId": vpc})
        found = self.dns.get_hosted_zone(Id=made["HostedZone"]["Id"])
        self.assertTrue(found["HostedZone"]["Config"]["PrivateZone"])
        self.assertEqual([vpc], [v["VPCId"] for v in found["VPCs"]])
