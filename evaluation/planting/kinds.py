"""The kinds of errors that readers of invoices really make."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evaluation.planting import digits, invented, places
from evaluation.planting.error import Change, WrongCell, WrongValue
from evaluation.planting.subject import Subject
from evaluation.sameness import same, same_cell

HIDDEN = "hidden text's value"
"""Planted in a copy of the document that holds the value where nobody sees it."""

MAKERS: dict[str, Callable[[Subject], Iterator[Change]]] = {
    "digit swap": digits.swapped,
    "transposed digits": digits.transposed,
    "buyer as vendor": places.buyer_as_vendor,
    "dropped line": invented.dropped_line,
    "doubled line": invented.doubled_line,
    "tax rate as total": places.rate_as_total,
    "day/month swapped": places.day_as_month,
    "due date as date": places.due_as_date,
    "neighbour's number": places.neighbours_number,
    "invented number": invented.invented,
    "wrong currency": invented.wrong_currency,
    "decimal shifted": digits.shifted,
    "total that is the subtotal": places.subtotal_as_total,
    "another sum": places.another_sum,
    "neighbouring cell": places.neighbouring_cell,
}
KINDS = (*MAKERS, HIDDEN)


def changes(subject: Subject) -> Iterator[tuple[str, Change]]:
    """Every error that the truth has room for, by its kind; none of them is true after all."""
    for kind, make in MAKERS.items():
        for change in make(subject):
            if not _true_after_all(subject, change):
                yield kind, change


def _true_after_all(subject: Subject, change: Change) -> bool:
    if isinstance(change, WrongValue):
        return same(change.field, subject.truth.get(change.field), change.value)
    if isinstance(change, WrongCell):
        return same_cell(change.cell, subject.items[change.item].get(change.cell), change.value)
    return False
