"""Work that goes on beside the requests, until the process ends."""
from __future__ import annotations

import sys
import threading
import time
import traceback
from typing import Callable


def repeat(name: str, seconds: float, step: Callable[[], None]) -> None:
    """A step that fails is told in the log, and the next one comes all the same."""
    def run() -> None:
        while True:
            try:
                step()
            except Exception:
                traceback.print_exc(file=sys.stderr)
            time.sleep(seconds)
    threading.Thread(target=run, daemon=True, name=name).start()
