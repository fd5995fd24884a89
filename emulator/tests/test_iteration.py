"""What moto keeps can be iterated over while other requests add to it."""
from __future__ import annotations

import pickle
import unittest
from collections import OrderedDict, defaultdict

from moto.backends import get_backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.responses._base_response import EC2BaseResponse

import instance   # noqa: F401 -- finds the local AWS
from local_aws.services import ec2, iteration   # noqa: F401 -- change moto



class IterationTest(unittest.TestCase):
    def assert_steady(self, things: dict) -> None:
        things["first"] = 1
        for view in (things.values, things.items, things.__iter__):
            with self.subTest(type=type(things), view=view.__name__):
                seen = iter(view())
                next(seen)
                things[f"added during {view.__name__}"] = 1
                before = len(things)
                self.assertEqual(before - 2, len(list(seen)))

    def test_what_backends_keep(self) -> None:
        sqs = get_backend("sqs")["123456789012"]["us-east-1"]
        sqs.reset()
        self.assert_steady(sqs.queues)
        rds = get_backend("rds")["123456789012"]["us-east-1"]
        rds.reset()
        self.assert_steady(rds.databases)
        for reset in (sqs, rds):
            reset.reset()

    def test_every_kind_of_dictionary(self) -> None:
        sqs = get_backend("sqs")["123456789012"]["eu-west-1"]
        for plain in ({}, OrderedDict(), defaultdict(list)):
            sqs.queues = plain
            self.assert_steady(sqs.queues)
            self.assertIsInstance(sqs.queues, type(plain))
        self.assertEqual([], sqs.queues["missing"])

    def test_what_one_answer_leaves_out_is_its_own(self) -> None:
        one, other = EC2BaseResponse("ec2"), EC2BaseResponse("ec2")
        seen = iter(other.RESPONSE_KEY_PATH_TO_TRANSFORMER.items())
        next(seen)
        one._exclude_from_response("left.out")
        self.assertIn("left.out", one.RESPONSE_KEY_PATH_TO_TRANSFORMER)
        self.assertNotIn("left.out", [path for path, _ in seen])

    def test_an_address_that_is_taken_away_meanwhile_is_none(self) -> None:
        class Leaving:
            def __init__(self, told: list[str | None]) -> None:
                self.told = told
                self.ec2_backend = get_backend("ec2")["123456789012"]["us-east-1"]

            @property
            def public_ip(self) -> str | None:
                return self.told.pop(0) if len(self.told) > 1 else self.told[0]

        association = NetworkInterface.association.fget
        self.assertEqual({}, association(Leaving(["192.0.2.1", "192.0.2.1", "192.0.2.1", None])))
        self.assertEqual("192.0.2.1", association(Leaving(["192.0.2.1"]))["publicIp"])

    def test_it_survives_a_snapshot(self) -> None:
        sqs = get_backend("sqs")["123456789012"]["us-east-2"]
        sqs.queues["kept"] = 1
        self.assertEqual({"kept": 1}, pickle.loads(pickle.dumps(sqs.queues)))
        self.assert_steady(pickle.loads(pickle.dumps(sqs.queues)))
        sqs.reset()


if __name__ == "__main__":
    unittest.main()
