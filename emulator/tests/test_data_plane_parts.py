"""Counting, clocks and answers of the data plane, without an emulator."""
from __future__ import annotations

import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from unittest import mock

import instance  # noqa: F401  the path to local_aws

from local_aws import settings
from local_aws.services.awslambda import WaitingEvent
from local_aws.traffic import applications, forwarding, load_balancers, schedules, target_health
from local_aws.traffic.forwarding import Request
from local_aws.traffic.health_checks import Checkers
from local_aws.traffic.health_status import HealthStatus
from local_aws.world import background, invocations
from local_aws.world.clock import Clock
from local_aws.world.faults import KINDS, Faults, NoAnswer, Part


class HandClock(Clock):
    """Stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += max(0.0, seconds)


class ClockTest(unittest.TestCase):
    def test_waits_until_the_answer_is_yes_or_time_is_over(self) -> None:
        clock = HandClock()
        for yes_at, waited in ((0, 0), (7, 7.5), (10, 10), (11, 10)):
            with self.subTest(yes_at):
                began = clock.seconds
                self.assertEqual(yes_at <= 10, clock.wait_until(lambda: clock.seconds - began >= yes_at, 10, every=2.5))
                self.assertEqual(waited, clock.seconds - began)

    def test_calls_later(self) -> None:
        called = threading.Event()
        Clock().call_later(0, called.set)
        self.assertTrue(called.is_set(), "at once")
        called.clear()
        Clock().call_later(0.05, called.set)
        self.assertFalse(called.is_set())
        self.assertTrue(called.wait(5))


class HealthStatusTest(unittest.TestCase):
    def test_changes_after_observations_in_a_row_both_ways(self) -> None:
        status = HealthStatus(healthy=True)
        for seen, changed in (("--", False), ("+", False), ("--", False), ("-", True), ("++-", False), ("++", False), ("+", True)):
            self.assertEqual(changed, any([status.observe(sign == "+", 3) for sign in seen]), seen)


class CheckersTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clock, self.up, self.probes = HandClock(), True, 0
        self.check = SimpleNamespace(id="a", type_="HTTPS", request_interval=10, failure_threshold=3, disabled=False)
        self.checks = [self.check]
        self.checkers = Checkers(self.probe, self.clock, lambda take, *arguments: take(*arguments))

    def probe(self, check: Any) -> bool:
        self.probes += 1
        return self.up

    def seconds(self, count: int) -> None:
        for _ in range(count):
            self.checkers.step(self.checks)
            self.clock.sleep(1)

    def until(self, healthy: bool) -> float:
        """How long the change takes."""
        began = self.clock.seconds
        while self.checkers.healthy(self.check) != healthy and self.clock.seconds < began + 1000:
            self.seconds(1)
        return self.clock.seconds - began

    def test_new_one_counts_as_healthy_until_its_threshold(self) -> None:
        self.up = False
        self.assertTrue(self.checkers.healthy(self.check))
        self.assertEqual(21, self.until(False), "probes at 0, 10 and 20 s")

    def test_interval_and_threshold_hold_both_ways(self) -> None:
        self.seconds(1)
        self.up = False
        self.assertEqual(30, self.until(False), "probes at 10, 20 and 30 s")
        self.up = True
        self.assertEqual(30, self.until(True))
        self.assertEqual(7, self.probes)

    def test_one_good_probe_begins_the_count_again(self) -> None:
        self.up = False
        self.seconds(20)
        self.up = True
        self.seconds(10)
        self.up = False
        self.assertEqual(21, self.until(False))

    def test_updated_check_keeps_its_status_and_takes_the_new_numbers(self) -> None:
        self.up = False
        self.until(False)
        self.check.request_interval, self.check.failure_threshold, self.up = 30, 1, True
        self.assertEqual(10, self.until(True), "the probe that was due")
        self.up = False
        self.assertEqual(30, self.until(False))

    def test_deleted_check_is_forgotten(self) -> None:
        self.up = False
        self.until(False)
        self.checks = []
        self.seconds(1)
        self.assertTrue(self.checkers.healthy(self.check))

    def test_disabled_and_derived_ones_are_not_probed(self) -> None:
        self.check.disabled = True
        self.checks.append(SimpleNamespace(id="b", type_="CALCULATED"))
        self.seconds(30)
        self.assertEqual(0, self.probes)

    def test_probe_that_breaks_is_not_the_last(self) -> None:
        self.check.failure_threshold = 1
        self.checkers = Checkers(mock.Mock(side_effect=[RuntimeError, False]), self.clock, background.guarded)
        with mock.patch("traceback.print_exc") as printed:
            self.assertEqual(11, self.until(False))
        self.assertEqual(1, printed.call_count)


class RateSchedulerTest(unittest.TestCase):
    def fired(self, expression: str, seconds: int, state: str = "ENABLED") -> list[int]:
        schedule = SimpleNamespace(arn="a", schedule_expression=expression, state=state)
        times: list[int] = []
        scheduler = schedules.RateScheduler(lambda region, which: times.append(now))
        for now in range(seconds):
            scheduler.step(now, iter([("us-east-1", schedule)]))
        return times

    def test_rate_counts_from_the_first_time(self) -> None:
        self.assertEqual([0, 60, 120], self.fired("rate(1 minute)", 170))
        self.assertEqual([0, 300], self.fired("rate(5 minutes)", 500))
        self.assertEqual([], self.fired("rate(1 minute)", 100, state="DISABLED"))
        self.assertEqual([], self.fired("cron(0 12 * * ? *)", 100))

    def test_stall_is_not_caught_up(self) -> None:
        schedule = SimpleNamespace(arn="a", schedule_expression="rate(1 minute)", state="ENABLED")
        times: list[float] = []
        scheduler = schedules.RateScheduler(lambda region, which: times.append(now))
        for now in (0.0, 59.9, 400.0, 410.0, 420.0):
            scheduler.step(now, iter([("us-east-1", schedule)]))
        self.assertEqual([0.0, 400.0, 420.0], times)


class TargetTest(unittest.TestCase):
    def states(self, signs: str) -> list[str]:
        target, seen = target_health.Target(), []
        for sign in signs:
            target.observe(sign == "+", 3, 2)
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
        self.faults, self.told = Faults(KINDS), []
        for part in (Part.REGION, Part.FLEET, Part.DATABASES, Part.LINK):
            self.faults.watch(part, lambda region, part=part: self.told.append(f"-{part.name} {region}"),
                              lambda region, part=part: self.told.append(f"+{part.name} {region}"))
        patch = mock.patch.object(settings, "DATA_PLANE", True)
        patch.start()
        self.addCleanup(patch.stop)

    told: list[str]

    def test_part_is_lost_as_long_as_any_fault_takes_it(self) -> None:
        for change, kind in ((self.faults.begin, "fleet"), (self.faults.begin, "region-lost"), (self.faults.begin, "region-lost"),
                             (self.faults.end, "region-lost")):
            change("us-east-1", kind)
        self.assertEqual(["-FLEET us-east-1", "-REGION us-east-1", "-DATABASES us-east-1", "+REGION us-east-1", "+DATABASES us-east-1"], self.told)
        self.assertTrue(self.faults.lost(Part.FLEET, "us-east-1"))
        self.assertFalse(self.faults.lost(Part.FLEET, "us-east-2"))
        self.faults.end("us-east-1", "fleet")
        self.assertEqual("+FLEET us-east-1", self.told[-1])
        self.assertFalse(self.faults.exist())

    def test_each_kind_affects_what_its_class_says_and_nothing_else(self) -> None:
        taken = {"region-lost": {Part.REGION, Part.FLEET, Part.DATABASES}, "control-plane": {Part.CONTROL_PLANE}, "fleet": {Part.FLEET},
                 "database": {Part.DATABASES}, "partition": {Part.LINK}, "isolation": {Part.OUTSIDE},
                 "checkers": {Part.CHECKERS}}
        for each in KINDS:
            with self.subTest(each.kind):
                self.faults.begin("us-east-1", each.kind)
                self.assertEqual(taken.get(each.kind, set()), {part for part in Part if self.faults.lost(part, "us-east-1")})
                self.assertEqual((3 if each.kind == "slow" else 0, 8 if each.kind == "lag" else 0),
                                 (self.faults.answer_delay("us-east-1"), self.faults.replication_delay()))
                self.assertEqual(each.kind == "gray", any([self.faults.fails("us-east-1", "a") for _ in range(10)]))
                self.assertEqual({"us-east-1": [each.kind]}, self.faults.status())
                self.faults.end("us-east-1", each.kind)

    def test_fault_between_regions_is_one_whichever_names_it(self) -> None:
        self.faults.begin("us-east-1", "partition")
        self.faults.begin("us-east-2", "partition")
        self.assertTrue(self.faults.lost(Part.LINK, "us-east-2"))
        self.assertEqual({"us-east-1": ["partition"]}, self.faults.status())
        self.faults.end("us-east-2", "partition")
        self.assertFalse(self.faults.lost(Part.LINK, "us-east-1"))
        self.assertEqual(["-LINK us-east-1", "+LINK us-east-2"], self.told)

    def test_region_that_is_isolated_reaches_none_and_the_others_reach_each_other(self) -> None:
        self.faults.begin("us-west-2", "isolation")
        self.assertTrue(self.faults.isolated("us-east-1", "us-west-2"))
        self.assertTrue(self.faults.isolated("us-west-2", "us-east-2"))
        self.assertFalse(self.faults.isolated("us-west-2", "us-west-2"))
        self.assertFalse(self.faults.isolated("us-east-1", "us-east-2"))
        self.assertFalse(self.faults.lost(Part.LINK))

    def test_watcher_that_fails_does_not_keep_the_others_from_knowing(self) -> None:
        def fails(region: str) -> None:
            raise RuntimeError("asked to fail")
        for part in (Part.REGION, Part.DATABASES):
            self.faults.watch(part, fails)
        self.faults.watch(Part.DATABASES, lambda region: self.told.append("last"))
        with mock.patch("traceback.print_exc") as printed:
            self.faults.begin("us-east-1", "region-lost")
        self.assertEqual(2, printed.call_count)
        self.assertEqual("last", self.told[-1])

    def test_what_cannot_be_is_told(self) -> None:
        self.faults.begin("us-east-2", "slow")
        for call, kind, message in ((self.faults.begin, "grey", "must be one of region-lost, .*, gray, .*, got 'grey'"),
                                    (self.faults.end, "gray", "must be there, got 'us-east-1 gray', there: us-east-2 slow")):
            with self.assertRaisesRegex(ValueError, message):
                call("us-east-1", kind)


class WaitingEventTest(unittest.TestCase):
    def test_throttled_event_is_tried_at_growing_intervals_until_it_is_too_old(self) -> None:
        event, waited, pauses = WaitingEvent(60, 0), 0.0, []
        while (pause := event.throttled(waited)) is not None:
            pauses.append(pause)
            waited += pause
        self.assertEqual([1, 2, 4, 8, 16], pauses)

    def test_failed_event_is_tried_as_often_as_configured(self) -> None:
        self.assertEqual([60, 120, None], [failed(1) for failed in [WaitingEvent(21600, 2).failed] for _ in range(3)])
        self.assertIsNone(WaitingEvent(60, 0).failed(1))
        self.assertIsNone(WaitingEvent(60, 2).failed(1), "it would be too old")


class AnswerTest(unittest.TestCase):
    """What a load balancer answers, before a server that does as it is told."""

    @classmethod
    def setUpClass(cls) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/hang":
                    cls.hang.wait(5)
                if self.path != "/broken":
                    self.send_response(200)
                    self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass
        cls.hang = threading.Event()
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.addClassCleanup(cls.hang.set)

    def setUp(self) -> None:
        self.port: int | None = self.server.server_port
        self.instances, self.faults, self.clock = True, Faults(KINDS), HandClock()
        for patch in (mock.patch.object(load_balancers, "instances_behind", lambda *_: self.instances), mock.patch.object(settings, "DATA_PLANE", True),
                      mock.patch.object(applications, "COMMAND", ["x"]), mock.patch.object(applications, "port", lambda _: self.port),
                      mock.patch.object(load_balancers, "FAULTS", self.faults),
                      mock.patch.object(load_balancers, "CLOCK", self.clock)):
            patch.start()
            self.addCleanup(patch.stop)

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
        self.faults.begin("us-east-1", "gray")
        codes = [(self.ask(agent="a"), self.ask(agent="b")) for _ in range(20)]
        for own in zip(*codes):
            self.assertEqual(6, own.count(503))
            self.assertNotIn((503, 503), list(zip(own, own[1:])))
        self.faults.end("us-east-1", "gray")
        self.assertEqual([200] * 4, [self.ask(agent="a") for _ in range(4)])

    def test_slow_answers_late(self) -> None:
        self.faults.begin("us-east-1", "slow")
        self.assertEqual((200, 3.0), (self.ask(), self.clock.seconds))

    def test_region_that_is_lost_meanwhile_gives_no_answer(self) -> None:
        def lost_meanwhile(*_: Any) -> forwarding.Answer:
            self.faults.begin("us-east-1", "region-lost")
            return forwarding.Answer("200 OK", [], b"")
        with mock.patch.object(forwarding, "send", lost_meanwhile), self.assertRaises(NoAnswer):
            self.ask()

    def test_headers_of_one_connection_stay_behind(self) -> None:
        sent = [("Connection", "close, X-Own"), ("X-Own", "1"), ("Proxy-Authorization", "x"), ("Idempotency-Key", "k")]
        self.assertEqual([("Idempotency-Key", "k")], forwarding._passing(sent))


class ThrottleTest(unittest.TestCase):
    def test_as_many_run_as_are_reserved(self) -> None:
        def begin(region: str, limit: int | None = 2) -> int:
            return invocations.begin(region, "f", "1", {}, limit)
        numbers = [begin(region) for region in ("us-east-1", "us-east-1", "us-east-2")]
        with self.assertRaisesRegex(invocations.Throttled, "2 invocations of f run in us-east-1"):
            begin("us-east-1")
        self.assertEqual(numbers[-1] + 1, begin("us-east-1", limit=None))
        for number in (numbers[0], numbers[-1] + 1):
            invocations.end(number, invocations.Outcome(0, "", ""))
        self.assertEqual(numbers[-1] + 2, begin("us-east-1"))
