"""Numbers in the notations of many countries."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.gemini.reader.numbers import amount, style_of


@pytest.mark.parametrize(
    ("printed", "style", "value"),
    [
        ("1,234.56", ".", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1\u00a0234,56", ",", "1234.56"),
        ("1'234.50", ".", "1234.50"),
        ("1,23,456.00", ".", "123456.00"),
        ("12.50", ",", "12.50"),
        ("0,0520", ",", "0.0520"),
        ("1.000", ".", "1.000"),
        ("1.000", ",", "1000"),
        ("1,500", ".", "1500"),
        ("(12.50)", ".", "-12.50"),
        ("12.50-", ".", "-12.50"),
        ("-$5.00", ".", "-5.00"),
        ("£-10.00", ".", "-10.00"),
        ("12.50 CR", ".", "-12.50"),
        ("−7,00", ",", "-7.00"),
        ("€ 99,95", ",", "99.95"),
        ("529,87 €", ",", "529.87"),
        ("Rs. 500/-", ".", "500"),
        ("RM48.04", ".", "48.04"),
        (".50", ".", "0.50"),
    ],
)
def test_an_amount_is_read_as_it_is_meant(printed: str, style: str, value: str) -> None:
    found = amount(printed, style)
    assert found is not None
    assert str(found.value) == value


@pytest.mark.parametrize(
    "printed", ["", "abc", "2013-471102", "12.03.2026", "1,2,3", "1.234.5", "19,0,", "12 Stk", "1..2"]
)
def test_what_is_no_number_is_none(printed: str) -> None:
    assert amount(printed, ",") is None


def test_a_rate_is_told_from_an_amount() -> None:
    found = amount("19%", ".")
    assert found is not None and found.percent and found.value == 19


def test_the_decimal_sign_of_a_document_is_that_of_its_clear_amounts() -> None:
    assert style_of(["Summe 1.234,56", "19,00", "3.500"]) == ","
    assert style_of(["Total 1,234.56", "1,000"]) == "."


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from([".", ","]))
def test_every_amount_comes_back_from_its_print(value: Decimal, style: str) -> None:
    whole, _, cents = f"{value:,.2f}".partition(".")
    printed = f"{whole.replace(',', '.' if style == ',' else ',')}{style}{cents}"
    found = amount(printed, style)
    assert found is not None
    assert found.value == value
    assert found.decimals == 2
