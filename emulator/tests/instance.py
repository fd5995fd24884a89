"""One emulator for all tests, on a free port, stopped by its process id."""
from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, Callable

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

EMULATOR = Path(__file__).resolve().parent.parent
LAUNCHER = EMULATOR / "local-aws"
FAILOVER_SECONDS = 1.0
ACCOUNT = "123456789012"
_home: Path | None = None
_endpoint = ""


def launch(home: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(LAUNCHER), *command], env={**os.environ, "LOCAL_AWS_HOME": str(home), **environment},
                          capture_output=True, text=True, timeout=90)


def endpoint() -> str:
    global _home, _endpoint
    if not _endpoint:
        if _home is None:
            _home = Path(tempfile.mkdtemp(prefix="local-aws-test-"))
            atexit.register(_stop)
        started = launch(_home, "start", LOCAL_AWS_FAILOVER_SECONDS=str(FAILOVER_SECONDS), LOCAL_AWS_LAMBDA="java")
        assert started.returncode == 0, started.stderr
        _endpoint = started.stdout.strip()
    return _endpoint


def _stop() -> None:
    assert _home is not None
    launch(_home, "stop")
    shutil.rmtree(_home, ignore_errors=True)


def log() -> str:
    endpoint()
    assert _home is not None
    return (_home / "log").read_text()


def client(service: str, region: str = "us-east-1") -> Any:
    return boto3.client(service, region_name=region, endpoint_url=endpoint(), aws_access_key_id="test", aws_secret_access_key="test",
                        config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}))


def eventually(question: Callable[[], Any], seconds: float = 10) -> Any:
    """The first true answer; the last answer when time is over."""
    limit = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < limit:
        time.sleep(0.05)
    return answer


class EmulatorTest(unittest.TestCase):
    def refused(self, code: str, call: Callable[..., Any], **arguments: Any) -> str:
        with self.assertRaises(ClientError) as caught:
            call(**arguments)
        self.assertEqual(code, caught.exception.response["Error"]["Code"])
        self.assertLess(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 500)
        return str(caught.exception.response["Error"]["Message"])
