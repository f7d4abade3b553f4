"""What becomes of a value: exact, missing, wrong, and whether a reason names it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evaluation.marks import LineCount, header, lines, names


def reason(
    field: str | None, item: int | None = None, cell: str | None = None, code: str = "not_found"
) -> dict[str, Any]:
    return {"code": code, "field": field, "item": item, "cell": cell, "message": ""}


def line(description: str, amount: str, quantity: str | None = None) -> dict[str, Any]:
    number = None if quantity is None else Decimal(quantity)
    return {"description": description, "amount": Decimal(amount), "quantity": number}


def test_a_wrong_value_without_a_reason_is_wrong_and_unflagged() -> None:
    (mark,) = header(
        {"total_amt": Decimal(10)}, {"total_amt": Decimal(12)}, [reason("tax_amt"), reason(None)]
    )
    assert (mark.outcome, mark.flagged) == ("wrong", False)


def test_a_wrong_value_whose_field_a_reason_names_is_flagged() -> None:
    (mark,) = header({"total_amt": Decimal(10)}, {"total_amt": Decimal(12)}, [reason("total_amt")])
    assert (mark.outcome, mark.flagged) == ("wrong", True)


def test_a_value_that_was_not_read_is_missing() -> None:
    (mark,) = header({"invoice_number": "A-1"}, {"invoice_number": None}, [])
    assert mark.outcome == "missing"


def test_a_value_read_where_the_document_has_none_is_wrong() -> None:
    (mark,) = header({"due_date": None}, {"due_date": "2024-01-01"}, [])
    assert mark.outcome == "wrong"


def test_only_what_the_truth_knows_is_scored() -> None:
    assert [mark.field for mark in header({"total_amt": Decimal(1)}, {"currency": "EUR"}, [])] == [
        "total_amt"
    ]


def test_a_line_read_wrong_counts_as_one_lost_and_one_wrong() -> None:
    true = {"items": [line("Pen", "2"), line("Ink", "5")]}
    read = {"items": [line("Pen", "2"), line("Ink", "6")]}
    count, _ = lines(true, read, [])
    assert count == LineCount(true=2, read=2, matched=1, unflagged=1, lost_unflagged=1)


def test_a_reason_about_the_line_or_about_missing_lines_flags_it() -> None:
    true = {"items": [line("Pen", "2"), line("Ink", "5")]}
    wrong = {"items": [line("Pen", "2"), line("Ink", "6")]}
    assert lines(true, wrong, [reason("items", 1, "amount")])[0].unflagged == 0
    short = {"items": [line("Pen", "2")]}
    assert lines(true, short, [reason("items", 0, "amount")])[0].lost_unflagged == 1
    assert lines(true, short, [reason("items", code="missing_line")])[0].lost_unflagged == 0


def test_cells_are_scored_in_lines_that_were_found() -> None:
    true = {"items": [line("Pen", "2", "4")]}
    read = {"items": [line("Pen", "2", "5")]}
    _, cells = lines(true, read, [reason("items", 0, "amount")])
    assert [(mark.field, mark.outcome, mark.flagged) for mark in cells] == [
        ("items.description", "exact", False),
        ("items.quantity", "wrong", False),
    ]
    assert lines(true, read, [], cells=())[1] == []


def test_lines_are_not_scored_where_the_truth_does_not_know_them() -> None:
    assert lines({}, {"items": [line("Pen", "2")]}, []) == (LineCount(), [])


def test_lines_that_the_document_does_not_have_are_wrong() -> None:
    count, _ = lines({"items": []}, {"items": [line("Pen", "2")]}, [])
    assert (count.true, count.read, count.unflagged) == (0, 1, 1)


def test_a_reason_without_a_cell_names_every_cell_of_its_line_and_no_other_line() -> None:
    assert names(reason("items", 1), "items", 1, "amount")
    assert not names(reason("items", 1), "items", 0, "amount")
    assert not names(reason("items", 1, "quantity"), "items", 1, "amount")
    assert names(reason("items"), "items", 7, "amount")
