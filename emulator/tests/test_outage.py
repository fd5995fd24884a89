from __future__ import annotations

import json
import urllib.request
from http.client import RemoteDisconnected
from typing import Any, Callable

from botocore.exceptions import ConnectionClosedError
from instance import SHARED, EmulatorTest, client, endpoint

OUT, UP = "us-east-1", "us-east-2"


class OutageTest(EmulatorTest):
    def setUp(self) -> None:
        endpoint()
        self.command("outage", OUT)
        self.addCleanup(self.command, "restore", OUT)

    def command(self, *words: str, status: int = 0) -> str:
        return SHARED.command(*words, status=status)

    def unanswered(self, call: Callable[..., Any], **arguments: Any) -> None:
        with self.assertRaises(ConnectionClosedError):
            call(**arguments)

    def test_region_gives_no_answer_and_the_other_does(self) -> None:
        self.unanswered(client("rds", OUT).describe_db_clusters)
        self.unanswered(client("sts", OUT).get_caller_identity)
        client("rds", UP).describe_db_clusters()
        client("sts", UP).get_caller_identity()

    def test_control_planes_of_the_partition_are_in_us_east_1_however_they_are_signed(self) -> None:
        self.unanswered(client("iam", UP).list_roles)
        self.unanswered(client("route53", UP).list_hosted_zones)

    def test_unsigned_reader_gets_no_answer_from_a_bucket_there(self) -> None:
        self.command("restore", OUT)
        for region in (OUT, UP):
            place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            client("s3", region).create_bucket(Bucket=f"latch-{region}", ACL="public-read", **place)
            client("s3", region).put_object(Bucket=f"latch-{region}", Key="latch", Body=b"set", ACL="public-read")
        self.command("outage", OUT)
        with self.assertRaises(RemoteDisconnected):
            urllib.request.urlopen(f"{endpoint()}/latch-{OUT}/latch", timeout=5)
        with urllib.request.urlopen(f"{endpoint()}/latch-{UP}/latch", timeout=5) as answer:
            self.assertEqual(b"set", answer.read())

    def test_status_counts_what_was_refused(self) -> None:
        self.unanswered(client("sts", OUT).get_caller_identity)
        status = json.loads(self.command("status"))
        self.assertEqual({OUT: {"refusedRequests": 1}}, status["outages"])
        self.command("restore", OUT)
        self.assertEqual({}, json.loads(self.command("status"))["outages"])
        client("sts", OUT).get_caller_identity()
        self.command("outage", OUT)

    def test_starting_again_tells_what_is_out(self) -> None:
        self.assertIn(f"{OUT} is out until emulator/local-aws restore {OUT}", self.command("start"))

    def test_wrong_regions_are_told(self) -> None:
        self.assertIn("Region must be one of", self.command("outage", "us-east-9", status=1))
        self.assertIn(f"Region to restore must be out, got '{UP}', out: {OUT}", self.command("restore", UP, status=1))
        self.assertIn("takes one argument", self.command("outage", status=1))

    def test_outage_is_a_fault_too(self) -> None:
        self.assertEqual({OUT: ["region"]}, json.loads(self.command("status"))["faults"])
        self.command("repair", OUT, "region")
        client("sts", OUT).get_caller_identity()
        self.command("fault", OUT, "region")

    def test_faults_that_need_the_data_plane_are_refused_without_it(self) -> None:
        self.assertIn("fault gray needs an emulator started with LOCAL_AWS_DATA_PLANE=on", self.command("fault", UP, "gray", status=1))
