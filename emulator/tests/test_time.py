"""What takes time on AWS, by switch: LOCAL_AWS_SETTLING_SECONDS and LOCAL_AWS_THROTTLE."""
from __future__ import annotations

import io
import unittest
import zipfile
from typing import Any

import roles
from instance import ACCOUNT, Emulator, EmulatorTest, eventually

from local_aws.http.throttling import Throttle
from local_aws.models.call import Sent, call_of
from local_aws.world.past import Past

HERE = "us-east-1"
SETTLING = Emulator(LOCAL_AWS_SETTLING_SECONDS="5", LOCAL_AWS_FAILOVER_SECONDS="0")
THROTTLED = Emulator(LOCAL_AWS_THROTTLE="on")


class PastTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 100.0
        self.past = Past(2, lambda: self.now)

    def test_readers_see_what_was_there_so_many_seconds_ago(self) -> None:
        for moment, before in ((100.0, "a"), (101.0, "b")):
            self.now = moment
            self.past.changing("key", before)
        for moment, seen in ((101.0, "a"), (101.9, "a"), (102.0, "b"), (102.9, "b"), (103.0, "c"), (200.0, "c")):
            self.now = moment
            self.assertEqual(seen, self.past.seen("key", "c"), moment)

    def test_without_seconds_everything_is_seen_at_once(self) -> None:
        past = Past(0, lambda: self.now)
        past.changing("key", "before")
        self.assertEqual(("after", "other"), (past.seen("key", "after"), self.past.seen("another key", "other")))


class ThrottleTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 100.0
        self.throttle = Throttle(lambda: self.now)
        found = call_of("route53", Sent("GET", "/2013-04-01/hostedzone", "", {}, b""))
        assert found is not None
        self.call = found

    def taken(self, region: str = HERE) -> int:
        """Of ten requests at this moment."""
        return sum(self.throttle.refusal_of(self.call, region) is None for _ in range(10))

    def test_as_many_as_the_quota_are_taken_in_a_second(self) -> None:
        self.assertEqual(5, self.taken())
        self.now += 0.4
        self.assertEqual(2, self.taken())
        self.now += 60
        self.assertEqual(5, self.taken())

    def test_the_refusal_has_the_services_own_code(self) -> None:
        self.taken()
        refusal = self.throttle.refusal_of(self.call, HERE)
        assert refusal is not None
        self.assertEqual(("Throttling", "Rate exceeded"), (refusal.code, refusal.message))

    def test_what_has_no_published_quota_is_not_throttled(self) -> None:
        found = call_of("sts", Sent("POST", "/", "", {}, b"Action=GetCallerIdentity&Version=2011-06-15"))
        assert found is not None
        self.assertEqual([None] * 100, [self.throttle.refusal_of(found, HERE) for _ in range(100)])


