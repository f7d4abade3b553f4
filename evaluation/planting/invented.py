"""Values that the document does not show at all, and lines that are lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evaluation.planting.error import Change, DoubledLine, DroppedLine, WrongValue
from evaluation.planting.subject import Subject

_OTHER_CURRENCY = {"EUR": "USD", "USD": "EUR"}


def invented(subject: Subject) -> Iterator[Change]:
    """A number, a sum, a date or a name out of nothing."""
    yield WrongValue("invoice_number", f"INV-{subject.chance.randrange(10000, 99999)}")
    if subject.number("total_amt"):
        yield WrongValue("total_amt", Decimal(subject.chance.randrange(100_000, 999_999)) / 100)
    if subject.truth.get("due_date") is None:
        yield WrongValue("due_date", "2019-02-17")
    if subject.truth.get("vendor_name"):
        yield WrongValue("vendor_name", "Acme Trading Corporation")


def wrong_currency(subject: Subject) -> Iterator[Change]:
    """Another currency."""
    own = subject.truth.get("currency")
    if own:
        yield WrongValue("currency", _OTHER_CURRENCY.get(own, "EUR"))
        yield WrongValue("currency", "INR" if own != "INR" else "GBP")


def dropped_line(subject: Subject) -> Iterator[Change]:
    """A line left out."""
    if len(subject.items) > 1:
        yield DroppedLine(subject.chance.randrange(len(subject.items)))


def doubled_line(subject: Subject) -> Iterator[Change]:
    """A line given twice."""
    if subject.items:
        yield DoubledLine(subject.chance.randrange(len(subject.items)))
