"""Sums in a small table: their names in one line, the figures in the lines below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from . import columns as item_columns
from .layout import Cell, Document, Line, folded
from .numbers import Amount, Style, amount
from .sums import Sum, fits, sums_of
from .sumwords import kind_of

_RATE = re.compile(r"(?:rate|satz|taux|tarief|aliquota|tipo|%|percent)")
_DEPTH = 8


@dataclass
class _Column:
    kind: str
    cell: Cell


def tables(document: Document, style: Style, skip: set[int]) -> tuple[list[Sum], set[int]]:
    """The sums of all such tables, and the lines that they take; `skip` are headings of items."""
    found: list[Sum] = []
    taken: set[int] = set()
    for line in document.lines:
        if line.number in taken or line.number in skip:
            continue
        columns = _columns(line, style)
        kinds = {column.kind for column in columns}
        if len(kinds - {"rate", "name"}) < 2 and not ({"rate", "tax"} <= kinds):
            continue
        rows = _rows(document, line, columns, style)
        if rows:
            taken.update({line.number, *(row[0] for row in rows)})
            found += _sums(rows, line)
    return found, taken


def _columns(line: Line, style: Style) -> list[_Column]:
    columns = []
    for cell in line.cells:
        if any(amount(word.text, style) is not None for word in cell.words if word.text[:1].isdigit()):
            return []
        if len(cell.fold) > 40 or item_columns.kind_of(cell.fold) in (
            "description",
            "quantity",
            "pos",
            "hsn",
        ):
            return []
        kind = kind_of(cell.fold)
        if _RATE.search(cell.fold) and len(cell.fold) < 24:
            columns.append(_Column("rate", cell))
        elif kind is not None and kind[1] >= 0.6:
            columns.append(_Column(kind[0], cell))
        else:
            columns.append(_Column("name", cell))
    taxes = [column for column in columns if column.kind == "tax"]
    if len(taxes) == 2 and not any(column.kind == "rate" for column in columns):
        taxes[0].kind = "rate"  # "VAT | Net | VAT amount"
    return columns


def _rows(
    document: Document, head: Line, columns: list[_Column], style: Style
) -> list[tuple[int, dict[str, Amount], str]]:
    """The lines of figures below the head: line number, figures by column kind, and their text."""
    rows: list[tuple[int, dict[str, Amount], str]] = []
    empty = 0
    for line in document.lines[head.number + 1 : head.number + 1 + _DEPTH]:
        if line.page != head.page or empty > 1 or _is_sum(line, style):
            break
        row: dict[str, Amount] = {}
        words = []
        for cell in line.cells:
            value = _value(cell, style)
            column = _under(cell, columns)
            if value is None or column is None:
                words.append(cell.text)
                continue
            kind = column.kind
            if kind == "name" or kind in row:
                continue
            row[kind] = value
        if len(row) >= (2 if rows == [] else 1) and row.keys() - {"rate"}:
            rows.append((line.number, row, " ".join(words)))
            empty = 0
        else:
            empty += 1
    return rows


def _is_sum(line: Line, style: Style) -> bool:
    """Whether the line names its one figure itself, and so is no line of the table."""
    found = sums_of(line, style)
    return len(found) == 1 and len(found[0].figures) == 1 and found[0].sure >= 1.0 and found[0].kind != "tax"


def _value(cell: Cell, style: Style) -> Amount | None:
    texts = [word.text for word in cell.words]
    return amount(" ".join(texts), style) or (amount(texts[0], style) if len(texts) == 2 else None)


def _under(cell: Cell, columns: list[_Column]) -> _Column | None:
    """The column that the cell stands in: the one it overlaps most, else the nearest by its right edge."""

    def distance(column: _Column) -> float:
        other = column.cell
        shared = min(cell.x1, other.x1) - max(cell.x0, other.x0)
        return -shared if shared > 0 else min(abs(cell.x1 - other.x1), abs(cell.x0 - other.x0))

    best = min(columns, key=distance)
    return best if distance(best) < 45 else None


def _sums(rows: list[tuple[int, dict[str, Amount], str]], head: Line) -> list[Sum]:
    found: list[Sum] = []
    summing = len(rows) > 1 and _adds_up(rows)
    for index, (number, row, words) in enumerate(rows):
        rate = row["rate"].value if "rate" in row else None
        base = row["net"].value if "net" in row else row["subtotal"].value if "subtotal" in row else None
        named = kind_of(folded(words))
        if named is not None and named[0] in ("discount", "shipping", "charges"):
            # A table of discounts and charges: which tax applies to each is said beside it.
            found.append(Sum(named[0], [list(row.values())[-1]], folded(words), 0.9, head.page, number))
            continue
        whole = len(rows) == 1 or (summing and index == len(rows) - 1)
        if "tax" in row and not (summing and whole and rate is None):
            rate = rate if rate is not None and 0 <= rate < 100 else None
            if rate is None or base is None or fits(base, rate, row["tax"].value):
                found.append(
                    Sum("tax", [row["tax"]], folded(words), 0.9, head.page, number, rate, base, printed=words)
                )
        if whole:
            found += [
                Sum(kind, [figure], f"table {kind}", 0.9 if kind != "tax" else 1.0, head.page, number)
                for kind, figure in row.items()
                if kind != "rate" and not (kind == "tax" and rate is not None and not summing)
            ]
    return found


def _adds_up(rows: list[tuple[int, dict[str, Amount], str]]) -> bool:
    """Whether the last line is the sum of those before it."""
    *parts, last = rows
    for kind, figure in last[1].items():
        if kind != "rate" and all(kind in part[1] for part in parts):
            total = sum((part[1][kind].value for part in parts), Decimal(0))
            if abs(total - figure.value) <= Decimal("0.02"):
                return True
    return False
