"""From the model's words to `data.data`: full names, exact numbers, nothing of a wrong kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from common.domain import dates, money, tax_ids
from common.domain.currencies import CODES
from common.domain.fields import (
    DOCUMENT_TYPES,
    ITEM_KIND_OF,
    ITEM_NAMES,
    KIND_OF,
    ORDER,
    TAX_KIND_OF,
    TAX_NAMES,
    WRITING_TYPES,
)
from common.extraction.request import SHORT, SHORT_ITEM, SHORT_TAX

_MAX_ROWS = 5000
_MAX_TEXT = 4000
_MAX_DIGITS = 18
_NOISE = 10
_FINEST = Decimal("0.00000001")
_NOTHING = frozenset({"", "null", "none", "n/a", "na", "nil", "-", "unknown", "not available"})


def expand(answer: Mapping[str, object]) -> dict[str, object]:
    """`answer` with the full names of `data.data`, whichever profile's names it uses."""
    rows = {
        "taxes": {short: name for name, short in SHORT_TAX.items()},
        "items": {s: n for n, s in SHORT_ITEM.items()},
    }
    full = {short: name for name, short in SHORT.items()}
    made: dict[str, object] = {}
    for key, value in answer.items():
        name = full.get(key, key)
        if name in rows and isinstance(value, list):
            names = rows[name]
            made.setdefault(
                name,
                [
                    {names.get(cell, cell): each for cell, each in row.items()}
                    for row in value
                    if isinstance(row, dict)
                ],
            )
        else:
            made.setdefault(name, value)
    return made


def tidy(fields: Mapping[str, object]) -> dict[str, Any]:
    """Every name of `data.data` in order, each value of its kind or null; numbers as Decimal."""
    made: dict[str, Any] = {}
    for name in ORDER:
        value = fields.get(name)
        if name == "items":
            made[name] = _rows(value, ITEM_NAMES, ITEM_KIND_OF)
        elif name == "taxes":
            made[name] = _rows(value, TAX_NAMES, TAX_KIND_OF)
        else:
            made[name] = clean(KIND_OF[name], value)
    if made["type"] not in WRITING_TYPES:
        made["type"] = None
    if made["document_type"] not in DOCUMENT_TYPES:
        made["document_type"] = None
    return made


def clean(kind: str, value: object) -> Any:
    """`value` as its kind demands, or None."""
    if kind in ("money", "rate", "quantity"):
        return _number(value)
    if isinstance(value, bool) or value is None or isinstance(value, list | dict):
        return None
    text = re.sub(r"[^\S\n]+", " ", str(value)).strip()[:_MAX_TEXT]
    if text.lower() in _NOTHING:
        return None
    if kind == "date":
        return _date(text)
    if kind == "tax_id":
        return tax_ids.compact(text)
    if kind == "currency":
        return text.upper() if text.upper() in CODES else text
    return text.lower() if kind == "choice" else text


def _rows(value: object, names: tuple[str, ...], kinds: Mapping[str, str]) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        return []
    rows = []
    for row in value[:_MAX_ROWS]:
        if isinstance(row, dict):
            cells = {name: clean(kinds[name], row.get(name)) for name in names}
            if any(cell is not None for cell in cells.values()):
                rows.append(cells)
    return rows


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    if isinstance(value, str):
        found = money.readings(value.strip().rstrip("%").strip())
        return found[0] if found else None
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite() or number.adjusted() >= _MAX_DIGITS:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_NOISE:
        # 299.96999999999997 is a binary fraction's spelling of 299.97.
        number = number.quantize(_FINEST).normalize()
    return number


def _date(text: str) -> str | None:
    day = dates.iso(text)
    if day is not None:
        return day.isoformat()
    found = next(dates.dates_in(text), None)
    return found.readings[0].isoformat() if found else None
