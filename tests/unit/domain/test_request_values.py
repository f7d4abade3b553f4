"""Amounts, dates, ids and user ids as requests write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.amounts import plain_amount
from common.domain.calendar import iso_date
from common.domain.ids import can_exist, scattered_key
from common.domain.user_ids import is_user_id


@pytest.mark.parametrize("text", ["0", "-1", "1500.50", "999999999999999.9999", " 12 ", "0.5"])
def test_a_plain_decimal_is_an_amount(text: str) -> None:
    assert plain_amount(text) == Decimal(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".5",
        "5.",
        "+5",
        "1e3",
        "NaN",
        "Infinity",
        "1,000",
        "1 000",
        "0x10",
        "१२",
        "1" * 16,
        "1.00001",
        "--1",
        "1_0",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert plain_amount(text) is None


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_an_amount_keeps_every_digit(amount: Decimal) -> None:
    assert plain_amount(f"{amount:f}") == amount


@given(st.dates())
def test_both_documented_date_forms_mean_the_same_day(day: date) -> None:
    first = f"{day.year:04}-{day.month:02}-{day.day:02}"
    second = f"{day.day:02}-{day.month:02}-{day.year:04}"
    assert iso_date(first) == iso_date(second, day_first_too=True) == day.isoformat()
    assert iso_date(second) is None


@pytest.mark.parametrize(
    "text", ["2024-13-01", "2024-02-30", "31-04-2024", "2024/01/01", "1-1-2024", "today", "０"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert iso_date(text, day_first_too=True) is None


@pytest.mark.parametrize("text", ["123", "a@b.example", "A-1_b.c", "x" * 128])
def test_a_user_id_is_a_short_plain_word(text: str) -> None:
    assert is_user_id(text)


@pytest.mark.parametrize("text", ["", ".", "..", "a/b", "x" * 129, "é", "a b", "a\n", "१"])
def test_what_could_leave_its_folder_is_no_user_id(text: str) -> None:
    assert not is_user_id(text)


def test_ids_are_positive_and_fit_a_record() -> None:
    assert can_exist(1)
    assert can_exist(2**63 - 1)
    assert not can_exist(0)
    assert not can_exist(-1)
    assert not can_exist(2**63)


def test_keys_of_neighbours_lie_far_apart_and_can_be_told_from_the_id() -> None:
    keys = [scattered_key(str(number)) for number in range(1, 1000)]
    assert len(set(keys)) == len(keys)
    assert keys != sorted(keys)
    first_letters = {key[0] for key in keys[:100]}
    assert len(first_letters) == 16
    assert keys[6].endswith("-7")
