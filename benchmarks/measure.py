"""Subject and baseline in turn, several rounds, so that a machine that drifts drifts under both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The middle and the ends of several measurements."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Raises StatisticsError for no values."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True)
class Comparison:
    """One row of the report: the same unit on both sides, and the ratio round by round."""

    name: str
    unit: str
    subject: Spread
    baseline: Spread
    ratio: Spread
    rounds: int


def compare(
    name: str, unit: str, subject: Callable[[], float], baseline: Callable[[], float], *, rounds: int
) -> Comparison:
    """Measures both `rounds` times after one round that is not counted; who goes first alternates."""
    subject(), baseline()
    pairs: list[tuple[float, float]] = []
    for number in range(rounds):
        if number % 2:
            below = baseline()
            pairs.append((subject(), below))
        else:
            above = subject()
            pairs.append((above, baseline()))
    return Comparison(
        name,
        unit,
        Spread.of([above for above, _ in pairs]),
        Spread.of([below for _, below in pairs]),
        Spread.of([above / below for above, below in pairs]),
        rounds,
    )


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def milliseconds_each(work: Callable[[], object], times: int) -> float:
    """The median of `times` runs of `work`, in milliseconds."""
    return statistics.median(seconds(work) for _ in range(times)) * 1000


def per_second(work: Callable[[], object], times: int, threads: int) -> float:
    """How many of `times` runs of `work` `threads` threads finish in a second; an error in one is raised."""

    def share() -> None:
        for _ in range(times // threads):
            work()

    with ThreadPoolExecutor(threads) as pool:
        started = time.perf_counter()
        for done in [pool.submit(share) for _ in range(threads)]:
            done.result()
        return (times // threads) * threads / (time.perf_counter() - started)
