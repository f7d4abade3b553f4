"""What each step of a ramp held, compared with the one before."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from load.settings import Ramp

NO_BETTER = 1.1
"""A step that answers less than this times what the best one before did is past saturation."""


@dataclass(frozen=True)
class Held:
    """What was answered during one step."""

    callers: int
    per_second: float
    failures_per_second: float
    p50: float
    p95: float
    """Milliseconds, over all routes."""


def held(history: Path, ramp: Ramp) -> list[Held]:
    """One row for each step, from locust's history: the mean over the step's second half."""
    with history.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["Name"] == "Aggregated"]
    found = []
    for step in range(ramp.steps):
        callers = ramp.first * 2**step
        of_step = [row for row in rows if int(row["User Count"]) == callers]
        half = of_step[len(of_step) // 2 :]
        if half:
            found.append(
                Held(
                    callers,
                    _mean(half, "Requests/s"),
                    _mean(half, "Failures/s"),
                    _mean(half, "50%"),
                    _mean(half, "95%"),
                )
            )
    return found


def saturated(steps: list[Held]) -> Held | None:
    """The last step that answered clearly more than those before; None while more callers still got more."""
    best = None
    for one in steps:
        if best is not None and one.per_second < best.per_second * NO_BETTER:
            return best
        best = one
    return None


def _mean(rows: list[dict[str, str]], name: str) -> float:
    values = [float(row[name]) for row in rows if row[name] not in ("", "N/A")]
    return sum(values) / len(values) if values else 0.0
