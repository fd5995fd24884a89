"""The local AWS refuses what AWS's models and documents refuse, with AWS's codes: wrong_calls.yaml."""
from __future__ import annotations

import functools
import http.client
import json
import re
import unittest
import urllib.parse
from pathlib import Path
from typing import Any

import boto3
import yaml
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.loaders import Loader
from botocore.model import ShapeResolver
from botocore.validate import ParamValidator

from instance import EmulatorTest, client, endpoint, log
from local_aws.models import documented
from local_aws.models.call import Sent, call_of
from local_aws.models.catalog import model_name, service_model
from local_aws.models.patterns import matcher
from local_aws.models.refusals import Refusal, refusal_of
from local_aws.models.validator import Validator

ROOT = Path(__file__).parents[2]
JAVA = {"elasticloadbalancingv2": "elbv2", "eventbridge": "events", "servicequotas": "service-quotas", "sfn": "stepfunctions"}   # names of the Java SDK
LOGIN = {"sso", "ssooidc", "signin"}   # of people, at AWS itself
CALLS = yaml.safe_load((Path(__file__).parent / "wrong_calls.yaml").read_text())


@functools.cache   # making one takes longer than most calls
def unchecked(service: str) -> Any:
    """A client that sends whatever it is given."""
    return boto3.Session().client(service, region_name="us-east-1", endpoint_url=endpoint(), aws_access_key_id="test", aws_secret_access_key="test",
                                  config=Config(parameter_validation=False, retries={"max_attempts": 0}, s3={"addressing_style": "path"}))


def put(adds: dict[str, Any], sent: dict[str, Any]) -> None:
    """Members of a request's body, in whichever form it has."""
    body = sent["body"]
    if isinstance(body, dict):
        body.update(adds)
    elif body.startswith(b"<"):
        end = body.rindex(b"</")
        sent["body"] = body[:end] + "".join(f"<{name}>{value}</{name}>" for name, value in adds.items()).encode() + body[end:]
    else:
        sent["body"] = json.dumps({**json.loads(body), **adds}).encode()


def changed(call: dict[str, Any], params: dict[str, Any], **_: Any) -> None:
    """What no client sends, put into the request that it is about to send."""
    if "adds" in call:
        put(call["adds"], params)
    if "sends" in call:
        params["body"] = call["sends"].encode()


def named(message: str) -> list[str]:
    """The members that an error of the checker finds wrong, in its first line."""
    found = re.match(r'Invalid \w+ for parameter (.+?), value: |(?:Missing required|Unknown) parameter in [^"]+: "([^"]+)"|(body) must be ', message)
    return [name for name in found.groups() if name] if found else []


class WrongCallsTest(EmulatorTest):
    def test_each_is_refused_with_awss_code(self) -> None:
        self.assertGreaterEqual(len(CALLS), 60)
        for number, call in enumerate(CALLS):
            with self.subTest(f"{number}: {call['service']} {call['call']} {call.get('with', '')} {call.get('adds', '')}"):
                answer = self.refusal(call)
                self.assertEqual((call["refused"], 400), (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]))
                self.assertIn(call["names"], named(answer["Error"]["Message"]))

    def test_values_that_only_the_documents_name_are_taken(self) -> None:
        limits = client("ec2").describe_account_attributes(AttributeNames=["vpc-max-elastic-ips"])["AccountAttributes"]
        self.assertIn("vpc-max-elastic-ips", [limit["AttributeName"] for limit in limits])

    def test_botocores_validator_finds_nothing_that_is_not_said(self) -> None:
        judged = 0
        for number, call in enumerate(CALLS):
            told = self.judgement(call)
            judged += bool(told)
            with self.subTest(f"{number}: {call['service']} {call['call']}"):
                said = self.refusal(call)["Error"]["Message"].splitlines()
                self.assertEqual([], [line for line in told if "password" not in line.lower() and line not in said])
        self.assertGreater(judged, 30)

    def refusal(self, call: dict[str, Any]) -> dict[str, Any]:
        wrong = unchecked(call["service"])
        change = functools.partial(changed, call)
        wrong.meta.events.register("before-call", change)
        try:
            with self.assertRaises(ClientError) as caught:
                getattr(wrong, xform_name(call["call"]))(**call.get("with", {}))
        finally:
            wrong.meta.events.unregister("before-call", change)
        answer: dict[str, Any] = caught.exception.response   # type: ignore[assignment]
        return answer

    def judgement(self, call: dict[str, Any]) -> list[str]:
        """What botocore itself would have refused to send; names that the wire has and the model has not are in `adds`."""
        if "sends" in call:
            return []
        operation = unchecked(call["service"]).meta.service_model.operation_model(call["call"])
        report = ParamValidator().validate(call.get("with", {}), operation.input_shape)
        return [line for line in report.generate_report().splitlines()]


