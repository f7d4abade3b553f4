"""A person's corrections of what was read: which values may stand in an invoice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from common.domain.calendar import iso_date
from common.domain.changes import Line, Values, lines_of, same
from common.domain.currencies import CODES
from common.domain.fields import (
    DOCUMENT_TYPES,
    HEADER,
    ITEM_CELLS,
    NUMBER_KINDS,
    ORDER,
    TAX_CELLS,
    WRITING_TYPES,
    Field,
)
from common.domain.tax_ids import compact
from common.errors import Rejected

MOST_ITEMS = 10_000
MOST_TAXES = 100
LONGEST_TEXT = 5_000
"""Characters of one value."""

DIGITS_BEFORE = 15
DIGITS_BEHIND = 8
"""Digits of a number around its point; EN 16931 sets no bound for unit prices."""

_CHOICES = {"type": WRITING_TYPES, "document_type": DOCUMENT_TYPES}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HEADER = {field.name: field for field in HEADER}
_LONGEST_NAME_SHOWN = 60


def corrected(standing: Values, sent: Values) -> dict[str, object]:
    """`standing` with the values that were `sent`; what was not sent stays as it is.

    Absent fields stay, null and blank ones become null. A value that stands
    already is never refused: who corrects one field need not mend another.
    `confidence` is not a person's to give and is passed over. Raises Rejected,
    naming the field, for an unknown name, a wrong type or a value that can't be.
    """
    for name in sent:
        if name not in ORDER and name != "confidence":
            raise Rejected(f"{name[:_LONGEST_NAME_SHOWN]} is not a field of an invoice")
    new: dict[str, object] = {}
    for name in ORDER:
        if name not in sent:
            new[name] = standing.get(name)
        elif name == "items":
            new[name] = _lines(name, sent[name], standing, ITEM_CELLS, MOST_ITEMS)
        elif name == "taxes":
            new[name] = _lines(name, sent[name], standing, TAX_CELLS, MOST_TAXES)
        else:
            new[name] = _value(_HEADER[name], name, sent[name], (standing.get(name),))
    return new


def _lines(name: str, sent: object, standing: Values, cells: tuple[Field, ...], most: int) -> list[Line]:
    if sent is None:
        return []
    if not isinstance(sent, list):
        raise Rejected(f"{name} must be a list")
    if len(sent) > most:
        raise Rejected(f"{name} must be at most {most} lines")
    former = lines_of(standing.get(name))
    known = {cell.name for cell in cells}
    stood = {cell.name: [line.get(cell.name) for line in former] for cell in cells}
    lines: list[Line] = []
    for index, line in enumerate(sent):
        where = f"{name}[{index}]"
        if not isinstance(line, dict):
            raise Rejected(f"{where} must be an object")
        for cell_name in line:
            if cell_name not in known:
                raise Rejected(f"{where}.{cell_name[:_LONGEST_NAME_SHOWN]} is not a field of an invoice")
        lines.append(
            {
                cell.name: _value(cell, f"{where}.{cell.name}", line.get(cell.name), stood[cell.name])
                for cell in cells
            }
        )
    return lines


def _value(field: Field, where: str, value: object, standing: Sequence[object]) -> object:
    """`value` in the form in which it is stored."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if field.kind in NUMBER_KINDS:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise Rejected(f"{where} must be a number")
        number = _plain(Decimal(value))
        if number is None and not any(same(value, stood) for stood in standing):
            most = f"{DIGITS_BEFORE} digits before and {DIGITS_BEHIND} behind the point"
            raise Rejected(f"{where} must have at most {most}")
        return value if number is None else number
    if not isinstance(value, str):
        raise Rejected(f"{where} must be a string")
    if value in standing:
        return value
    return _text(field, where, _CONTROL.sub("", value).strip())


def _text(field: Field, where: str, text: str) -> str | None:
    if len(text) > LONGEST_TEXT:
        raise Rejected(f"{where} must be at most {LONGEST_TEXT} characters")
    if not text:
        return None
    if field.kind == "date":
        date = iso_date(text)
        if date is None:
            raise Rejected(f"{where} must be YYYY-MM-DD")
        return date
    if field.kind == "currency":
        if text.upper() not in CODES:
            raise Rejected(f"{where} must be a currency code of ISO 4217")
        return text.upper()
    if field.kind == "choice":
        choices = _CHOICES[field.name]
        if text not in choices:
            raise Rejected(f"{where} must be one of {', '.join(choices)}")
        return text
    return compact(text) if field.kind == "tax_id" else text


def _plain(number: Decimal) -> Decimal | None:
    """`number` without an exponent; None for one with too many digits."""
    if number == 0:
        return Decimal(0)
    if number.adjusted() >= DIGITS_BEFORE or int(number.as_tuple().exponent) < -DIGITS_BEHIND:
        return None
    return Decimal(f"{number:f}")
