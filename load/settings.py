"""How steep the ramp is: told to locust's process by its environment."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Ramp:
    """`first` callers, doubled `steps` - 1 times, each step for so many seconds."""

    first: int = 16
    steps: int = 6
    seconds: int = 20

    @staticmethod
    def told() -> Ramp:
        """The ramp of this process."""
        first, steps, seconds = map(int, os.environ["LOAD_RAMP"].split(","))
        return Ramp(first, steps, seconds)

    @property
    def text(self) -> str:
        """As it is told."""
        return f"{self.first},{self.steps},{self.seconds}"
