"""One line of an items table, its words given to their columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from emulators.gemini.reader.columns import Head
from emulators.gemini.reader.layout import Cell, Line
from emulators.gemini.reader.numbers import Amount, Style, amount
from emulators.gemini.reader.page import Word

NUMERIC = frozenset(("quantity", "price", "discount", "tax_rate", "tax_amt", "net", "amount"))


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
            product = quantity.value * price.value
            sums = [one.value for one in (total, self.figure("net")) if one is not None]
            if any(abs(product - one) <= abs(one) / 50 + Decimal("0.02") for one in sums):
                return True
        position = self.figure("pos")
        return position is not None and position.decimals == 0 and len(self.kinds & NUMERIC) >= 2


def row_of(line: Line, head: Head, style: Style) -> Row:
    row = Row(head, [line])
    for cell in line.cells:
        for run in _runs(cell, head, style):
            row.words.setdefault(_column_of(run, head, style), []).extend(run)
    _part_neighbours(row)
    _refigure(row, style)
    return row


def _part_neighbours(row: Row) -> None:
    """Parts "8 863,85" into the quantity 8 and the price 863,85 where no other quantity stands in the row.

    In type of even width a narrow gap between columns looks like the space that sets off thousands.
    """
    for index, words in list(row.words.items()):
        if len(words) != 1 or row.head.columns[index].kind not in NUMERIC or "\u00a0" not in words[0].text:
            continue
        whole = words[0]
        front, _, back = whole.text.partition("\u00a0")
        sign = (whole.x1 - whole.x0) / len(whole.text)
        first = replace(whole, text=front, x1=whole.x0 + sign * len(front))
        rest = replace(whole, text=back, x0=whole.x1 - sign * len(back))
        column = nearest(first.x0, first.x1, row.head)
        if (
            column != index
            and column not in row.words
            and row.head.columns[column].kind in NUMERIC
            and first.x0 < row.head.columns[column].x1
        ):
            row.words[index], row.words[column] = [rest], [first]


def _refigure(row: Row, style: Style) -> None:
    row.figures = {}
    for index, words in row.words.items():
        texts = [word.text for word in words]
        found = amount(" ".join(texts), style) or next(
            (one for text in texts if (one := amount(text, style))), None
        )
        if found is not None:
            row.figures[index] = found


def _runs(cell: Cell, head: Head, style: Style) -> list[list[Word]]:
    """The cell's words, cut where a figure belongs to another column than the words before it."""
    runs: list[list[Word]] = []
    own = -1
    for word in cell.words:
        index = nearest(word.x0, word.x1, head)
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
    return nearest(x0, x1, head)


def nearest(x0: float, x1: float, head: Head) -> int:
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
