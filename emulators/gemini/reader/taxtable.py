"""Sums in a small table: their names in one line, the figures in the lines below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from emulators.gemini.reader import columns as item_columns
from emulators.gemini.reader.layout import Cell, Document, Line, folded
from emulators.gemini.reader.numbers import Amount, Style, amount
from emulators.gemini.reader.sums import Sum, fits, sums_of
from emulators.gemini.reader.sumwords import TAX_NAME, kind_of

_RATE = re.compile(r"(?:rate|satz|taux|tarief|aliquota|tipo|%|percent)")
_HSN = re.compile(r"^(?:hsn|sac)\b")
_ITEM_HEADS = ("description", "quantity", "pos")
_DEPTH = 8
_NEAR = 45.0


@dataclass
class Tables:
    """What was found: the sums, the cells that they take, and the lines with such cells."""

    sums: list[Sum] = field(default_factory=list)
    cells: set[int] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)

    def take(self, cells: list[Cell]) -> None:
        self.cells.update(id(cell) for cell in cells)
        self.lines.update(cell.line for cell in cells)


@dataclass
class _Column:
    kind: str
    cell: Cell


@dataclass
class _Row:
    """A line of figures: by the kind of their column, the words beside them, and all its cells."""

    line: int
    words: str
    figures: dict[str, Amount]
    cells: list[Cell]
    all_figures: list[Amount] = field(default_factory=list)


def tables(document: Document, style: Style, skip: set[int]) -> Tables:
    """All such tables; `skip` are headings of items."""
    found = Tables()
    for line in document.lines:
        if line.number in found.lines or line.number in skip:
            continue
        if _is_summary(line):
            # The summary by HSN code repeats the taxes that stand with the total.
            _take_summary(document, line, style, found)
            continue
        columns = _columns(line, style)
        kinds = {column.kind for column in columns}
        if len(kinds - {"rate", "name"}) < 2 and not ({"rate", "tax"} <= kinds):
            continue
        rows = _rows(document, line, columns, style)
        if rows:
            found.take([column.cell for column in columns])
            for row in rows:
                found.take(row.cells)
            found.sums += _sums(rows, line)
    return found


def _is_summary(line: Line) -> bool:
    """Whether this heads a summary by HSN code: the code, then taxes and what they are levied on."""
    levied = [cell for cell in line.cells if _kind(cell) in ("net", "tax", "rate")]
    return len(levied) > 1 and any(_HSN.match(cell.fold) for cell in line.cells)


def _take_summary(document: Document, head: Line, style: Style, found: Tables) -> None:
    found.take(head.cells)
    started = False
    for line in document.lines[head.number + 1 : head.number + 30]:
        figures = sum(amount(word.text, style) is not None for word in line.words)
        if line.page != head.page or (started and figures < 2) or line.number - head.number > 2 > figures:
            return
        started = started or figures > 1
        found.take(line.cells)


def _is_figure(cell: Cell, style: Style) -> bool:
    return any(word.text[:1].isdigit() and amount(word.text, style) for word in cell.words)


def _columns(line: Line, style: Style) -> list[_Column]:
    """The heads in a line, up to its first figure; the cell before a figure is that figure's label."""
    first = next((cell.index for cell in line.cells if _is_figure(cell, style)), None)
    cells = line.cells if first is None else line.cells[: max(first - 1, 0)]
    if any(len(cell.fold) > 40 or item_columns.kind_of(cell.fold) in _ITEM_HEADS for cell in cells):
        return []
    columns = [_Column(_kind(cell), cell) for cell in cells]
    taxes = [column for column in columns if column.kind == "tax"]
    if len(taxes) == 2 and not any(column.kind == "rate" for column in columns):
        taxes[0].kind = "rate"  # "VAT | Net | VAT amount"
    return columns


def _kind(cell: Cell) -> str:
    if _RATE.search(cell.fold) and len(cell.fold) < 24:
        return "rate"
    kind = kind_of(cell.fold)
    return kind[0] if kind is not None and kind[1] >= 0.6 else "name"