class SettlingTest(EmulatorTest):
    """Each change is seen late, and seen."""

    client = staticmethod(SETTLING.client)

    def test_a_function_is_pending_before_it_can_be_invoked(self) -> None:
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as zipped:
            zipped.writestr("none", "")
        functions, role = self.client("lambda"), roles.make(self.client, "pending", "lambda.amazonaws.com")

        def made() -> bool:
            try:
                functions.create_function(FunctionName="pending", Runtime="python3.13", Handler="i.h", Role=role, Code={"ZipFile": code.getvalue()})
                return True
            except functions.exceptions.InvalidParameterValueException as refusal:
                self.assertIn("cannot be assumed by Lambda", str(refusal))
                return False
        self.assertFalse(made(), "the role is not there yet")
        self.assertTrue(eventually(made))
        self.active("$LATEST")
        version = functions.publish_version(FunctionName="pending")["Version"]
        self.refused("ResourceConflictException", functions.invoke, FunctionName="pending", Qualifier=version)
        self.active(version)
        self.assertEqual(version, functions.invoke(FunctionName="pending", Qualifier=version)["ExecutedVersion"])

    def active(self, version: str) -> None:
        def state() -> str:
            return str(self.client("lambda").get_function_configuration(FunctionName="pending", Qualifier=version)["State"])
        self.assertEqual("Pending", state())
        self.assertTrue(eventually(lambda: state() == "Active"))

    def test_a_permission_counts_late(self) -> None:
        arn = roles.make(self.client, "late", "ec2.amazonaws.com", roles.allow("ec2:DescribeVpcs"))
        ec2 = roles.session(self.client, SETTLING.endpoint(), arn)("ec2")
        self.refused("UnauthorizedOperation", ec2.describe_vpcs)
        self.assertTrue(eventually(lambda: self.may(ec2)))
        self.client("iam").delete_role_policy(RoleName="late", PolicyName="own")
        ec2.describe_vpcs()
        self.assertTrue(eventually(lambda: not self.may(ec2)))

    def may(self, ec2: Any) -> bool:
        try:
            ec2.describe_vpcs()
            return True
        except ec2.exceptions.ClientError:
            return False

    def test_a_change_of_dns_is_pending(self) -> None:
        route53 = self.client("route53")
        zone = route53.create_hosted_zone(Name="late.example", CallerReference="1")["HostedZone"]["Id"]
        record = {"Name": "a.late.example", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
        change = route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]})["ChangeInfo"]
        self.assertEqual("PENDING", change["Status"])
        self.assertTrue(eventually(lambda: route53.get_change(Id=change["Id"])["ChangeInfo"]["Status"] == "INSYNC"))

    def test_a_cluster_is_creating_and_its_global_cluster_is_read_as_it_was(self) -> None:
        first, rds, name = {"MasterUsername": "dbadmin", "MasterUserPassword": "long-enough", "EngineVersion": "16.6"}, self.client("rds"), "settling"
        rds.create_global_cluster(GlobalClusterIdentifier=name, Engine="aurora-postgresql", EngineVersion="16.6")
        self.refused("GlobalClusterNotFoundFault", rds.describe_global_clusters, GlobalClusterIdentifier=name)
        arns = []
        for region, more in ((HERE, first), ("us-east-2", {})):
            there: Any = self.client("rds", region)
            arns.append(there.create_db_cluster(DBClusterIdentifier=f"{name}-{region}", Engine="aurora-postgresql", GlobalClusterIdentifier=name,
                                                **more)["DBCluster"]["DBClusterArn"])
            there.create_db_instance(DBInstanceIdentifier=f"{name}-{region}-0", DBClusterIdentifier=f"{name}-{region}", DBInstanceClass="db.r6g.large",
                                     Engine="aurora-postgresql")

        def status() -> str:
            return str(rds.describe_db_clusters(DBClusterIdentifier=f"{name}-{HERE}")["DBClusters"][0]["Status"])

        def writers() -> list[str]:
            found = rds.describe_global_clusters()["GlobalClusters"]
            return [member["DBClusterArn"] for group in found for member in group["GlobalClusterMembers"] if member["IsWriter"]]
        self.assertEqual("creating", status())
        self.assertTrue(eventually(lambda: status() == "available" and writers() == arns[:1]))
        rds.failover_global_cluster(GlobalClusterIdentifier=name, TargetDbClusterIdentifier=arns[1], AllowDataLoss=True)
        self.assertEqual(arns[:1], writers())
        self.assertTrue(eventually(lambda: writers() == arns[1:]))


class ThrottledTest(EmulatorTest):
    def test_too_many_at_once_are_refused(self) -> None:
        ssm = THROTTLED.client("ssm")
        refused = 0
        for number in range(40):
            try:
                ssm.put_parameter(Name=f"/throttled/{number}", Value="v", Type="String")
            except ssm.exceptions.ClientError as error:
                self.assertEqual("ThrottlingException", error.response["Error"]["Code"])
                refused += 1
        self.assertGreater(refused, 0)
