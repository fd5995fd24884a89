from __future__ import annotations

import io
import json
import shutil
import tempfile
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

from instance import ACCOUNT, Emulator, EmulatorTest, eventually, launch

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
POSTGRES = {"Engine": "aurora-postgresql", "MasterUsername": "dbadmin", "MasterUserPassword": "long-enough"}


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("none", "")
    return written.getvalue()


class SnapshotTest(EmulatorTest):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="local-aws-snapshot-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.snapshot = self.folder / "snapshot"

    def emulator(self, **environment: str) -> Emulator:
        made = Emulator(**environment)
        self.addCleanup(launch, made.home, "stop")
        made.endpoint()
        return made

    def begun(self, **environment: str) -> Emulator:
        return self.emulator(LOCAL_AWS_SNAPSHOT=str(self.snapshot), **environment)

    def test_everything_of_an_emulator_is_in_another_with_the_others_addresses(self) -> None:
        first = self.emulator()
        s3, route53 = first.client("s3"), first.client("route53")
        s3.create_bucket(Bucket="kept")
        s3.put_object(Bucket="kept", Key="one", Body=b"of the first")
        first.client("iam").create_role(RoleName="kept", AssumeRolePolicyDocument=TRUST)
        first.client("dynamodb").create_table(TableName="kept", BillingMode="PAY_PER_REQUEST",
                                              AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                                              KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
        once = {"Put": {"TableName": "kept", "Item": {"id": {"S": "one"}}, "ConditionExpression": "attribute_not_exists(id)"}}
        first.client("dynamodb").transact_write_items(ClientRequestToken="kept", TransactItems=[once])
        key = first.client("kms").create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
        signed = first.client("kms").sign(KeyId=key, Message=b"one", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256")["Signature"]
        certificate = first.client("acm").request_certificate(DomainName="kept.example")["CertificateArn"]
        first.client("ssm").put_parameter(Name="/kept", Value="one", Type="String", Tags=[{"Key": "of", "Value": "first"}])
        first.client("lambda").create_function(FunctionName="kept", Runtime="java17", Role=f"arn:aws:iam::{ACCOUNT}:role/kept",
                                               Handler="none", Code={"ZipFile": archive()})
        vpc = first.client("ec2", "us-east-2").create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        zone = route53.create_hosted_zone(Name="kept.example", CallerReference="1")["HostedZone"]["Id"]
        server = route53.get_hosted_zone(Id=zone)["DelegationSet"]["NameServers"][0]
        state = {"queue": f"{first.endpoint()}/{ACCOUNT}/queue", "longer": f"{first.endpoint()}1", "server": server}
        (first.home / "stack.tfstate").write_text(json.dumps(state))

        first.command("save", str(self.snapshot))
        s3.put_object(Bucket="kept", Key="one", Body=b"changed since")
        second = self.begun()

        self.assertEqual(b"of the first", second.client("s3").get_object(Bucket="kept", Key="one")["Body"].read())
        self.assertEqual("kept", second.client("iam").get_role(RoleName="kept")["Role"]["RoleName"])
        self.assertEqual(1, second.client("dynamodb").scan(TableName="kept")["Count"])
        second.client("dynamodb").transact_write_items(ClientRequestToken="kept", TransactItems=[once])   # known, hence no conflict
        self.assertTrue(second.client("kms").verify(KeyId=key, Message=b"one", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256",
                                                    Signature=signed)["SignatureValid"])
        self.assertIn("BEGIN CERTIFICATE", second.client("acm").get_certificate(CertificateArn=certificate)["Certificate"])
        self.assertEqual([{"Key": "of", "Value": "first"}],
                         second.client("ssm").list_tags_for_resource(ResourceType="Parameter", ResourceId="/kept")["TagList"])
        function = second.client("lambda").get_function(FunctionName="kept")["Configuration"]
        self.assertEqual(function, second.client("lambda").get_function(FunctionName=function["FunctionArn"])["Configuration"])
        self.assertEqual("10.1.0.0/16", second.client("ec2", "us-east-2").describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["CidrBlock"])
        other = second.client("route53").get_hosted_zone(Id=zone)["DelegationSet"]["NameServers"][0]
        self.assertEqual(json.loads(second.command("status"))["nameServer"], other)
        self.assertNotEqual(server, other)
        self.assertEqual({"queue": f"{second.endpoint()}/{ACCOUNT}/queue", "longer": f"{first.endpoint()}1", "server": other},
                         json.loads((second.home / "stack.tfstate").read_text()))

        second.client("s3").delete_object(Bucket="kept", Key="one")
        self.assertEqual(1, s3.list_objects_v2(Bucket="kept")["KeyCount"], "neither knows of the other")

    def test_databases_of_a_snapshot_answer_once_there_is_a_data_plane(self) -> None:
        first = self.emulator()
        rds, dr = first.client("rds"), first.client("rds", "us-east-2")
        rds.create_global_cluster(GlobalClusterIdentifier="kept", Engine="aurora-postgresql", DatabaseName="paymentsdb")
        rds.create_db_cluster(DBClusterIdentifier="writer", GlobalClusterIdentifier="kept", **POSTGRES)
        dr.create_db_cluster(DBClusterIdentifier="follower", GlobalClusterIdentifier="kept", Engine="aurora-postgresql")
        for client, cluster in ((dr, "follower"), (rds, "writer")):
            client.create_db_instance(DBInstanceIdentifier=f"{cluster}-1", DBClusterIdentifier=cluster, Engine="aurora-postgresql",
                                      DBInstanceClass="db.r6g.large")
        first.command("save", str(self.snapshot))

        second = self.begun(LOCAL_AWS_DATA_PLANE="on")

        def states() -> dict[str, Any]:
            with urllib.request.urlopen(f"{second.endpoint()}/emulator/databases", timeout=10) as answer:
                return {one["cluster"]: (one["state"], one["writer"]) for one in json.load(answer)}

        self.assertEqual({"writer": ("running", True), "follower": ("running", False)},
                         eventually(lambda: states() if {"running"} == {state for state, _ in states().values()} else None, 30) or states())

    def test_what_no_snapshot_can_hold_is_refused(self) -> None:
        emulator = self.emulator()
        with self.subTest("a Region that is lost"):
            emulator.command("fault", "us-east-1", "region-lost")
            self.assertIn("must have no fault", emulator.command("save", str(self.snapshot), status=1))
            emulator.command("repair", "us-east-1", "region-lost")
        with self.subTest("a folder that holds something"):
            self.assertIn("must be new or empty", emulator.command("save", str(emulator.home), status=1))
        with self.subTest("data of databases"):
            self.assertIn("what databases hold", self.emulator(LOCAL_AWS_DATA_PLANE="on").command("save", str(self.snapshot), status=1))
        self.assertFalse(self.snapshot.exists())

    def test_snapshot_of_other_code_is_refused(self) -> None:
        emulator = self.emulator()
        emulator.command("save", str(self.snapshot))
        (self.snapshot / "code").write_text("0123456789ab")
        for told, folder in (("0123456789ab", self.snapshot), ("none", self.folder / "elsewhere")):
            with self.subTest(told):
                home = self.folder / f"run-{told}"
                refused = launch(home, "start", LOCAL_AWS_SNAPSHOT=str(folder))
                self.assertEqual(1, refused.returncode)
                self.assertIn("must hold a snapshot of this code", refused.stderr)
                self.assertIn(f"got {told}", refused.stderr)
