"""Counting, clocks and answers of the data plane, without an emulator."""
from __future__ import annotations

import sys
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from unittest import mock

from instance import EMULATOR

sys.path.insert(0, str(EMULATOR))

from local_aws import applications, background, settings, faults, forwarding, invocations, load_balancers, outage, schedules, target_health  # noqa: E402
from local_aws.forwarding import Request  # noqa: E402
from local_aws.health_checks import Checkers  # noqa: E402
from local_aws.verdict import Verdict  # noqa: E402


class VerdictTest(unittest.TestCase):
    def test_changes_after_looks_in_a_row_both_ways(self) -> None:
        verdict = Verdict(good=True)
        for looks, changed in (("--", False), ("+", False), ("--", False), ("-", True), ("++-", False), ("++", False), ("+", True)):
            self.assertEqual(changed, any([verdict.saw(look == "+", 3) for look in looks]), looks)


class CheckersTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now, self.up, self.looks = 0.0, True, 0
        self.check = SimpleNamespace(id="a", type_="HTTPS", request_interval=10, failure_threshold=3, disabled=False)
        self.checks = [self.check]
        self.checkers = Checkers(self.look, lambda: self.now, lambda take, *arguments: take(*arguments))

    def look(self, check: Any) -> bool:
        self.looks += 1
        return self.up

    def seconds(self, count: int) -> None:
        for _ in range(count):
            self.checkers.step(self.checks)
            self.now += 1

    def until(self, good: bool) -> float:
        """How long the verdict takes."""
        began = self.now
        while self.checkers.verdict(self.check) != good and self.now < began + 1000:
            self.seconds(1)
        return self.now - began

    def test_new_one_counts_as_healthy_until_its_threshold(self) -> None:
        self.up = False
        self.assertTrue(self.checkers.verdict(self.check))
        self.assertEqual(21, self.until(False), "looks at 0, 10 and 20 s")

    def test_interval_and_threshold_hold_both_ways(self) -> None:
        self.seconds(1)
        self.up = False
        self.assertEqual(30, self.until(False), "looks at 10, 20 and 30 s")
        self.up = True
        self.assertEqual(30, self.until(True))
        self.assertEqual(7, self.looks)

    def test_one_good_look_begins_the_count_again(self) -> None:
        self.up = False
        self.seconds(20)
        self.up = True
        self.seconds(10)
        self.up = False
        self.assertEqual(21, self.until(False))

    def test_updated_check_keeps_its_verdict_and_takes_the_new_numbers(self) -> None:
        self.up = False
        self.until(False)
        self.check.request_interval, self.check.failure_threshold, self.up = 30, 1, True
        self.assertEqual(10, self.until(True), "the look that was due")
        self.up = False
        self.assertEqual(30, self.until(False))

    def test_deleted_check_is_forgotten(self) -> None:
        self.up = False
        self.until(False)
        self.checks = []
        self.seconds(1)
        self.assertTrue(self.checkers.verdict(self.check))

    def test_disabled_and_derived_ones_are_not_looked_at(self) -> None:
        self.check.disabled = True
        self.checks.append(SimpleNamespace(id="b", type_="CALCULATED"))
        self.seconds(30)
        self.assertEqual(0, self.looks)

    def test_look_that_breaks_is_not_the_last(self) -> None:
        self.check.failure_threshold = 1
        self.checkers = Checkers(mock.Mock(side_effect=[RuntimeError, False]), lambda: self.now, background._told)
        with mock.patch("traceback.print_exc") as printed:
            self.assertEqual(11, self.until(False))
        self.assertEqual(1, printed.call_count)


