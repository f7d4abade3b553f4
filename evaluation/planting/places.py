"""Values that stand on the document and mean something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from evaluation.planting.error import Change, WrongCell, WrongValue
from evaluation.planting.subject import Subject

_RATE = re.compile(r"(?<![\d.,])(\d{1,2})(?:[.,]0{1,2})?\s?%")
_SAMPLED = 2
_OTHER_SUMS = (
    ("tax_amt", "total_amt"),
    ("total_amt", "taxable_amt"),
    ("taxable_amt", "tax_amt"),
    ("prepaid_amt", "amount_due"),
)
"""A sum, and the sum in whose place it is put."""


def buyer_as_vendor(subject: Subject) -> Iterator[Change]:
    """Who is invoiced in the place of who invoices."""
    for wrong, right in (("buyer_name", "vendor_name"), ("buyer_tax_id", "vendor_tax_id")):
        if subject.truth.get(wrong):
            yield WrongValue(right, subject.truth[wrong])


def rate_as_total(subject: Subject) -> Iterator[Change]:
    """The tax rate in the place of a sum."""
    rates = [row.get("rate") for row in subject.truth.get("taxes") or []]
    rates += [Decimal(found) for found in _RATE.findall(subject.text)]
    rate = next((each for each in rates if each), None)
    if rate is not None:
        for field in ("total_amt", "tax_amt"):
            if subject.number(field):
                yield WrongValue(field, rate)


def day_as_month(subject: Subject) -> Iterator[Change]:
    """Day and month exchanged, where that is a date too."""
    for field in ("invoice_date", "due_date"):
        told = subject.truth.get(field)
        if told:
            day = date.fromisoformat(told)
            if day.day <= 12 and day.day != day.month:
                yield WrongValue(field, day.replace(month=day.day, day=day.month).isoformat())


def due_as_date(subject: Subject) -> Iterator[Change]:
    """The due date as the invoice date, the other way round, and any other date as the invoice date."""
    own, due = subject.truth.get("invoice_date"), subject.truth.get("due_date")
    if own and due:
        yield WrongValue("invoice_date", due)
        yield WrongValue("due_date", own)
    if own:
        other = next(subject.other_dates(), None)
        if other is not None:
            yield WrongValue("invoice_date", other)


def neighbours_number(subject: Subject) -> Iterator[Change]:
    """Another number of the document: a customer's, an order's, another amount."""
    if subject.truth.get("invoice_number"):
        codes = subject.other_codes()
        for code in subject.chance.sample(codes, min(_SAMPLED, len(codes))):
            yield WrongValue("invoice_number", code)
    if subject.number("total_amt"):
        others = subject.other_amounts()
        for amount in subject.chance.sample(others, min(_SAMPLED, len(others))):
            yield WrongValue("total_amt", amount)
    amounts = [item.get("amount") for item in subject.items[:2]]
    if len(amounts) > 1 and all(amounts):
        yield WrongCell(0, "amount", amounts[1])


def neighbouring_cell(subject: Subject) -> Iterator[Change]:
    """The price of one in the place of a line's amount, and the other way round."""
    for place, item in enumerate(subject.items[:_SAMPLED]):
        if item.get("unit_price") and item.get("amount"):
            yield WrongCell(place, "amount", item["unit_price"])
            yield WrongCell(place, "unit_price", item["amount"])


def subtotal_as_total(subject: Subject) -> Iterator[Change]:
    """The sum without tax in the place of what is to be paid."""
    for wrong in ("subtotal", "taxable_amt"):
        value = subject.number(wrong)
        if value is not None and subject.number("total_amt"):
            yield WrongValue("total_amt", value)


def another_sum(subject: Subject) -> Iterator[Change]:
    """Any other sum in a sum's place."""
    for wrong, right in _OTHER_SUMS:
        value = subject.number(wrong)
        if value is not None and subject.number(right):
            yield WrongValue(right, value)
