"""What readers see of what changed a moment ago: what was there before. AWS answers so for seconds after most changes."""
from __future__ import annotations

import threading
from typing import Any, Callable, Hashable

from local_aws import settings
from local_aws.world.clock import CLOCK


class Past:
    def __init__(self, seconds: float, now: Callable[[], float]) -> None:
        """After so many seconds a change is seen; at once when there are none."""
        self._seconds, self._now = seconds, now
        self._changes: dict[Hashable, list[tuple[float, Any]]] = {}
        self._lock = threading.Lock()

    @property
    def takes_time(self) -> bool:
        return self._seconds > 0

    def changing(self, key: Hashable, before: Any) -> None:
        """Something of that name changes now."""
        if self.takes_time:
            with self._lock:
                self._changes.setdefault(key, []).append((self._now(), before))

    def seen(self, key: Hashable, current: Any) -> Any:
        """What was there so many seconds ago."""
        if key not in self._changes:
            return current
        with self._lock:
            recent = [change for change in self._changes[key] if change[0] > self._now() - self._seconds]
            self._changes[key] = recent
        return recent[0][1] if recent else current


PAST = Past(settings.settling_seconds(), CLOCK.monotonic)
