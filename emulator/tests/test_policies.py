"""Policies are evaluated as IAM does: main/src/test/resources/iam/decisions.yaml, whose answers a simulator of IAM gives too."""
from __future__ import annotations

import unittest
from typing import Any

import yaml
from instance import EMULATOR

from local_aws.access.conditions import OPERATORS, UnknownOperator
from local_aws.access.decisions import Policies, decide
from local_aws.access.policies import Policy, Principal, Request
from local_aws.access.questions import answers

TABLE = EMULATOR.parent / "main" / "src" / "test" / "resources" / "iam" / "decisions.yaml"
ENTRIES: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text())
ROLE, ACCOUNT = "arn:aws:sts::111111111111:assumed-role/app/s", "111111111111"


def asks(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**entry, **ask} for ask in entry["asks"]]


def answered(entry: dict[str, Any]) -> list[str]:
    """To what an entry asks."""
    policies = [{"Statement": entry[kind]} for kind in ("identity", "resource") if kind in entry]
    questions = [{"principal": entry.get("by", ROLE), "action": ask["call"], "resource": ask["arn"], "accountId": entry.get("account", ACCOUNT),
                  "context": ask.get("with", {}), "identity": [0] if "identity" in entry else [], "endpoint": [],
                  "resourcePolicy": len(policies) - 1 if "resource" in entry else None} for ask in asks(entry)]
    return answers({"policies": policies, "questions": questions})


class DecisionsTest(unittest.TestCase):
    def test_each_is_answered_as_iam_does(self) -> None:
        asked = 0
        for entry in ENTRIES:
            with self.subTest(entry["for"]):
                self.assertEqual([ask["answer"] for ask in entry["asks"]], answered(entry))
                asked += len(entry["asks"])
        self.assertGreater(asked, 300)

    def test_every_kind_of_answer_is_given(self) -> None:
        self.assertEqual({"Allowed", "ImplicitlyDenied", "ExplicitlyDenied"}, {ask["answer"] for entry in ENTRIES for ask in entry["asks"]})

    def test_every_operator_but_that_for_bytes_is_in_the_table(self) -> None:
        named = {name.rpartition(":")[2].removesuffix("IfExists") for entry in ENTRIES for kind in ("identity", "resource")
                 for statement in entry.get(kind, []) for name in statement.get("Condition", {})}
        self.assertEqual({*OPERATORS, "Null"} - {"BinaryEquals"}, named)


class ReasonTest(unittest.TestCase):
    """The end of the message that AWS sends: IAM/latest/UserGuide/troubleshoot_access-denied.html"""

    def reason(self, identity: list[dict[str, Any]], resource: list[dict[str, Any]] | None = None, action: str = "s3:GetObject") -> str:
        request = Request(Principal(ROLE, ACCOUNT, "arn:aws:iam::111111111111:role/app"), action, "arn:aws:s3:::b/k", {})
        guard = None if resource is None else Policy({"Statement": resource})
        return decide(request, Policies([Policy({"Statement": identity})], guard, (), ACCOUNT)).reason

    def test_each(self) -> None:
        denial, everybody = {"Effect": "Deny", "Action": "*", "Resource": "*"}, {"Principal": "*"}
        for expected, told in (
                ("because no identity-based policy allows the s3:GetObject action", self.reason([])),
                ("because no resource-based policy allows the kms:Decrypt action", self.reason([], [], "kms:Decrypt")),
                ("with an explicit deny in an identity-based policy", self.reason([denial], [{**denial, **everybody}])),
                ("with an explicit deny in a resource-based policy", self.reason([{**denial, "Effect": "Allow"}], [{**denial, **everybody}])),
                ("", self.reason([{**denial, "Effect": "Allow"}]))):
            with self.subTest(expected):
                self.assertEqual(expected, told)


class GapTest(unittest.TestCase):
    def test_what_is_not_known_is_told(self) -> None:
        request = Request(Principal(ROLE, ACCOUNT), "s3:GetObject", "*", {})
        with self.assertRaises(UnknownOperator):
            decide(request, Policies([Policy({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Alike": {"a": "b"}}}})]))
        with self.assertRaises(NotImplementedError):
            Policy({"Statement": {"Effect": "Deny", "NotPrincipal": "*", "Action": "*", "Resource": "*"}})
