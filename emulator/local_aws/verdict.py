"""A verdict that only several looks in a row can change."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Verdict:
    good: bool
    against: int = 0   # the last looks, all of which saw the other thing

    def saw(self, good: bool, threshold: int) -> bool:
        """Takes a look into account; whether it changed the verdict."""
        self.against = self.against + 1 if good != self.good else 0
        if self.against < threshold:
            return False
        self.good, self.against = good, 0
        return True
