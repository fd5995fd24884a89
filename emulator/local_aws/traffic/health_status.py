"""A health status that only several observations in a row can change."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass
class HealthStatus:
    healthy: bool
    contrary: int = 0   # the last observations, all of which say the other thing

    def observe(self, healthy: bool, threshold: int) -> bool:
        """Takes an observation into account; whether it changed the status."""
        self.contrary = self.contrary + 1 if healthy != self.healthy else 0
        if self.contrary < threshold:
            return False
        self.healthy, self.contrary = healthy, 0
        return True