class RefusalTest(EmulatorTest):
    def test_a_refusal_changes_nothing_and_is_in_the_log(self) -> None:
        self.refused("InvalidParameterValue", unchecked("rds").create_db_cluster, DBClusterIdentifier="never--made", Engine="aurora-postgresql")
        self.assertNotIn("never--made", [found["DBClusterIdentifier"] for found in client("rds").describe_db_clusters()["DBClusters"]])
        self.assertIn("REFUSED: rds: CreateDBCluster: InvalidParameterValue: Invalid value for parameter DBClusterIdentifier, value: never--made", log())

    def test_secrets_are_not_told(self) -> None:
        told = self.refused("InvalidParameterValue", unchecked("rds").create_db_cluster, DBClusterIdentifier="strict", Engine="aurora-postgresql",
                            MasterUserPassword="s3cr/t")
        told += self.refused("ValidationException", unchecked("secretsmanager").create_secret, Name="strict", SecretString="s3cr/t" * 20_000)
        self.assertNotIn("s3cr", told + log())


def answered(signed_for: str, path: str, body: bytes, method: str = "POST", **headers: str) -> tuple[int, str]:
    """To what no client would send: status and body."""
    address = urllib.parse.urlsplit(endpoint())
    connection = http.client.HTTPConnection(str(address.hostname), address.port)
    try:
        connection.request(method, path, body, {"Authorization": f"AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/{signed_for}/aws4_request",
                                                **{name.replace("_", "-"): value for name, value in headers.items()}})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


class UnreadableTest(EmulatorTest):
    """Bodies that no decoder reads are refused like others."""

    def unreadable(self, code: str, *call: Any, **headers: str) -> None:
        status, body = answered(*call, **headers)
        self.assertEqual(400, status)
        self.assertIn(code, body)

    def test_json(self) -> None:
        for body in (b"{", b'{"a":' * 100_000, b"\xff"):
            self.unreadable("SerializationException", "dynamodb", "/", body, x_amz_target="DynamoDB_20120810.DescribeTable")

    def test_json_over_rest(self) -> None:
        for body in (b"{", b"[" * 100_000, b"\xff"):
            self.unreadable("SerializationException", "backup", "/backup/plans/", body, "PUT")

    def test_cbor(self) -> None:
        path = "/service/GraniteServiceVersion20100801/operation/PutMetricData"
        for body in (b"\xbf", b"\x81" * 5000, b"\x5b" + b"\xff" * 8, b"\xa1\x80\x80"):
            self.unreadable("SerializationException", "monitoring", path, body, smithy_protocol="rpc-v2-cbor")
        self.unreadable("SerializationException", "monitoring", path, b"no gzip", smithy_protocol="rpc-v2-cbor", content_encoding="gzip")

    def test_xml(self) -> None:
        for body in (b"<a", b'<?xml version="1.0" encoding="nonsense"?><a/>', b"\xff"):
            self.unreadable("MalformedXML", "s3", "/bucket?versioning", body, "PUT")
            self.unreadable("InvalidInput", "route53", "/2013-04-01/healthcheck", body)

    def test_queries(self) -> None:
        self.unreadable("InvalidParameterValue", "rds", "/", b"Action=ModifyDBCluster&DBClusterIdentifier=%ff\xff")
        self.unreadable("InvalidParameterValue", "ec2", "/", b"Action=CreateVpc&CidrBlock=10.0.0.0/16&InstanceTenancy=%ff\xff")
        self.unreadable("ValidationError", "monitoring", "/", b"Action=PutMetricData", content_encoding="gzip")


