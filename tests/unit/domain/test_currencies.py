"""How exact a sum in each currency can be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from common.domain.currencies import CODES, SIGNS, WORDS, smallest


@pytest.mark.parametrize(("code", "least"), [("EUR", "0.01"), ("JPY", "1"), ("KWD", "0.001"), (None, "0.01")])
def test_the_smallest_amount_is_that_of_the_currency(code: str | None, least: str) -> None:
    assert smallest(code) == Decimal(least)


def test_every_sign_and_word_means_known_codes() -> None:
    assert {code for codes in (*SIGNS.values(), *WORDS.values()) for code in codes} <= CODES
