"""When a value that was read is the true one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from common.domain.fields import ITEM_KIND_OF, KIND_OF, NUMBER_KINDS, TAX_KIND_OF

_FOLDED = frozenset({"name", "address", "text", "tax_id"})
"""Kinds of which only letters and digits count."""


def same(field: str, true: Any, read: Any) -> bool:
    """Whether `read` is the true value of a field of the header.

    Numbers must be the same number and dates the same day. Of names, addresses, texts
    and tax numbers the letters and digits count, not case, accents, spaces or
    punctuation; of numbers of documents everything but case and spaces.
    """
    if field == "taxes":
        return _same_taxes(true or [], read or [])
    return _same(KIND_OF[field], true, read)


def same_cell(cell: str, true: Any, read: Any) -> bool:
    """Whether `read` is the true value of a cell of a line item."""
    return _same(ITEM_KIND_OF[cell], true, read)


def folded(text: str) -> str:
    """The letters and digits of a text, without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if sign.isalnum())


def _same(kind: str, true: Any, read: Any) -> bool:
    if true is None or read is None:
        return true is None and read is None
    if kind in NUMBER_KINDS:
        return isinstance(read, Decimal | int) and Decimal(true) == Decimal(read)
    if kind in _FOLDED:
        return folded(str(true)) == folded(str(read))
    return _compact(str(true)) == _compact(str(read))


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _same_taxes(true: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the rows are the same in any order, by the cells that the truth gives."""
    cells = [cell for cell in TAX_KIND_OF if any(row.get(cell) is not None for row in true)]
    if not true:
        return not read
    return _rows(true, cells) == _rows(read, cells)


def _rows(rows: Sequence[Mapping[str, Any]], cells: Sequence[str]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(_plain(TAX_KIND_OF[cell], row.get(cell)) for cell in cells) for row in rows)


def _plain(kind: str, value: Any) -> object:
    if value is None or kind in NUMBER_KINDS:
        return value
    return folded(str(value))
