"""The lines of an items table: which word stands in which column, and where the table ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import permutations

from . import sumwords
from .columns import Column, Head
from .layout import Cell, Document, Line
from .numbers import Amount, Style, amount
from .page import Word
from .sums import sums_of
from .vocabulary import CARRY, FOOT

NUMERIC = frozenset(("quantity", "price", "discount", "tax_rate", "tax_amt", "net", "amount"))
_STOP_KINDS = frozenset(("subtotal", "net", "tax", "total", "due", "prepaid", "round_off"))
_TOTALLED = re.compile(r"(?:sub[- ]?)?total\w*\b|summe|gesamt|zwischensumme|tot\.? ")


@dataclass
class Row:
    """One line of a table: its words by the number of their column."""

    head: Head
    lines: list[Line]
    words: dict[int, list[Word]] = field(default_factory=dict)
    figures: dict[int, Amount] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        return self.lines[0]

    @property
    def kinds(self) -> set[str]:
        return {self.head.columns[index].kind for index in self.words}

    def text(self, kind: str) -> str:
        return " ".join(word.text for word in self.all_words(kind))

    def all_words(self, kind: str) -> list[Word]:
        return [word for index in self._columns(kind) for word in self.words.get(index, [])]

    def figure(self, kind: str) -> Amount | None:
        """The number in the column of that kind; of several such columns, the first that has one."""
        return next((self.figures[index] for index in self._columns(kind) if index in self.figures), None)

    def _columns(self, kind: str) -> list[int]:
        return [index for index, column in enumerate(self.head.columns) if column.kind == kind]

    @property
    def starts(self) -> bool:
        """Whether this is an item's main line: it has its sum (or price) and something that it is for."""
        main = "amount" if "amount" in self.head.kinds else "price"
        figure = self.figure(main)
        if figure is None or figure.percent:
            return False
        if not (figure.money or figure.decimals or self.full):
            return False
        return bool(
            self.kinds & {"description", "quantity", "pos", "code", "price", "other", "hsn", "date"} - {main}
        )

    @property
    def full(self) -> bool:
        """Whether this can be nothing but an item: numbered, or its price times its quantity is its sum."""
        quantity, price, total = (self.figure(kind) for kind in ("quantity", "price", "amount"))
        if total is None or total.percent:
            return False
        if quantity is not None and price is not None:
            return abs(quantity.value * price.value - total.value) <= abs(total.value) / 50 + Decimal("0.02")
        position = self.figure("pos")
        return position is not None and position.decimals == 0 and len(self.kinds & NUMERIC) >= 2


def rows(document: Document, head: Head, limit: int, style: Style) -> list[Row]:
    """The lines of the table, from its heading to the sums below it, over as many pages as it runs."""
    read = list(_merged(_read(document, head, limit, style)))
    _settle(head, read)
    kept: list[Row] = []
    keep = 0
    soft = False
    last: Line | None = None
    for row in read:
        line = row.line
        if line.page > head.page and not keep:
            break
        if last is not None and line.page != last.page:
            last = None
        stop = _stop(row, style)
        if stop == "hard" or (last is None and line.page > head.page and soft):
            break
        far = last is not None and line.base - last.base > 7 * max(line.size, 6.0)
        if far and not row.starts:
            break
        soft = soft or stop == "soft"
        if row.starts and soft and not row.full:
            continue
        if line.page > head.page and last is None and not row.starts:
            continue
        kept.append(row)
        last = row.lines[-1]
        if row.starts:
            keep, soft = len(kept), False
        elif not soft:
            keep = len(kept) if keep else 0
    return kept[:keep]


def _read(document: Document, head: Head, limit: int, style: Style) -> Iterator[Row]:
    for line in document.lines[head.last + 1 : limit]:
        if not CARRY.search(line.fold):
            yield _row(line, head, style)


def _row(line: Line, head: Head, style: Style) -> Row:
    row = Row(head, [line])
    for cell in line.cells:
        for run in _runs(cell, head, style):
            row.words.setdefault(_column_of(run, head, style), []).extend(run)
    _refigure(row, style)
    return row


