"""Amounts in every common notation."""

from __future__ import annotations

from decimal import Decimal

import pytest

from common.domain.money import Notation, readings


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("1\u2019234.50", "1234.50"),
        ("1,23,456.00", "123456.00"),
        ("12,34,56,789.00", "123456789.00"),
        ("1234.5", "1234.5"),
        ("99", "99"),
        (".50", "0.50"),
        ("0,025", "0.025"),
    ],
)
def test_an_amount_is_read_in_its_own_notation(printed: str, value: str) -> None:
    assert readings(printed)[0] == Decimal(value)


@pytest.mark.parametrize("printed", ["-12.50", "\u221212.50", "\u201312,50", "(12.50)", "12.50-", "12,50 -"])
def test_every_way_to_write_minus_is_minus(printed: str) -> None:
    assert readings(printed) == (Decimal("-12.50"),)


def test_an_amount_without_cents_is_read_with_its_dash() -> None:
    assert readings("99.-") == (Decimal(99),)
    assert readings("99,\u2013") == (Decimal(99),)


def test_three_digits_behind_one_mark_have_two_readings() -> None:
    assert set(readings("1.234")) == {Decimal(1234), Decimal("1.234")}


def test_the_documents_own_notation_decides_between_them() -> None:
    assert readings("1.234", Notation(",")) == (Decimal(1234),)
    assert readings("1.234", Notation(".")) == (Decimal("1.234"),)


@pytest.mark.parametrize("printed", ["", "abc", "1.2.3", "12,34,56", "(12.50", "1,23", "--5", "1..2"])
def test_what_is_no_amount_has_no_thousands(printed: str) -> None:
    assert all(abs(value) < 1000 for value in readings(printed))