class TakenTest(EmulatorTest):
    """What AWS takes."""

    def test_an_object_says_how_its_reader_shall_decode_it(self) -> None:
        s3 = client("s3")
        s3.create_bucket(Bucket="strict-encoded")
        s3.put_object(Bucket="strict-encoded", Key="k", Body=b"no gzip", ContentEncoding="gzip")
        self.assertEqual("gzip", s3.head_object(Bucket="strict-encoded", Key="k")["ContentEncoding"])

    def test_instances_that_can_be_ordered_are_asked_for_by_engine_alone(self) -> None:
        told = client("rds").describe_orderable_db_instance_options(Engine="aurora-postgresql")["OrderableDBInstanceOptions"]
        self.assertIn("aurora-postgresql", {option["Engine"] for option in told})

    def test_figures_are_compressed(self) -> None:
        figures: Any = [{"MetricName": f"{number:0>200}", "Value": 1.0} for number in range(100)]   # a client compresses what is long
        client("cloudwatch").put_metric_data(Namespace="Compressed", MetricData=figures)
        self.assertEqual(100, len(client("cloudwatch").list_metrics(Namespace="Compressed")["Metrics"]))


def judged(signed_for: str, sent: Sent) -> Refusal | None:
    """Without an emulator."""
    call = call_of(signed_for, sent)
    assert call is not None
    return refusal_of(call)


def json_of(target: str, body: dict[str, Any]) -> Sent:
    return Sent("POST", "/", "", {"x-amz-target": target}, json.dumps(body).encode())


class S3Test(unittest.TestCase):
    def test_what_an_sdk_or_a_user_adds_to_the_query_is_taken(self) -> None:
        for query in ("x-id=GetObject", "X-Amz-Expires=5", "x-amz-meta=1", "x-user=me", "X-User=me"):
            with self.subTest(query):
                self.assertIsNone(judged("s3", Sent("GET", "/bucket/key", query, {}, b"")))
        self.assertIsNotNone(judged("s3", Sent("GET", "/bucket/key", "user=me", {}, b"")))

    def test_an_object_may_expire_whenever_it_says(self) -> None:
        self.assertIsNone(judged("s3", Sent("PUT", "/bucket/key", "", {"expires": "never"}, b"text")))

    def test_what_is_not_addressed_by_path_is_not_judged(self) -> None:
        self.assertIsNone(call_of("s3", Sent("GET", "/v20180820/configuration/publicAccessBlock", "", {}, b"")))
        for host in ("bucket.s3.amazonaws.com", "s3-bucket.s3.us-east-1.amazonaws.com", "bucket.localhost:5000"):
            with self.subTest(host):
                self.assertIsNone(call_of("s3", Sent("PUT", "/key", "", {"host": host}, b"text")))
        for host in ("localhost:5000", "127.0.0.1:5000", "[::1]:5000", "s3.amazonaws.com", "s3.us-east-1.amazonaws.com", "s3-us-west-2.amazonaws.com"):
            with self.subTest(host):
                self.assertIsNotNone(call_of("s3", Sent("PUT", "/bucket/key", "", {"host": host}, b"text")))


class CatalogTest(unittest.TestCase):
    def test_each_service_that_is_called_has_its_model(self) -> None:
        """By the name that it is signed for."""
        loader = Loader()
        for name in called():
            told = loader.load_service_model(name, "service-2")["metadata"]
            with self.subTest(name):
                found = service_model(model_name(told.get("signingName", told["endpointPrefix"]), told.get("targetPrefix", "") + ".", told["apiVersion"]))
                assert found is not None
                self.assertEqual(told["serviceId"], found.metadata["serviceId"])

    def test_services_that_share_a_signing_name_are_told_apart(self) -> None:
        for signed_for, sent, service in (
                ("dynamodb", json_of("DynamoDBStreams_20120810.ListStreams", {}), "dynamodbstreams"),
                ("dynamodb", json_of("DynamoDB_20120810.ListTables", {}), "dynamodb"),
                ("elasticloadbalancing", Sent("POST", "/", "", {}, b"Action=DescribeLoadBalancers&Version=2012-06-01"), "elb"),
                ("elasticloadbalancing", Sent("POST", "/", "", {}, b"Action=DescribeLoadBalancers&Version=2015-12-01"), "elbv2")):
            with self.subTest(service):
                call = call_of(signed_for, sent)
                assert call is not None
                self.assertEqual(service, call.service)


