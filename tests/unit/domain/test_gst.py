"""The IRN and the financial year it counts by."""

from __future__ import annotations

from datetime import date

import pytest

from common.domain.gst import financial_year, irn, irn_matches

_IRN = "706daeccda0ef6f818da78f3a2a05a1288731057373002289b46c3229289a2e7"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2022, 3, 31), "2021-22"),
        (date(2022, 4, 1), "2022-23"),
        (date(2099, 12, 31), "2099-00"),
    ],
)
def test_the_financial_year_runs_from_april_to_march(day: date, year: str) -> None:
    assert financial_year(day) == year


def test_the_irn_is_that_of_the_portal() -> None:
    assert irn("01AMBPG7773M002", date(2022, 9, 16), "invoice", "SINV-CFY-00067") == _IRN


def test_any_day_of_the_year_fits_and_another_year_does_not() -> None:
    assert irn_matches(_IRN, "01AMBPG7773M002", date(2023, 3, 31), "invoice", "SINV-CFY-00067")
    assert not irn_matches(_IRN, "01AMBPG7773M002", date(2023, 4, 1), "invoice", "SINV-CFY-00067")


def test_one_changed_digit_fits_no_more() -> None:
    assert not irn_matches(_IRN, "01AMBPG7773M002", date(2022, 9, 16), "invoice", "SINV-CFY-00076")
    assert not irn_matches(_IRN, "01AMBPG7773M002", date(2022, 9, 16), "credit_note", "SINV-CFY-00067")


def test_numbers_are_upper_cased_since_june_2025() -> None:
    upper = irn("27AAPFU0939F1ZV", date(2025, 7, 1), "INV", "AB/1")
    assert irn_matches(upper, "27AAPFU0939F1ZV", date(2025, 7, 1), "invoice", "ab/1")
