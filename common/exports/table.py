"""Records as tables: one of invoices, one of their lines, and both in one for CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from common.domain.fields import HEADER, ITEM_CELLS
from common.exports.record import Exported, plain

IDENTITY = ("record", "file_name", "manual_verified")
HEADER_COLUMNS = tuple(field.name for field in HEADER)
ITEM_COLUMNS = tuple(f"item_{cell.name}" for cell in ITEM_CELLS)

_ACTIVE = re.compile(r"[=+\-@\t\r\n]")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")."""


def csv_of(records: Sequence[Exported]) -> bytes:
    """One row a line, with its invoice's header; RFC 4180, in UTF-8 with the mark that Excel asks for."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([*IDENTITY, *HEADER_COLUMNS, "item", *ITEM_COLUMNS])
    for record in records:
        head = [*identity(record), *(_cell(record.values.get(name)) for name in HEADER_COLUMNS)]
        for index, line in enumerate(record.items, 1):
            out.writerow([*head, index, *(_cell(line.get(cell.name)) for cell in ITEM_CELLS)])
        if not record.items:
            out.writerow([*head, "", *("" for _ in ITEM_COLUMNS)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def identity(record: Exported) -> list[str]:
    """What tells a record from others, in the first columns."""
    return [record.name, inert(record.file_name), "Y" if record.verified else "N"]


def inert(text: str) -> str:
    """`text` in a form that no spreadsheet calculates."""
    return f"'{text}" if _ACTIVE.match(text) else text


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return plain(Decimal(value))
    return inert(str(value))