def called() -> set[str]:
    """Services of the tests' clients and of the SDK's in the project's Java, by botocore's names."""
    tests = {name for file in Path(__file__).parent.glob("*.py") for name in re.findall(r'client\("([a-z0-9-]+)"', file.read_text())}
    poms = {name for file in ROOT.rglob("pom.xml") for name in re.findall(r"awssdk</groupId>\s*<artifactId>([a-z0-9]+)<", file.read_text())}
    assert len(tests) > 20 and len(poms) > 10, (tests, poms)
    known = set(Loader().list_available_services("service-2"))
    own = {JAVA.get(name, name) for name in poms - LOGIN} & known   # an HTTP client is no service
    return tests - {"braket"} & known | own | {"service-quotas", "resourcegroupstaggingapi"}


class FirstTest(unittest.TestCase):
    def test_a_wrong_type_is_found_before_a_missing_member(self) -> None:
        refusal = judged("dynamodb", json_of("DynamoDB_20120810.PutItem", {"TableName": 3}))
        assert refusal is not None
        self.assertEqual("SerializationException", refusal.code)


class NumbersTest(unittest.TestCase):
    def test_the_least_and_the_greatest_are_taken(self) -> None:
        shape = ShapeResolver({"Number": {"type": "integer"}}).get_shape_by_name("Number")
        for number, taken in ((-2 ** 31, True), (2 ** 31 - 1, True), (-2 ** 31 - 1, False), (2 ** 31, False)):
            with self.subTest(number):
                self.assertEqual(taken, not list(Validator().validate(number, shape)))


class DocumentedTest(unittest.TestCase):
    def test_what_the_documentation_allows_is_taken(self) -> None:
        for service, operation, path, value in (
                ("rds", "CreateDBCluster", ".MasterUserPassword", "it's long enough"), ("rds", "ModifyDBCluster", ".DBClusterIdentifier", "a-1"),
                ("s3", "CreateBucket", ".Bucket", "a.bucket-1"), ("sqs", "CreateQueue", ".QueueName", "queue.fifo"),
                ("cloudwatch", "PutMetricAlarm", ".Period", 120), ("ec2", "CreateTags", ".Tags[].Key", "kubernetes.io/role é"),
                ("ec2", "CreateTags", ".Tags[].Value", ""), ("ec2", "CreateTags", ".Tags[].Key", "what? *any*"),
                ("elbv2", "CreateTargetGroup", ".Name", "internal-one"), ("rds", "CreateDBInstance", ".MasterUserPassword", "p" * 42)):
            with self.subTest(path):
                rules = documented.rules(service, operation, path)
                self.assertTrue(rules)
                self.assertTrue(all(rule.allows(value) for rule in rules))


    def test_maps_of_tags_are_judged_by_their_own_keys(self) -> None:
        """An entry named Key is no tag's key."""
        for tags, taken in (({"Key": "", "Value": "x" * 256}, True), ({"Name": "x", "aws:mine": "x"}, False), ({"Na*me": "x"}, False), ({"Name": "x" * 257}, False)):
            with self.subTest(tags):
                sent = Sent("POST", "/2017-03-31/tags/arn:aws:lambda:us-east-1:123456789012:function:strict", "", {}, json.dumps({"Tags": tags}).encode())
                self.assertEqual(taken, judged("lambda", sent) is None)


class PatternsTest(unittest.TestCase):
    def test_every_pattern_of_the_models_is_read(self) -> None:
        loader = Loader()
        patterns = {shape["pattern"] for service in {call["service"] for call in CALLS}
                    for shape in loader.load_service_model(service, "service-2")["shapes"].values() if "pattern" in shape}
        self.assertGreater(len(patterns), 300)
        for pattern in patterns:
            matcher(pattern)

    def test_a_pattern_is_about_the_whole_value(self) -> None:
        self.assertTrue(matcher("[a-z]+")("abc"))
        self.assertFalse(matcher("[a-z]+")("abc!"))
        self.assertTrue(matcher(r"[\p{L}]+")("été"))

    def test_classes_are_those_of_java(self) -> None:
        for pattern, text in ((r"\w+", "été"), (r"\d+", "٣"), (r"a\sb", "a\u2003b")):
            with self.subTest(pattern):
                self.assertFalse(matcher(pattern)(text))
