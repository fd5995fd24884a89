"""Work that goes on beside the requests, until the process ends."""
from __future__ import annotations

import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

from local_aws.world.clock import CLOCK


def repeat(name: str, seconds: float, step: Callable[[], None]) -> None:
    """A step that fails is logged, and the next one runs all the same."""
    def run() -> None:
        while True:
            guarded(step)
            CLOCK.sleep(seconds)
    threading.Thread(target=run, daemon=True, name=name).start()


class Workers:
    def __init__(self, name: str, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, name)

    def run(self, call: Callable[..., Any], *arguments: Any) -> None:
        """On one of them, as soon as one is free."""
        self._pool.submit(guarded, call, *arguments)


def guarded(call: Callable[..., Any], *arguments: Any) -> None:
    """Logs a failure instead of raising it."""
    try:
        call(*arguments)
    except Exception:
        traceback.print_exc(file=sys.stderr)
