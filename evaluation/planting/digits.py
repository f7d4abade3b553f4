"""Errors in the digits of a value: read wrong, transposed, or with the decimal mark elsewhere."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from evaluation.planting.error import Change, WrongCell, WrongValue
from evaluation.planting.subject import Subject

_SUMS = ("total_amt", "taxable_amt", "tax_amt", "subtotal", "amount_due", "prepaid_amt", "discount_amt")
_CELLS = ("amount", "quantity", "unit_price")
_LINES = 2
"""So many lines of a document get errors in their cells; the others would tell the same again."""


def swapped(subject: Subject) -> Iterator[Change]:
    """One digit read as another."""
    for field in _SUMS:
        value = subject.number(field)
        if value is not None:
            yield WrongValue(field, Decimal(_misread(f"{value:f}", subject.chance, "123456789")))
    for field in ("invoice_number", "vendor_tax_id"):
        code = subject.truth.get(field)
        if code and any(sign.isdigit() for sign in code):
            yield WrongValue(field, _misread(code, subject.chance, "0123456789"))
    for place, item in enumerate(subject.items[:_LINES]):
        for cell in _CELLS:
            if item.get(cell):
                yield WrongCell(
                    place, cell, Decimal(_misread(f"{item[cell]:f}", subject.chance, "123456789"))
                )


def transposed(subject: Subject) -> Iterator[Change]:
    """Two neighbouring digits exchanged."""
    for field in _SUMS[:3]:
        value = subject.number(field)
        turned = None if value is None else _turned(f"{value:f}", subject.chance)
        if turned is not None:
            yield WrongValue(field, Decimal(turned))
    for field in ("invoice_number", "vendor_tax_id"):
        turned = _turned(str(subject.truth.get(field) or ""), subject.chance)
        if turned is not None:
            yield WrongValue(field, turned)


def shifted(subject: Subject) -> Iterator[Change]:
    """The decimal mark one or two places further on."""
    for field in _SUMS[:3]:
        value = subject.number(field)
        if value is not None:
            yield WrongValue(field, value * 10)
            yield WrongValue(field, value * 100)
    for place, item in enumerate(subject.items[:1]):
        if item.get("amount"):
            yield WrongCell(place, "amount", item["amount"] * 10)


def _misread(text: str, chance: random.Random, digits: str) -> str:
    at = chance.choice([place for place, sign in enumerate(text) if sign.isdigit()])
    other = chance.choice([digit for digit in digits if digit != text[at]])
    return text[:at] + other + text[at + 1 :]


def _turned(text: str, chance: random.Random) -> str | None:
    pairs = [
        place
        for place in range(len(text) - 1)
        if text[place].isdigit() and text[place + 1].isdigit() and text[place] != text[place + 1]
    ]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
