"""Emulators for tests, on free ports, stopped by their process ids; most tests share one."""
from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, Callable, ClassVar

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

EMULATOR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(EMULATOR))   # for tests of its parts
HOMES: set[Path] = set()   # of all emulators that tests started
LAUNCHER = EMULATOR / "local-aws"
FAILOVER_SECONDS = 1.0
ACCOUNT = "123456789012"


def launch(home: Path, *command: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(LAUNCHER), *command], env={**os.environ, "LOCAL_AWS_HOME": str(home), **environment}, cwd=folder,
                          capture_output=True, text=True, timeout=90)


@functools.cache   # making one takes longer than most calls
def client_of(service: str, region: str, endpoint: str) -> Any:
    return boto3.client(service, region_name=region, endpoint_url=endpoint, aws_access_key_id="test", aws_secret_access_key="test",
                        config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}))


def misfits_in(home: Path) -> list[str]:
    """Answers so far that no model of AWS's has."""
    return [line for line in (home / "log").read_text().splitlines() if line.startswith("MISFIT:")]


class Emulator:
    """Starts when it is first needed, stops with the tests."""

    def __init__(self, folder: Path | None = None, **environment: str) -> None:
        self._folder, self._environment = folder, environment
        self._home: Path | None = None
        self._endpoint = ""

    @property
    def home(self) -> Path:
        if self._home is None:
            self._home = Path(tempfile.mkdtemp(prefix="local-aws-test-"))
            atexit.register(self._stop)
        return self._home

    def endpoint(self) -> str:
        return self._endpoint or self.start()

    def start(self) -> str:
        """Also again, after it was killed."""
        started = launch(self.home, "start", folder=self._folder, LOCAL_AWS_CHECK_ANSWERS="on", **self._environment)
        assert started.returncode == 0, started.stderr
        self._endpoint = started.stdout.strip()
        HOMES.add(self.home)
        return self._endpoint

    def command(self, *words: str, status: int = 0) -> str:
        """What one of its commands prints."""
        done = launch(self.home, *words)
        assert done.returncode == status, done.stderr
        return done.stderr + done.stdout

    def log(self) -> str:
        self.endpoint()
        return (self.home / "log").read_text()

    def client(self, service: str, region: str = "us-east-1", endpoint: str | None = None) -> Any:
        return client_of(service, region, endpoint or self.endpoint())

    def _stop(self) -> None:
        launch(self.home, "stop")
        shutil.rmtree(self.home, ignore_errors=True)


SHARED = Emulator(LOCAL_AWS_FAILOVER_SECONDS=str(FAILOVER_SECONDS), LOCAL_AWS_LAMBDA="java")
endpoint, log, client = SHARED.endpoint, SHARED.log, SHARED.client


def eventually(question: Callable[[], Any], seconds: float = 10) -> Any:
    """The first true answer; the last answer when time is over."""
    limit = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < limit:
        time.sleep(0.05)
    return answer


def gone(pid: int) -> bool:
    """A zombie is gone too."""
    return subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()[:1] in ("", "Z")


class EmulatorTest(unittest.TestCase):
    told: ClassVar[set[str]] = set()   # misfits, by the class whose tests caused them first

    @classmethod
    def tearDownClass(cls) -> None:
        super().tearDownClass()
        misfits = [line for home in HOMES for line in misfits_in(home) if line not in cls.told]
        cls.told.update(misfits)
        if misfits:
            raise AssertionError("answers must fit AWS's models:\n" + "\n".join(misfits))

    def refused(self, code: str, call: Callable[..., Any], **arguments: Any) -> str:
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(code, caught.exception.response["Error"]["Code"])
        self.assertLess(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 500)
        return str(caught.exception.response["Error"]["Message"])