class ClockworkTest(unittest.TestCase):
    def fired(self, expression: str, seconds: int, state: str = "ENABLED") -> list[int]:
        schedule = SimpleNamespace(arn="a", schedule_expression=expression, state=state)
        times: list[int] = []
        clockwork = schedules.Clockwork(lambda region, which: times.append(now))
        for now in range(seconds):
            clockwork.step(now, iter([("us-east-1", schedule)]))
        return times

    def test_rate_counts_from_the_first_time(self) -> None:
        self.assertEqual([0, 60, 120], self.fired("rate(1 minute)", 170))
        self.assertEqual([0, 300], self.fired("rate(5 minutes)", 500))
        self.assertEqual([], self.fired("rate(1 minute)", 100, state="DISABLED"))
        self.assertEqual([], self.fired("cron(0 12 * * ? *)", 100))

    def test_stall_is_not_caught_up(self) -> None:
        schedule = SimpleNamespace(arn="a", schedule_expression="rate(1 minute)", state="ENABLED")
        times: list[float] = []
        clockwork = schedules.Clockwork(lambda region, which: times.append(now))
        for now in (0.0, 59.9, 400.0, 410.0, 420.0):
            clockwork.step(now, iter([("us-east-1", schedule)]))
        self.assertEqual([0.0, 400.0, 420.0], times)


class TargetTest(unittest.TestCase):
    def states(self, looks: str) -> list[str]:
        target, seen = target_health.Target(), []
        for look in looks:
            target.saw(look == "+", 3, 2)
            seen.append(target.state[0])
        return seen

    def test_first_pass_is_enough_and_later_ones_are_counted(self) -> None:
        self.assertEqual("initial", target_health.Target().state)
        self.assertEqual(list("ih"), self.states("-+"))
        self.assertEqual(list("iuuuh"), self.states("--+++"))
        self.assertEqual(list("hhhhu"), self.states("+-+--"))

    def test_matcher(self) -> None:
        for code, matcher, wanted in ((200, "200", True), (204, "200", False), (302, "200-204,300-399", True), (299, "200,300-399", False)):
            self.assertEqual(wanted, target_health.matches(code, matcher), matcher)


class FaultsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.told: list[str] = []
        for name, effect in (("dark", faults.DARK), ("fleet", faults.NO_FLEET), ("database", faults.NO_DATABASE), ("cut", faults.PARTITION)):
            for listeners, sign in ((effect.begun, "+"), (effect.over, "-")):
                self.patch(mock.patch.object(effect, "begun" if sign == "+" else "over",
                                             [lambda region, word=sign + name: self.told.append(f"{word} {region}")]))
        self.patch(mock.patch.object(settings, "ON", True))
        self.addCleanup(lambda: [kinds.clear() for kinds in faults._broken.values()])

    def patch(self, patch: Any) -> None:
        patch.start()
        self.addCleanup(patch.stop)

    def test_effect_lasts_as_long_as_any_of_its_causes(self) -> None:
        for change, kind in ((faults.begin, "fleet"), (faults.begin, "region"), (faults.begin, "region"), (faults.end, "region")):
            change("us-east-1", kind)
        self.assertEqual(["+fleet us-east-1", "+dark us-east-1", "-dark us-east-1"], self.told)
        faults.end("us-east-1", "fleet")
        self.assertEqual("-fleet us-east-1", self.told[-1])

    def test_partition_is_one_whichever_region_names_it(self) -> None:
        faults.begin("us-east-1", "partition")
        faults.begin("us-east-2", "partition")
        self.assertTrue(faults.there("us-east-2", "partition"))
        faults.end("us-east-2", "partition")
        self.assertFalse(faults.there("us-east-1", "partition"))
        self.assertEqual(["+cut us-east-1", "-cut us-east-2"], self.told)

    def test_listener_that_fails_does_not_keep_the_others_from_knowing(self) -> None:
        def fails(region: str) -> None:
            raise RuntimeError("asked to fail")
        faults.DARK.begun.insert(0, fails)
        with mock.patch("traceback.print_exc") as printed:
            faults.begin("us-east-1", "region")
        self.assertEqual(1, printed.call_count)
        self.assertIn("+dark us-east-1", self.told)

    def test_what_cannot_be_is_told(self) -> None:
        for call, region, kind, message in ((faults.begin, "us-east-9", "gray", "Region must be one of .*us-east-1.*, got 'us-east-9'"),
                                            (faults.begin, "us-east-1", "grey", "must be one of region, .*, gray, .*, got 'grey'"),
                                            (faults.end, "us-east-1", "gray", "must be there, got 'us-east-1 gray', there: us-east-2 slow")):
            faults.begin("us-east-2", "slow")
            with self.assertRaisesRegex(ValueError, message):
                call(region, kind)


