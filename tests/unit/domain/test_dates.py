"""Dates in words and figures, and what is ambiguous about them."""

from __future__ import annotations

from datetime import date

import pytest

from common.domain.dates import dates_in, iso


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("05 Mar 2024", date(2024, 3, 5)),
        ("5 March 2024", date(2024, 3, 5)),
        ("March 5, 2024", date(2024, 3, 5)),
        ("Mar. 5th, 2024", date(2024, 3, 5)),
        ("5. März 2024", date(2024, 3, 5)),
        ("29 maart 2014", date(2014, 3, 29)),
        ("1er août 2024", date(2024, 8, 1)),
        ("14 de junio de 2024", date(2024, 6, 14)),
        ("12-Aug-24", date(2024, 8, 12)),
        ("August 3 , 2014", date(2014, 8, 3)),
        ("2024年3月5日", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("15.06.2018", date(2018, 6, 15)),
        ("17/03/201721:35", date(2017, 3, 17)),
        ("#19-21/05/201811:59:48", date(2018, 5, 21)),
    ],
)
def test_a_date_is_read_as_it_is_printed(printed: str, day: date) -> None:
    (found,) = dates_in(printed)
    assert found.readings == (day,)


def test_a_date_that_can_be_read_both_ways_gives_both() -> None:
    (found,) = dates_in("05/03/2024")
    assert found.readings == (date(2024, 3, 5), date(2024, 5, 3))
    assert found.order is None


def test_a_day_over_twelve_shows_the_order() -> None:
    (first,) = dates_in("25/03/2024")
    (second,) = dates_in("03/25/2024")
    assert (first.order, second.order) == ("dmy", "mdy")


def test_a_day_within_a_span_of_days_is_no_year() -> None:
    found = list(dates_in("billing period July 1 - July 31 , 2014"))
    assert [each.readings for each in found] == [(date(2014, 7, 31),)]


@pytest.mark.parametrize(
    "printed", ["31.02.2024", "1.2.3", "IP 10.20.30.40", "12/2024", "30 days", "v2.0.18"]
)
def test_what_is_no_date_is_left_alone(printed: str) -> None:
    assert not list(dates_in(printed))


def test_iso_takes_a_time_behind_the_day_and_nothing_else() -> None:
    assert iso("2024-03-05T10:00:00") == date(2024, 3, 5)
    assert iso("05/03/2024") is None
    assert iso(20240305) is None
