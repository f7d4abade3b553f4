"""A table on a sheet: a head and rows whose texts wrap within their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.utils import simpleSplit

from emulators.samples.sheet import INK, Align, Sheet


@dataclass(frozen=True)
class Column:
    """A table's column; `width` in points."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class Style:
    """How a table looks: head and rule colours, type size, and whether every cell has a border."""

    head_fill: str | None = None
    head_ink: str = INK
    rule: str = "#c9ced8"
    grid: bool = False
    size: float = 8.5
    padding: float = 4.5

    @property
    def leading(self) -> float:
        """From one line of a cell to its next."""
        return self.size * 1.22


@dataclass(frozen=True)
class Table:
    """Columns in a style; `draw` puts them on a sheet."""

    columns: Sequence[Column]
    style: Style = Style()

    def draw(self, sheet: Sheet, x: float, y: float, rows: Sequence[Sequence[str]]) -> float:
        """Draws head and rows from x, y down; returns the y below the last row."""
        top, width, style = y, sum(column.width for column in self.columns), self.style
        titles = self._wrapped([column.title for column in self.columns], sheet.face.bold)
        if style.head_fill:
            sheet.fill(x, y, width, self._height(titles), style.head_fill)
        y = self._row(sheet, x, y, titles, head=True)
        sheet.rule(x, y, x + width, colour=style.rule, weight=0.9)
        for row in rows:
            y = self._row(sheet, x, y, self._wrapped(row, sheet.face.regular), head=False)
            sheet.rule(x, y, x + width, colour=style.rule)
        if style.grid:
            sheet.rule(x, top, x + width, colour=style.rule)
            edges = [
                x + sum(column.width for column in self.columns[:n]) for n in range(len(self.columns) + 1)
            ]
            for edge in edges:
                sheet.bar(edge, top, y, colour=style.rule)
        return y

    def _row(self, sheet: Sheet, x: float, y: float, cells: list[list[str]], *, head: bool) -> float:
        style = self.style
        colour = style.head_ink if head else INK
        for column, lines in zip(self.columns, cells, strict=True):
            anchor = {
                "left": x + style.padding,
                "right": x + column.width - style.padding,
                "centre": x + column.width / 2,
            }[column.align]
            baseline = y + style.padding + style.size * 0.82
            for line in lines:
                sheet.text(
                    anchor, baseline, line, size=style.size, bold=head, colour=colour, align=column.align
                )
                baseline += style.leading
            x += column.width
        return y + self._height(cells)

    def _height(self, cells: list[list[str]]) -> float:
        deepest = max(len(lines) for lines in cells)
        return 2 * self.style.padding + self.style.size + self.style.leading * (deepest - 1)

    def _wrapped(self, cells: Sequence[str], face: str) -> list[list[str]]:
        return [
            list(simpleSplit(cell, face, self.style.size, column.width - 2 * self.style.padding)) or [""]
            for column, cell in zip(self.columns, cells, strict=True)
        ]
