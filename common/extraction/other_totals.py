"""What is called a total and is none of the document: of one rate, before tax, before rounding."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from common.extraction.numbers import Number
from common.extraction.paper import Found, Paper

_SMALL = Decimal(1)
"""A rounding is less than this."""
_SLACK = Decimal("0.05")
"""What a total may be rounded by without a word."""


class Rounded(NamedTuple):
    """A total that the document rounds, and the place of the rounded one."""

    before: Decimal
    after: Decimal
    found: Found


def part_of(paper: Paper, found: Found, number: Number, totals: list[Decimal]) -> str | None:
    """What an amount beside the word total is part of, as an end of a sentence; None if it may be the whole.

    `totals` are the amounts that a sure label calls the total.
    """
    value = abs(number.values[0])
    behind = [abs(each) for each in _behind(paper, found.page, number)[:2]]
    if len(behind) == 2 and behind[0] and abs(value + behind[0] - behind[1]) <= _SLACK:
        return f"before its tax in a row that ends in {behind[1]:,}"
    others = [each for each in totals if abs(each) != value]
    if not others:
        return None
    if len(others) == len(totals) and found.place is not None and "%" in found.place.text:
        return "where the document sums up one rate of tax"
    tax = behind[0] if behind else None
    if tax and any(abs(value + tax - abs(each)) <= _SLACK for each in others):
        return "where the document sums up its amounts before tax"
    return None


def rounded(paper: Paper, totals: list[Decimal]) -> Iterator[Rounded]:
    """The totals that are followed by a rounding and by the rounded amount, itself called so."""
    for where, number in paper.sums:
        step = number.values[0]
        if where.place is None or "round_off" not in where.place.meanings or not 0 < abs(step) < _SMALL:
            continue
        for before in totals:
            for after in (before + step, before - step):
                found = _below(paper, where, after)
                if found is not None:
                    yield Rounded(before, after, found)


def _below(paper: Paper, rounding: Found, value: Decimal) -> Found | None:
    for where, number in paper.sums:
        if (
            (where.page, where.start) > (rounding.page, rounding.start)
            and number.values[0] == value
            and where.place is not None
            and where.place.meanings & {"total", "round_off"}
        ):
            return where
    return None


def _behind(paper: Paper, page: int, number: Number) -> list[Decimal]:
    """The amounts that stand right of another in the same row."""
    index = paper.indexes[page]
    row = index.page.lines[index.cells[index.cell_at(number.start)].line]
    behind = index.numbers_in(number.end, row.end)
    return [each.values[0] for each in behind if each.decimals and not each.percent]
