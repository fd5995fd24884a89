"""Faults that need no data plane."""
from __future__ import annotations

import json
import re
import urllib.request
from http.client import RemoteDisconnected
from typing import Any, Callable

from botocore.exceptions import ConnectionClosedError
from instance import EMULATOR, SHARED, EmulatorTest, client, endpoint

from local_aws.world.faults import KINDS

LOST, UP = "us-east-1", "us-east-2"


def tell(method: str, path: str) -> Any:
    """Faster than its command."""
    with urllib.request.urlopen(urllib.request.Request(f"{endpoint()}/emulator/{path}", method=method)) as answer:
        return json.load(answer)


class RegionLostTest(EmulatorTest):
    def setUp(self) -> None:
        self.fault()
        self.addCleanup(self.repair)

    def fault(self) -> None:
        tell("PUT", f"faults/{LOST}/region-lost")

    def repair(self) -> None:
        tell("DELETE", f"faults/{LOST}/region-lost")

    def unanswered(self, call: Callable[..., Any], **arguments: Any) -> None:
        with self.assertRaises(ConnectionClosedError):
            call(**arguments)

    def test_region_gives_no_answer_and_the_other_does(self) -> None:
        self.unanswered(client("rds", LOST).describe_db_clusters)
        self.unanswered(client("sts", LOST).get_caller_identity)
        client("rds", UP).describe_db_clusters()
        client("sts", UP).get_caller_identity()

    def test_control_planes_of_the_partition_are_in_us_east_1_however_they_are_signed(self) -> None:
        self.unanswered(client("iam", UP).list_roles)
        self.unanswered(client("route53", UP).list_hosted_zones)

    def test_unsigned_reader_gets_no_answer_from_a_bucket_there(self) -> None:
        self.repair()
        for region in (LOST, UP):
            place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            client("s3", region).create_bucket(Bucket=f"latch-{region}", ACL="public-read", **place)
            client("s3", region).put_object(Bucket=f"latch-{region}", Key="latch", Body=b"set", ACL="public-read")
        self.fault()
        with self.assertRaises(RemoteDisconnected):
            urllib.request.urlopen(f"{endpoint()}/latch-{LOST}/latch", timeout=5)
        with urllib.request.urlopen(f"{endpoint()}/latch-{UP}/latch", timeout=5) as answer:
            self.assertEqual(b"set", answer.read())

    def test_status_counts_what_was_refused(self) -> None:
        self.unanswered(client("sts", LOST).get_caller_identity)
        self.assertEqual(({LOST: ["region-lost"]}, {LOST: 1}), tuple(tell("GET", "status")[key] for key in ("faults", "refusedRequests")))
        self.repair()
        self.assertEqual(({}, {}), tuple(tell("GET", "status")[key] for key in ("faults", "refusedRequests")))
        client("sts", LOST).get_caller_identity()
        self.fault()
        self.assertEqual({LOST: 0}, tell("GET", "status")["refusedRequests"])


class CommandsTest(EmulatorTest):
    def test_fault_until_it_is_repaired(self) -> None:
        self.addCleanup(SHARED.command, "repair", LOST, "region-lost", status=1)
        endpoint()
        self.assertIn(f"{LOST} has the fault region-lost", SHARED.command("fault", LOST, "region-lost"))
        self.assertIn(f"{LOST} has the fault region-lost until emulator/local-aws repair {LOST} region-lost", SHARED.command("start"))
        self.assertEqual({LOST: ["region-lost"]}, json.loads(SHARED.command("status"))["faults"])
        self.assertIn(f"{LOST} no longer has the fault region-lost", SHARED.command("repair", LOST, "region-lost"))
        client("sts", LOST).get_caller_identity()

    def test_every_fault_is_repaired_at_once(self) -> None:
        self.addCleanup(SHARED.command, "repair-all")
        endpoint()
        for region, kind in ((LOST, "region-lost"), (LOST, "control-plane"), (UP, "control-plane")):
            SHARED.command("fault", region, kind)
        SHARED.command("repair-all")
        self.assertEqual({}, json.loads(SHARED.command("status"))["faults"])
        self.assertEqual("", SHARED.command("repair-all"))

    def test_what_cannot_be_is_told(self) -> None:
        endpoint()
        for words, message in ((("fault", "us-east-9", "region-lost"), "Region must be one of .*us-east-1.*, got 'us-east-9'"),
                               (("repair", UP, "region-lost"), f"fault to repair must be there, got '{UP} region-lost', there: none"),
                               (("fault", UP, "gray"), "fault gray needs an emulator started with LOCAL_AWS_DATA_PLANE=on; "
                                                       "without it the kind must be one of region-lost, control-plane$")):
            self.assertRegex(SHARED.command(*words, status=1), re.compile(message, re.MULTILINE))


class TableTest(EmulatorTest):
    """The kinds of faults and what they do are said once, in their classes."""

    def test_readme_has_the_kinds_of_faults_as_their_classes_say(self) -> None:
        rows = re.findall(r"(?m)^\| `([a-z-]+)` \| (.+) \|$", (EMULATOR / "README.md").read_text().partition("| Fault | Does |")[2])
        self.assertEqual([(each.kind, each.effect) for each in KINDS], rows)