def _rows(document: Document, head: Line, columns: list[_Column], style: Style) -> list[_Row]:
    """The lines of figures below the heads; later ones must have most of what the first has."""
    rows: list[_Row] = []
    empty = 0
    for line in document.lines[head.number + 1 : head.number + 1 + _DEPTH]:
        if line.page != head.page or empty > 1 or _is_sum(line, style):
            break
        row = _row(line, columns, style)
        least = max(2, (len(rows[0].figures) + 1) // 2) if rows else 2
        if len(row.figures) >= least and row.figures.keys() - {"rate"}:
            rows.append(row)
            empty = 0
        else:
            empty += 1
    return rows


def _row(line: Line, columns: list[_Column], style: Style) -> _Row:
    row = _Row(line.number, "", {}, [])
    end = columns[-1].cell.x1 + _NEAR
    words = []
    for cell in line.cells:
        value = _value(cell, style)
        column = _under(cell, columns)
        if value is not None and column is not None:
            row.cells.append(cell)
            row.all_figures.append(value)
            if column.kind != "name":
                row.figures.setdefault(column.kind, value)
        elif cell.x0 < end:
            row.cells.append(cell)
            words.append(cell.text)
    row.words = " ".join(words)
    return row


def _is_sum(line: Line, style: Style) -> bool:
    """Whether the line names its one figure itself, and so is no line of the table."""
    found = sums_of(line, style)
    alone = len(found) == 1 and len(found[0].figures) == 1 and len(line.cells) <= 2
    return alone and found[0].sure >= 1.0 and found[0].kind != "tax"


def _value(cell: Cell, style: Style) -> Amount | None:
    texts = [word.text for word in cell.words]
    return amount(" ".join(texts), style) or (amount(texts[0], style) if len(texts) == 2 else None)


def _under(cell: Cell, columns: list[_Column]) -> _Column | None:
    """The column that the cell stands in: the one it overlaps most, else the nearest by an edge."""

    def distance(column: _Column) -> float:
        other = column.cell
        shared = min(cell.x1, other.x1) - max(cell.x0, other.x0)
        return -shared if shared > 0 else min(abs(cell.x1 - other.x1), abs(cell.x0 - other.x0))

    best = min(columns, key=distance)
    return best if distance(best) < _NEAR else None


def _sums(rows: list[_Row], head: Line) -> list[Sum]:
    found: list[Sum] = []
    summing = len(rows) > 1 and _adds_up(rows)
    for row in rows:
        label = folded(row.words)
        named = kind_of(label)
        if named is not None and named[0] in ("discount", "shipping", "charges"):
            # A table of discounts and charges: which tax applies to each is said beside it.
            found.append(Sum(named[0], [list(row.figures.values())[-1]], label, 0.9, head.page, row.line))
            continue
        _settle(row)
        whole = len(rows) == 1 or (summing and row is rows[-1])
        rate = row.figures["rate"].value if "rate" in row.figures else None
        if rate is not None and not 0 <= rate < 100:
            rate = None
        if "tax" in row.figures and not (summing and whole and rate is None):
            found += _taxed(row, rate, head)
        if whole:
            found += [
                Sum(kind, [figure], f"table {kind}", 1.0 if kind == "tax" else 0.9, head.page, row.line)
                for kind, figure in row.figures.items()
                if kind != "rate" and not (kind == "tax" and rate is not None and not summing)
            ]
    return found


def _settle(row: _Row) -> None:
    """Figures between two columns, told apart by arithmetic: base times rate is the tax."""
    net, rate, tax = (row.figures.get(kind) for kind in ("net", "rate", "tax"))
    if net is not None and rate is not None and tax is not None and fits(net.value, rate.value, tax.value):
        return
    for base, percent, levied in permutations(row.all_figures[-5:], 3):
        if 0 < percent.value < 60 and levied.value and fits(base.value, percent.value, levied.value):
            row.figures |= {"net": base, "rate": percent, "tax": levied}
            return


def _taxed(row: _Row, rate: Decimal | None, head: Line) -> list[Sum]:
    """The tax of one rate, where its figures fit together."""
    net = row.figures.get("net") or row.figures.get("subtotal")
    base = net.value if net is not None else None
    tax = row.figures["tax"]
    if rate is not None and base is not None and not fits(base, rate, tax.value):
        return []
    name = row.words
    if not TAX_NAME.search(folded(name)):
        # Without a name of its own, it has that of its column.
        name = next((cell.text for cell in head.cells if _kind(cell) == "tax"), name)
    return [Sum("tax", [tax], folded(name), 0.9, head.page, row.line, rate, base, printed=name)]


def _adds_up(rows: list[_Row]) -> bool:
    """Whether the last line is the sum of those before it."""
    *parts, last = rows
    for kind, figure in last.figures.items():
        if kind != "rate" and all(kind in part.figures for part in parts):
            total = sum((part.figures[kind].value for part in parts), Decimal(0))
            if abs(total - figure.value) <= Decimal("0.02"):
                return True
    return False
