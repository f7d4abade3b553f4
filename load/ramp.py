"""The shape of the ramp, as locust asks for it."""

from __future__ import annotations

from locust import LoadTestShape

from load.settings import Ramp


class Steps(LoadTestShape):
    """So many callers, doubled every step; ends by itself."""

    def tick(self) -> tuple[int, float] | None:
        """Callers wanted now and how many may come a second."""
        ramp = Ramp.told()
        step = int(self.get_run_time() // ramp.seconds)  # type: ignore[no-untyped-call]
        if step >= ramp.steps:
            return None
        wanted = ramp.first * 2**step
        return wanted, max(1.0, wanted / 4)