def _refigure(row: Row, style: Style) -> None:
    row.figures = {}
    for index, words in row.words.items():
        texts = [word.text for word in words]
        found = amount(" ".join(texts), style) or next(
            (one for text in texts if (one := amount(text, style))), None
        )
        if found is not None:
            row.figures[index] = found


def _merged(read: Iterator[Row]) -> Iterator[Row]:
    """Lines of one row whose cells are not quite level, or whose sum stands a line lower, as one."""
    last: Row | None = None
    for row in read:
        if last is not None and _same_row(last, row):
            last.lines += row.lines
            for index, words in row.words.items():
                last.words.setdefault(index, []).extend(words)
            last.figures = {**row.figures, **last.figures}
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def _same_row(above: Row, below: Row) -> bool:
    gap = below.line.base - above.lines[-1].base
    size = max(above.line.size, 5.0)
    if above.line.page != below.line.page or gap > 1.7 * size:
        return False
    numbers_above = {index for index in above.figures if above.head.columns[index].kind in NUMERIC}
    numbers_below = {index for index in below.figures if below.head.columns[index].kind in NUMERIC}
    if numbers_above & numbers_below or not numbers_above or not numbers_below:
        return False
    if gap < 0.72 * size:
        return True
    kinds = {above.head.columns[index].kind for index in numbers_above}
    # A sum alone below its price and quantity.
    return not above.starts and len(kinds & {"price", "quantity"}) == 2 and "description" not in below.kinds


def _runs(cell: Cell, head: Head, style: Style) -> list[list[Word]]:
    """The cell's words, cut where a figure belongs to another column than the words before it."""
    runs: list[list[Word]] = []
    own = -1
    for word in cell.words:
        index = _nearest(word.x0, word.x1, head)
        column = head.columns[index]
        inside = min(word.x1, column.x1) - max(word.x0, column.x0) > 0
        special = column.kind in NUMERIC or column.kind in ("hsn", "pos")
        figure = amount(word.text, style) is not None or (column.kind == "hsn" and word.text.isdigit())
        now = index if figure and special and inside else -1
        leaves = own >= 0 and index != own and (inside or word.x0 > head.columns[own].x1 + 0.6 * word.size)
        if own >= 0 and head.columns[own].kind == "pos" and now < 0 and re.search(r"[^\W\d_]", word.text):
            leaves = True
        if runs and _begins(word, head) not in (None, _begins(runs[-1][0], head)):
            leaves = True
        if runs and (now < 0 or now == own) and not leaves:
            runs[-1].append(word)
        else:
            runs.append([word])
            own = now
    return runs


def _begins(word: Word, head: Head) -> int | None:
    """The column whose head begins exactly where `word` does."""
    near = [index for index, column in enumerate(head.columns) if abs(column.x0 - word.x0) < 1.5]
    return near[0] if near else None


def _column_of(run: list[Word], head: Head, style: Style) -> int:
    x0, x1 = run[0].x0, run[-1].x1
    text = " ".join(word.text for word in run)
    if amount(text, style) is None and amount(run[0].text, style) is None:
        return _nearest_left(x0, x1, head)
    return _nearest(x0, x1, head)


def _nearest(x0: float, x1: float, head: Head) -> int:
    def distance(index: int) -> tuple[float, float]:
        column = head.columns[index]
        shared = min(x1, column.x1) - max(x0, column.x0)
        edges = min(abs(x1 - column.x1), abs(x0 - column.x0), abs((x0 + x1 - column.x0 - column.x1) / 2))
        return (0.0 if shared > 0 else -shared, edges)

    return min(range(len(head.columns)), key=distance)


def _nearest_left(x0: float, x1: float, head: Head) -> int:
    """For words: the column whose head begins nearest to them, or that they stand under."""

    def distance(index: int) -> float:
        column = head.columns[index]
        if column.kind in ("amount", "price", "net", "tax_amt"):
            return 1e6 + abs(x0 - column.x0)
        if column.x0 - 4 <= x0 <= column.x1:
            return abs(x0 - column.x0) * 0.1
        return min(abs(x0 - column.x0), abs((x0 + x1) / 2 - (column.x0 + column.x1) / 2))

    return min(range(len(head.columns)), key=distance)


