"""Measuring: who goes first alternates, the first round is not counted, ratios are taken round by round."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count

import pytest

from benchmarks.measure import compare, per_second


def test_subject_and_baseline_take_turns_at_going_first() -> None:
    calls: list[str] = []

    def named(name: str) -> float:
        calls.append(name)
        return 1.0

    compare("x", "s", lambda: named("subject"), lambda: named("baseline"), rounds=2)
    warm_up, first, second = calls[:2], calls[2:4], calls[4:]
    assert warm_up == first == ["subject", "baseline"]
    assert second == ["baseline", "subject"]


def test_the_first_round_does_not_count() -> None:
    subject = _given(1000.0, 4.0, 4.0, 4.0)
    result = compare("x", "s", lambda: next(subject), lambda: 2.0, rounds=3)
    assert (result.subject.high, result.ratio.median, result.rounds) == (4.0, 2.0, 3)


def test_a_drift_that_hits_both_leaves_the_ratio_alone() -> None:
    subject, baseline = _given(0.0, 2.0, 20.0, 200.0), _given(1.0, 1.0, 10.0, 100.0)
    result = compare("x", "s", lambda: next(subject), lambda: next(baseline), rounds=3)
    assert (result.ratio.low, result.ratio.median, result.ratio.high) == (2.0, 2.0, 2.0)
    assert (result.subject.low, result.subject.high) == (2.0, 200.0)


def test_every_piece_of_work_is_done_and_by_no_more_threads_than_asked_for() -> None:
    done = count()
    threads: set[int] = set()

    def work() -> None:
        next(done)
        threads.add(threading.get_ident())

    assert per_second(work, 80, 8) > 0
    assert next(done) == 80
    assert 1 <= len(threads) <= 8


def test_a_failure_in_a_thread_is_not_lost() -> None:
    def work() -> None:
        raise OSError("no answer")

    with pytest.raises(OSError, match="no answer"):
        per_second(work, 8, 2)


def _given(*values: float) -> Iterator[float]:
    return iter(values)
