"""Dates in several languages and orders."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.gemini.reader.dates import find, order_of


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("7. Mai 2014", "2014-05-07"),
        ("Jan 1, 2022", "2022-01-01"),
        ("13 MAY 2018", "2018-05-13"),
        ("05-Mar-24", "2024-03-05"),
        ("le 3 février 2023", "2023-02-03"),
        ("1er mars 2024", "2024-03-01"),
        ("15 de marzo de 2024", "2024-03-15"),
        ("3rd of March, 2024", "2024-03-03"),
        ("31/12/2024", "2024-12-31"),
        ("12/31/2024", "2024-12-31"),
        ("22-11-17", "2017-11-22"),
        ("2024-06-10", "2024-06-10"),
        ("2024/03/05", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
    ],
)
def test_a_date_is_found(printed: str, found: str) -> None:
    assert [one.value.isoformat() for one in find(f"Date: {printed}", "dmy")] == [found]


@pytest.mark.parametrize("printed", ["March 2020", "12.50 10.00", "31.02.2024", "00/00/2024", "1234567"])
def test_what_is_no_whole_date_is_none(printed: str) -> None:
    assert find(printed, "dmy") == []


def test_both_dates_of_a_period_are_found_in_order() -> None:
    found = find("01.09.13 - 30.09.13", "dmy")
    assert [one.value for one in found] == [date(2013, 9, 1), date(2013, 9, 30)]


def test_one_clear_date_decides_the_order_of_all() -> None:
    assert order_of(["03/25/2026", "04/05/2026"], "dmy") == "mdy"
    assert order_of(["25/03/2026", "04/05/2026"], "mdy") == "dmy"
    assert order_of(["04/05/2026"], "mdy") == "mdy"


@given(st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_every_date_comes_back_from_its_print(day: date) -> None:
    for printed in (day.isoformat(), day.strftime("%d.%m.%Y"), day.strftime("%B %d, %Y")):
        assert [one.value for one in find(printed, "dmy")] == [day]
