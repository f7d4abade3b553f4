"""Line items that were read are paired with the true ones by amount and description."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evaluation.lines import pairs


def line(description: str | None, amount: str | None) -> dict[str, Any]:
    return {"description": description, "amount": None if amount is None else Decimal(amount)}


def test_lines_are_found_in_another_order() -> None:
    true = [line("Site survey", "120"), line("Workshop, half a day", "340")]
    read = [line("Workshop half a day", "340.00"), line("SITE SURVEY", "120.00")]
    assert pairs(true, read) == [(0, 1), (1, 0)]


def test_another_amount_is_another_line() -> None:
    assert pairs([line("Site survey", "120")], [line("Site survey", "121")]) == []


def test_the_same_amount_under_an_unlike_description_is_another_line() -> None:
    assert pairs([line("Cable", "10")], [line("Washing powder", "10")]) == []


def test_a_description_that_goes_on_where_the_truth_stops_is_the_same_line() -> None:
    read = line("Physiotherapy, treatments as prescribed on 5 May, 11 May, 14 May, 19 May and 24 May", "260")
    assert pairs([line("Physiotherapy", "260")], [read]) == [(0, 0)]


def test_of_equal_lines_each_is_paired_once_and_in_order() -> None:
    twins = [line("Pen", "2.50"), line("Pen", "2.50")]
    assert pairs(twins, twins) == [(0, 0), (1, 1)]
    assert pairs(twins, twins[:1]) == [(0, 0)]
    assert pairs(twins[:1], twins) == [(0, 0)]


def test_the_amount_decides_where_a_description_is_missing() -> None:
    assert pairs([line(None, "10")], [line("Cable", "10.00")]) == [(0, 0)]
    assert pairs([line("Cable", "10")], [line(None, "10.00")]) == [(0, 0)]


def test_the_description_decides_where_the_truth_has_no_amount() -> None:
    read = [line("Cable", "7"), line("Plug", "3")]
    assert pairs([line("Plug", None)], read) == [(0, 1)]
    assert pairs([line(None, None)], read) == []


def test_the_likest_of_equal_amounts_is_taken() -> None:
    read = [line("Red pen, ten pieces", "5"), line("Blue pen, ten pieces", "5")]
    assert pairs([line("Blue pen, ten pieces", "5")], read) == [(0, 1)]


LINES = st.lists(
    st.builds(line, st.none() | st.text("abc ", max_size=6), st.none() | st.sampled_from(["1", "2.00", "2"])),
    max_size=5,
)


@given(LINES, LINES)
def test_no_line_is_in_two_pairs(true: list[dict[str, Any]], read: list[dict[str, Any]]) -> None:
    found = pairs(true, read)
    assert len({left for left, _ in found}) == len(found) == len({right for _, right in found})


@given(LINES)
def test_lines_with_a_description_or_an_amount_are_found_in_themselves(true: list[dict[str, Any]]) -> None:
    known = [each for each in true if each["amount"] is not None or (each["description"] or "").strip()]
    assert len(pairs(known, known)) == len(known)
