"""Where a ramp is saturated: the step after which more callers get no more answers."""

from __future__ import annotations

from pathlib import Path

from load.settings import Ramp
from load.steps import Held, held, saturated


def step(callers: int, per_second: float) -> Held:
    return Held(callers, per_second, 0.0, 10.0, 20.0)


def test_the_last_step_that_answered_clearly_more_is_the_limit() -> None:
    steps = [step(10, 9.8), step(20, 19.5), step(40, 31.0), step(80, 32.0), step(160, 12.0)]
    assert saturated(steps) == steps[2]


def test_a_ramp_that_still_rises_has_shown_no_limit() -> None:
    assert saturated([step(10, 9.8), step(20, 19.5), step(40, 38.0)]) is None
    assert saturated([]) is None


def test_a_step_is_judged_by_its_second_half(tmp_path: Path) -> None:
    history = tmp_path / "history.csv"
    rows = [(2, 1), (2, 1), (2, 5), (2, 7), (4, 2), (4, 12)]
    lines = [f"{callers},Aggregated,{answers},0,10,N/A" for callers, answers in rows]
    lines.insert(3, "2,GET /check/,900,0,10,20")
    history.write_text("\n".join(["User Count,Name,Requests/s,Failures/s,50%,95%", *lines]))
    found = held(history, Ramp(first=2, steps=3, seconds=1))
    assert [(one.callers, one.per_second) for one in found] == [(2, 6.0), (4, 12.0)]
    assert found[0].p95 == 0.0