class AnswerTest(unittest.TestCase):
    """What a load balancer answers, before a server that does as it is told."""

    @classmethod
    def setUpClass(cls) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/hang":
                    time.sleep(1)
                if self.path != "/broken":
                    self.send_response(200)
                    self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)

    def setUp(self) -> None:
        self.port: int | None = self.server.server_port
        self.instances = True
        for patch in (mock.patch.object(load_balancers, "instances_behind", lambda *_: self.instances), mock.patch.object(settings, "ON", True),
                      mock.patch.object(applications, "COMMAND", ["x"]), mock.patch.object(applications, "port", lambda _: self.port),
                      mock.patch.object(load_balancers, "SLOW_SECONDS", 0.3)):
            patch.start()
            self.addCleanup(patch.stop)
        self.addCleanup(lambda: [kinds.clear() for kinds in faults._broken.values()])

    def ask(self, path: str = "/", agent: str = "a") -> int:
        return load_balancers.ask("us-east-1", "alb", Request("GET", path, [("User-Agent", agent)]), 0.5).code

    def test_as_load_balancers_do(self) -> None:
        self.assertEqual((200, 504, 502), (self.ask(), self.ask("/hang"), self.ask("/broken")))
        self.instances = False
        self.assertEqual(503, self.ask())
        self.instances, self.port = True, None
        self.assertEqual(503, self.ask(), "none has started yet")
        self.port = 1
        self.assertEqual(502, self.ask(), "nobody listens")

    def test_gray_is_three_of_ten_never_two_in_a_row_for_each_client(self) -> None:
        faults.begin("us-east-1", "gray")
        codes = [(self.ask(agent="a"), self.ask(agent="b")) for _ in range(20)]
        for own in zip(*codes):
            self.assertEqual(6, own.count(503))
            self.assertNotIn((503, 503), list(zip(own, own[1:])))
        faults.end("us-east-1", "gray")
        self.assertEqual([200] * 4, [self.ask(agent="a") for _ in range(4)])

    def test_slow_answers_late(self) -> None:
        faults.begin("us-east-1", "slow")
        began = time.monotonic()
        self.assertEqual(200, self.ask())
        self.assertGreaterEqual(time.monotonic() - began, 0.3)

    def test_region_that_goes_out_meanwhile_gives_no_answer(self) -> None:
        threading.Timer(0.2, faults.begin, ("us-east-1", "region")).start()
        with mock.patch.object(faults.DARK, "begun", []), self.assertRaises(outage.Dark):
            load_balancers.ask("us-east-1", "alb", Request("GET", "/hang"), 5)

    def test_headers_of_one_connection_stay_behind(self) -> None:
        sent = [("Connection", "close, X-Own"), ("X-Own", "1"), ("Proxy-Authorization", "x"), ("Idempotency-Key", "k")]
        self.assertEqual([("Idempotency-Key", "k")], forwarding._passing(sent))


class ThrottleTest(unittest.TestCase):
    def test_as_many_run_as_are_reserved(self) -> None:
        function = SimpleNamespace(account_id="1", region="us-east-1", function_name="f", version="1", reserved_concurrency=2)
        other = SimpleNamespace(account_id="1", region="us-east-2", function_name="f", version="1", reserved_concurrency=2)
        backend = SimpleNamespace(get_function=lambda name: function)
        with mock.patch.object(settings, "ON", True), mock.patch.object(invocations, "backend_of", lambda *_: backend):
            numbers = [invocations.begin(each, {}) for each in (function, function, other)]
            with self.assertRaises(invocations.Throttled):
                invocations.begin(function, {})
            invocations.end(numbers[0], invocations.Outcome(0, "", ""))
            self.assertEqual(numbers[-1] + 1, invocations.begin(function, {}))
