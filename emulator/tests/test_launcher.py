from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from unittest import mock

from instance import LAUNCHER, launch

from local_aws.launcher import commands, emulator, run_folder
from local_aws.launcher.run_folder import Refused, RunFolder
from local_aws.world.faults import KINDS


class LauncherTest(unittest.TestCase):
    def setUp(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="local-aws-launch-"))
        self.home = self.root / "run"
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.addCleanup(launch, self.home, "stop")

    def start(self, **environment: str) -> str:
        done = launch(self.home, "start", **environment)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout.strip()

    def pid(self) -> int:
        return int((self.home / "pid").read_text())

    def test_life_of_an_emulator(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        with ThreadPoolExecutor(2) as pool:
            runs = list(pool.map(lambda _: launch(self.home, "start", LOCAL_AWS_PORT=port), range(2)))
        with self.subTest("two starts at once share one emulator, on the port asked for"):
            self.assertEqual([(0, f"http://127.0.0.1:{port}\n")] * 2, [(run.returncode, run.stdout) for run in runs])
            self.assertEqual(1, sum("already running" in run.stderr for run in runs))
        pid, state = self.pid(), self.home / "terraform.tfstate"
        state.write_text("{}")
        with self.subTest("a later start reuses it and keeps the folder"):
            self.assertEqual(f"http://127.0.0.1:{port}", self.start())
            self.assertEqual(pid, self.pid())
            self.assertTrue(state.exists())
        with self.subTest("endpoint and status"):
            self.assertEqual(f"http://127.0.0.1:{port}", launch(self.home, "endpoint").stdout.strip())
            self.assertIn(str(pid), launch(self.home, "status").stdout)
        with self.subTest("code that has changed since is told"):
            copied = self.root / "checkout"
            shutil.copytree(LAUNCHER.parent, copied, ignore=shutil.ignore_patterns("__pycache__", ".venv"))
            (copied / "local_aws" / "services" / "extra.py").touch()
            self.assertNotIn("other code", launch(self.home, "start").stderr)
            done = subprocess.run([str(copied / LAUNCHER.name), "start"], env={**os.environ, "LOCAL_AWS_HOME": str(self.home)},
                                  capture_output=True, text=True)
            self.assertIn("other code", done.stderr)
        with self.subTest("an apply under way is not disturbed"):
            (self.home / "applying").write_text(str(os.getpid()))
            self.start()
            self.assertEqual(pid, self.pid())
        with self.subTest("a killed apply starts from zero"):
            (self.home / "applying").write_text("")
            done = launch(self.home, "start")
            self.assertIn("killed while applying", done.stderr)
            self.assertFalse((self.home / "applying").exists() or state.exists())
            self.assert_gone(pid)
        pid = self.pid()
        with self.subTest("stop, twice"):
            self.assertEqual([0, 0], [launch(self.home, "stop").returncode for _ in range(2)])
            self.assert_gone(pid)
            self.assertFalse((self.home / "pid").exists())
        with self.subTest("endpoint and status when stopped"):
            asked = launch(self.home, "endpoint")
            self.assertEqual((1, ""), (asked.returncode, asked.stdout))
            self.assertIn("local-aws start", asked.stderr)
            self.assertEqual(1, launch(self.home, "status").returncode)

    def assert_gone(self, pid: int) -> None:
        with self.assertRaises(ProcessLookupError):
            os.kill(pid, 0)

    def stopped(self) -> int:
        """The process of an emulator that gives no answer until it is told to go on."""
        self.start()
        os.kill(self.pid(), signal.SIGSTOP)
        return self.pid()

    def test_a_busy_emulator_is_waited_for(self) -> None:
        pid, commands_that_ask = self.stopped(), ("start", "endpoint", "status")
        (self.home / "terraform.tfstate").write_text("{}")
        going_on = threading.Timer(5, os.kill, (pid, signal.SIGCONT))
        going_on.start()
        with ThreadPoolExecutor(len(commands_that_ask)) as pool:   # ps cuts what it shows to so many columns
            runs = list(pool.map(lambda command: launch(self.home, command, COLUMNS="20"), commands_that_ask))
        going_on.join()
        for command, run in zip(commands_that_ask, runs):
            with self.subTest(command):
                self.assertEqual(0, run.returncode, run.stderr)
                self.assertIn(f"process {pid} is busy", run.stderr)
        self.assertEqual(pid, self.pid())
        self.assertTrue((self.home / "terraform.tfstate").exists())

    def test_one_that_never_answers_is_named_and_neither_replaced_nor_called_stopped(self) -> None:
        pid, folder = self.stopped(), RunFolder(self.home)
        found = folder.read()
        assert found is not None
        with mock.patch.multiple(run_folder, PROMPT_SECONDS=0.2, PATIENCE_SECONDS=1):
            for name, ask in (("start", lambda: commands.start(folder)), ("endpoint", lambda: commands.endpoint(folder)),
                              ("status", lambda: commands.status(folder)), ("a change", lambda: commands.fault(folder, "us-east-1", "region-lost")),
                              ("what takes long, such as save", lambda: found.ask("GET", "status"))):
                with self.subTest(name), redirect_stderr(StringIO()), self.assertRaises(Refused) as refused:
                    ask()
                for part in (f"process {pid}", "within 1 s", "emulator/local-aws stop"):
                    self.assertIn(part, str(refused.exception))
        os.kill(pid, signal.SIGCONT)
        self.start()
        self.assertEqual(pid, self.pid())
        os.kill(pid, signal.SIGSTOP)
        with redirect_stderr(StringIO()), mock.patch.object(emulator, "STOP_SECONDS", 5):
            self.assertEqual(0, commands.stop(folder))
        self.assert_gone(pid)

    def test_vanished_emulator(self) -> None:
        self.start()
        pid = self.pid()
        os.kill(pid, signal.SIGKILL)
        (self.home / "terraform.tfstate").write_text("{}")
        (self.home / "sub").mkdir()
        stranger = subprocess.Popen(["sleep", "60"])
        try:
            (self.home / "pid").write_text(f"{stranger.pid}\n")
            with self.subTest("its process id, given to a stranger, is left alone; the state that describes it is discarded"):
                done = launch(self.home, "start")
                self.assertIn("left alone", done.stderr)
                self.assertIsNone(stranger.poll())
                self.assertNotEqual(stranger.pid, self.pid())
                self.assertFalse((self.home / "terraform.tfstate").exists() or (self.home / "sub").exists())
        finally:
            stranger.kill()
            stranger.wait()

    def test_port_in_use_is_told(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            done = launch(self.home, "start", LOCAL_AWS_PORT=str(taken.getsockname()[1]))
        self.assertEqual(1, done.returncode)
        self.assertIn("in use", done.stderr)

    def test_settings_of_the_data_plane_that_do_not_go_together_are_told(self) -> None:
        self.assertIn("LOCAL_AWS_DATA_PLANE must be 'on' or 'off', got 'yes'", launch(self.home, "start", LOCAL_AWS_DATA_PLANE="yes").stderr)
        self.assertIn("LOCAL_AWS_APPLICATION needs LOCAL_AWS_DATA_PLANE=on, got ''",
                      launch(self.home, "start", LOCAL_AWS_APPLICATION="java -jar x.jar").stderr)
        for command, message in (("no-such-program", "must begin with a program that can be found, got 'no-such-program'"),
                                 ("java 'x", "must be a command line, got 'java 'x': No closing quotation")):
            self.assertIn(message, launch(self.home, "start", LOCAL_AWS_DATA_PLANE="on", LOCAL_AWS_APPLICATION=command).stderr)

    def test_folder_of_somebody_else_is_not_emptied(self) -> None:
        for lock in (None, "", "mine too"):
            with self.subTest(lock=lock):
                home = self.root / f"home of {lock}"
                home.mkdir()
                (home / "thesis.txt").write_text("mine")
                if lock is not None:
                    (home / "lock").write_text(lock)
                done = launch(home, "start")
                self.assertEqual(1, done.returncode)
                self.assertIn("LOCAL_AWS_HOME must be", done.stderr)
                self.assertEqual("mine", (home / "thesis.txt").read_text())
                self.assertEqual(lock, (home / "lock").read_text() if lock is not None else None)

    def test_python_without_moto(self) -> None:
        bare = self.root / "python"
        # sees no installed packages, and its virtual environment cannot reach a package index
        bare.write_text(f"""#!/bin/sh
case "$*" in
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip install "*) echo "No matching distribution found for moto" >&2; exit 1 ;;
*) exec "{shutil.which('python3')}" -S "$@" ;;
esac
""")
        bare.chmod(0o755)
        done = launch(self.home, "start", LOCAL_AWS_PYTHON=str(bare), LOCAL_AWS_VENV=str(self.root / "venv"))
        self.assertEqual((1, ""), (done.returncode, done.stdout))
        for part in ("moto must be 5.2.1, found none", "requirements.txt", "No matching distribution", "-m pip install -r", "LOCAL_AWS_PYTHON"):
            self.assertIn(part, done.stderr)
        self.assertTrue((self.root / "venv").exists())

    def test_another_moto(self) -> None:
        package = self.root / "packages" / "moto-4.0.0.dist-info"
        package.mkdir(parents=True)
        (package / "METADATA").write_text("Metadata-Version: 2.1\nName: moto\nVersion: 4.0.0\n")
        done = subprocess.run([sys.executable, "-m", "local_aws"], capture_output=True, text=True, timeout=30,
                              env={**os.environ, "PYTHONPATH": f"{package.parent}{os.pathsep}{LAUNCHER.parent}"})
        self.assertNotEqual(0, done.returncode)
        self.assertIn("moto must be 5.2.1, found 4.0.0", done.stderr)

    def test_no_python(self) -> None:
        done = launch(self.home, "start", LOCAL_AWS_PYTHON="no-such-python")
        self.assertEqual(1, done.returncode)
        self.assertIn("found no 'no-such-python'", done.stderr)

    def test_usage(self) -> None:
        for words, message in ((["restart"], "usage: emulator/local-aws COMMAND"), ([], "usage: emulator/local-aws COMMAND"),
                               (["outage", "us-east-1"], "usage: emulator/local-aws COMMAND"),
                               (["stop", "now"], "'stop' takes no arguments, got 1: 'now'"),
                               (["fault", "us-east-1"], "'fault' takes the arguments REGION KIND, got 1: 'us-east-1'")):
            with self.subTest(words):
                done = launch(self.home, *words)
                self.assertEqual((2, ""), (done.returncode, done.stdout))
                self.assertIn(message, done.stderr)
                for kind in KINDS:
                    self.assertRegex(done.stderr, rf"(?m)^  {kind.kind} +{re.escape(kind.effect)}$")

    def test_modules_of_the_callers_folder_are_not_taken(self) -> None:
        for module in ("http", "json", "local_aws"):
            (self.root / module).mkdir()
            (self.root / module / "__init__.py").write_text("raise SystemExit('not this one')")
        self.assertEqual("stopped", launch(self.home, "status", folder=self.root).stdout.strip())
        self.assertIn("LOCAL_AWS_PORT must be a port number", launch(self.home, "start", folder=self.root, LOCAL_AWS_PORT="x").stderr)
