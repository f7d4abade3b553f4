"""Orders for faults: which call meets which."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from emulators.gemini.faults import BadFault, Faults, ordered


def no_text() -> str:
    raise AssertionError("the document must not be read for this")


def test_a_fault_strikes_once_unless_told_otherwise() -> None:
    faults = Faults()
    faults.add(ordered({"fault": "503"}))
    first, second = (faults.take("gemini", "m", no_text) for _ in range(2))
    assert first is not None and first.name == "503"
    assert second is None


def test_a_fault_without_an_end_lasts_until_it_is_cleared() -> None:
    faults = Faults()
    faults.add(ordered({"fault": "503", "times": None}))
    assert all(faults.take("gemini", "m", no_text) for _ in range(50))
    faults.clear()
    assert faults.take("gemini", "m", no_text) is None


def test_the_first_order_that_fits_is_met_first() -> None:
    faults = Faults()
    faults.add(ordered({"fault": "500", "model": "other"}))
    faults.add(ordered({"fault": "429", "service": "vertex"}))
    faults.add(ordered({"fault": "503", "match": "Harbor"}))
    found = [faults.take("gemini", "m", lambda text=text: text) for text in ("Lakeside", "Harbor Retail")]  # type: ignore[misc]
    assert [fault and fault.name for fault in found] == [None, "503"]


def test_times_are_counted_exactly_by_many_threads() -> None:
    faults = Faults()
    faults.add(ordered({"fault": "503", "times": 100}))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: faults.take("gemini", "m", no_text), range(400)))
    assert sum(fault is not None for fault in found) == 100


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"fault": "flood"},
        {"fault": "500", "times": 0},
        {"fault": "500", "times": True},
        {"fault": "slow", "seconds": -1},
        {"fault": "slow", "seconds": "2"},
        {"fault": "wrong_values", "values": []},
        {"fault": "cached_tokens", "tokens": -1},
        {"fault": "500", "model": 5},
        {"fault": "500", "surprise": 1},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(order: dict[str, object]) -> None:
    with pytest.raises(BadFault):
        ordered(order)
