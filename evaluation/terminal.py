"""Tables as text."""

from __future__ import annotations

import unicodedata

from evaluation.tables import Table, written

_LONGEST = 44


def text(table: Table) -> str:
    """A table for a terminal; empty where it has no row to show."""
    rows = table.rows if table.brief is None else table.brief
    if not rows:
        return ""
    cells = [[column.heading for column in table.columns]]
    for row in rows:
        cells.append([_short(written(c.kind, v)) for c, v in zip(table.columns, row, strict=True)])
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = [table.title, "-" * len(table.title)]
    for row_cells in cells:
        parts = []
        for column, cell, wide in zip(table.columns, row_cells, widths, strict=True):
            room = " " * (wide - _width(cell))
            parts.append(cell + room if column.kind == "text" else room + cell)
        lines.append("  ".join(parts).rstrip())
    if table.note:
        lines.append(table.note)
    return "\n".join(lines) + "\n"


def _short(cell: str) -> str:
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "…"


def _width(cell: str) -> int:
    """Columns that a text takes: combining signs none, East Asian ones two."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in cell
    )
