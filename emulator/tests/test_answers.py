"""Answers of the local AWS fit AWS's models; what does not is told. EmulatorTest fails for each misfit that its tests cause."""
from __future__ import annotations

import unittest

from instance import ACCOUNT, EmulatorTest, client
from local_aws.models import answers
from local_aws.models.call import Sent, call_of

ARN = f"arn:aws:iam::{ACCOUNT}:role/recorder"
SHOWN = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "m"}


class MisfitsTest(unittest.TestCase):
    def told(self, body: bytes, status: int = 200) -> list[str]:
        call = call_of("dynamodb", Sent("POST", "/", "", {"x-amz-target": "DynamoDB_20120810.DescribeTable"}, b'{"TableName": "abc"}'))
        assert call is not None
        return [misfit.path for misfit in answers.misfits(call, status, [], body)]

    def test_each_kind_is_seen(self) -> None:
        for path, body in (("", b"{"), (".Nothing", b'{"Nothing": 1}'), (".Table.TableName", b'{"Table": {"TableName": "a"}}'),
                           (".Table.TableStatus", b'{"Table": {"TableStatus": "GONE"}}'), (".Table.ItemCount", b'{"Table": {"ItemCount": "many"}}'),
                           (".Table.KeySchema[].KeyType", b'{"Table": {"KeySchema": [{"AttributeName": "id"}]}}')):
            with self.subTest(body):
                self.assertIn(path, self.told(body))
        self.assertEqual([], self.told(b'{"Table": {"TableName": "abc", "TableStatus": "ACTIVE", "ItemCount": 3}}'))

    def test_only_states_that_are_documented_so_are_excepted(self) -> None:
        for operation, taken in (("DescribeInternetGateways", True), ("DescribeVpcEndpoints", True), ("DescribeNatGateways", False)):
            name = {"DescribeInternetGateways": "<internetGatewaySet><item><attachmentSet><item><state>nowhere</state></item></attachmentSet></item></internetGatewaySet>",
                    "DescribeVpcEndpoints": "<vpcEndpointSet><item><state>nowhere</state></item></vpcEndpointSet>",
                    "DescribeNatGateways": "<natGatewaySet><item><state>nowhere</state></item></natGatewaySet>"}[operation]
            call = call_of("ec2", Sent("POST", "/", "", {}, f"Action={operation}".encode()))
            assert call is not None
            with self.subTest(operation):
                found = list(answers.misfits(call, 200, [], f"<{operation}Response>{name}</{operation}Response>".encode()))
                self.assertEqual(taken, not found)

    def test_an_error_that_cannot_be_read_is_told(self) -> None:
        call = call_of("rds", Sent("POST", "/", "", {}, b"Action=DescribeDBClusters"))
        assert call is not None
        self.assertIn("unreadable", [*answers.misfits(call, 400, [], b"<Error")][0].problem)

    def test_an_error_is_one_of_the_service(self) -> None:
        self.assertEqual([], self.told(b'{"__type": "ResourceNotFoundException"}', 400))
        self.assertEqual([""], self.told(b'{"__type": "TableIsMissing"}', 400))


class AnswersTest(EmulatorTest):
    """Calls whose answers did not fit."""

    def test_route53(self) -> None:
        dns = client("route53")
        zone = dns.create_hosted_zone(Name="fits.example", CallerReference="fits")
        self.assertLessEqual(len(zone["HostedZone"]["Id"]), 32)
        self.assertEqual("fits.example.", dns.get_hosted_zone(Id=zone["HostedZone"]["Id"])["HostedZone"]["Name"])
        made = dns.create_health_check(CallerReference="fits", HealthCheckConfig={"Type": "HTTPS", "FullyQualifiedDomainName": "fits.example"})
        self.assertTrue(made["Location"].endswith(made["HealthCheck"]["Id"]))

    def test_secrets(self) -> None:
        secrets = client("secretsmanager")
        secrets.create_secret(Name="fits", SecretString="one", AddReplicaRegions=[{"Region": "us-east-2"}])
        self.assertNotIn("ReplicationStatus", secrets.put_secret_value(SecretId="fits", SecretString="two"))
        self.assertIn("VersionIdsToStages", secrets.describe_secret(SecretId="fits"))

    def test_web_acls(self) -> None:
        waf = client("wafv2")
        made = waf.create_web_acl(Name="fits", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=SHOWN)["Summary"]
        told = waf.get_web_acl(Name="fits", Scope="REGIONAL", Id=made["Id"])
        self.assertNotIn("LockToken", told["WebACL"])
        self.assertTrue(told["LockToken"])

    def test_config(self) -> None:
        config = client("config", "eu-west-1")   # a Region has one recorder
        config.put_configuration_recorder(ConfigurationRecorder={"name": "default", "roleARN": ARN, "recordingGroup": {"allSupported": True}})
        config.put_delivery_channel(DeliveryChannel={"name": "default", "s3BucketName": "fits"})
        config.start_configuration_recorder(ConfigurationRecorderName="default")
        self.assertTrue(config.describe_configuration_recorder_status()["ConfigurationRecordersStatus"][0]["recording"])
        self.assertEqual("default", config.describe_configuration_recorders()["ConfigurationRecorders"][0]["name"])
        config.describe_delivery_channels()
        config.stop_configuration_recorder(ConfigurationRecorderName="default")
        config.delete_delivery_channel(DeliveryChannelName="default")
        config.delete_configuration_recorder(ConfigurationRecorderName="default")