def _stop(row: Row, style: Style) -> str:
    """ "hard" for a line that ends the table, "soft" for one that ends it unless items follow, else ""."""
    for line in row.lines:
        for one in sums_of(line, style):
            if one.kind not in _STOP_KINDS or one.sure < 0.7 or (row.starts and row.full):
                continue
            cell = next((cell for cell in line.cells if one.figures[-1].text in cell.text), line.cells[-1])
            under = row.head.columns[_nearest(cell.words[-1].x0, cell.words[-1].x1, row.head)]
            return "hard" if under.kind in ("amount", "net") and one.sure >= 1.0 else "soft"
    if row.starts and not row.full and _TOTALLED.match(row.line.fold):
        return "soft"
    if row.starts:
        return ""
    if FOOT.match(row.line.fold):
        return "soft"
    found = sumwords.kind_of(row.line.cells[0].fold)
    if (
        found is not None
        and found[0] in ("subtotal", "total", "net")
        and found[1] >= 1.0
        and len(row.line.cells) <= 2
    ):
        return "soft"
    return ""


def _settle(head: Head, read: list[Row]) -> None:
    """Columns whose heads mislead or say nothing, set right by arithmetic: quantity × price = amount."""
    sample = [row for row in read if len([one for one in row.figures.values() if not one.percent]) >= 2][:30]
    kinds = [column.kind for column in head.columns]
    if "amount" not in kinds:
        money = [
            index
            for index in range(len(kinds))
            if kinds[index] in ("other", "price", "net") and any(_is_money(row, index) for row in sample)
        ]
        others = [index for index in money if kinds[index] == "other"]
        if others:
            head.columns[others[-1]].kind = "amount"
    now = tuple(_index(head, kind) for kind in ("quantity", "price", "amount"))
    if None not in now and _share(sample, *now) >= 0.5:
        return
    numeric = [
        index
        for index, column in enumerate(head.columns)
        if column.kind in ("quantity", "price", "amount", "net", "other", "unit")
        and any(index in row.figures for row in sample)
    ]
    best: tuple[float, tuple[int, int, int]] | None = None
    for first, second, third in permutations(numeric, 3):
        if first > second:
            continue
        share = _share(sample, first, second, third)
        if share >= 0.8 and (best is None or share > best[0]):
            best = (share, (first, second, third))
    if best is None:
        return
    first, second, third = best[1]
    swapped = head.columns[first].kind == "price" or head.columns[second].kind == "quantity"
    for column in head.columns:
        if column.kind in ("quantity", "price", "amount"):
            column.kind = "net" if column.kind == "amount" else "other"
    head.columns[first].kind, head.columns[second].kind = (
        ("price", "quantity") if swapped else ("quantity", "price")
    )
    head.columns[third].kind = "amount"


def _is_money(row: Row, index: int) -> bool:
    found = row.figures.get(index)
    return found is not None and not found.percent and (found.decimals == 2 or found.money)


def _index(head: Head, kind: str) -> int | None:
    return next((index for index, column in enumerate(head.columns) if column.kind == kind), None)


def _share(sample: list[Row], quantity: int | None, price: int | None, total: int | None) -> float:
    """In how many of the rows that have all three figures the product is right; 0 for none."""
    assert quantity is not None and price is not None and total is not None
    having = [row.figures for row in sample if {quantity, price, total} <= row.figures.keys()]
    telling = [one for one in having if one[total].value not in (one[quantity].value, one[price].value)]
    right = [
        one
        for one in telling
        if abs(one[quantity].value * one[price].value - one[total].value)
        <= max(Decimal("0.02"), abs(one[total].value) / 200)
    ]
    return len(right) / len(telling) if telling else (0.5 if having else 0.0)


__all__ = ["Column", "Row", "rows"]
