"""The emulator's only clock: everything that reads the time, or waits for it to pass, does so here."""
from __future__ import annotations

import threading
import time
from datetime import datetime, timezone
from typing import Any, Callable


class Clock:
    def monotonic(self) -> float:
        """Seconds that never go back, for measuring; the same for all processes of a machine until it restarts."""
        return time.monotonic()

    def now(self) -> datetime:
        """The moment in UTC, for what answers tell."""
        return datetime.now(timezone.utc)

    def sleep(self, seconds: float) -> None:
        time.sleep(max(0.0, seconds))

    def wait_until(self, question: Callable[[], Any], seconds: float, every: float) -> bool:
        """Asks at once and then at intervals; False when the answer was still no after so many seconds."""
        limit = self.monotonic() + seconds
        while not question():
            if self.monotonic() >= limit:
                return False
            self.sleep(every)
        return True

    def call_later(self, seconds: float, call: Callable[[], None]) -> None:
        """At once, on the caller's thread, when there is nothing to wait for."""
        if seconds <= 0:
            call()
            return
        timer = threading.Timer(seconds, call)
        timer.daemon = True
        timer.start()


CLOCK = Clock()
