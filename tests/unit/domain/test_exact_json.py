"""JSON that keeps every digit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.exact_json import dumps, loads


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_a_number_comes_back_with_every_digit(number: Decimal) -> None:
    assert Decimal(str(loads(dumps({"n": number}))["n"])) == number  # type: ignore[index]


def test_trailing_zeros_stay() -> None:
    assert dumps(loads('{"amt":1500.50}')) == '{"amt":1500.50}'


@pytest.mark.parametrize(
    "text", ["NaN", "[Infinity]", "-Infinity", "1e999", "{", '"\\ud800"', "[" * 100_000, ""]
)
def test_what_no_other_reader_could_take_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        loads(text)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValueError):
        loads(b'"\xff"')


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert loads('"\\ud83d\\ude00"') == "😀"
