"""The lines below the items: which sum each of them names, and its figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from emulators.gemini.reader import dates
from emulators.gemini.reader.layout import Cell, Document, Line, folded
from emulators.gemini.reader.numbers import Amount, Style, amount
from emulators.gemini.reader.sumwords import TAX_NAME, kind_of

_RATE = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s*%")
_UNITS = re.compile(r"^(?:[€$£₹¥%]|[A-Z]{3}|Rs\.?|RM|DM|CR|Cr\.?|DR|Dr\.?|/-)$")


@dataclass
class Sum:
    """One named line: `figures` from left to right, `sure` how well its label fits (0…1)."""

    kind: str
    figures: list[Amount]
    label: str
    sure: float
    page: int
    line: int
    rate: Decimal | None = None
    base: Decimal | None = None
    printed: str = ""
    cell: Cell | None = field(default=None, repr=False)

    @property
    def value(self) -> Decimal:
        return self.figures[-1].value

    @property
    def money_like(self) -> bool:
        """Printed as money: with decimals or a currency."""
        return self.figures[-1].money or self.figures[-1].decimals == 2


def sums_of(line: Line, style: Style) -> list[Sum]:
    """The named figures of one line; most lines have none or one."""
    answer: list[Sum] = []
    label: list[str] = []
    parts = _parts(line, style)
    index = 0
    while index < len(parts):
        cell, text, found = parts[index]
        if found is None:
            label.append(text)
            index += 1
            continue
        figures: list[Amount] = []
        while index < len(parts) and (parts[index][2] is not None or _UNITS.match(parts[index][1])):
            if (one := parts[index][2]) is not None:
                figures.append(one)
            index += 1
        if len(figures) == 1 and label and _is_ordinal(figures[0], label[-1], parts[index - 1][0]):
            label.append(figures[0].text)
            continue
        named = _named(label)
        if named is not None and named[0] == "tax":
            named = _first_named(line) or named
        if named is not None and figures:
            kind, sure, words = named
            rate = _rate(" ".join(label))
            answer.append(
                Sum(kind, figures, words, sure, line.page, line.number, rate, printed=line.text, cell=cell)
            )
        label = []
    return [_with_base(one) for one in answer]


def _parts(line: Line, style: Style) -> list[tuple[Cell, str, Amount | None]]:
    """The line as pieces of text and numbers, in order; a cell's words of text stay together."""
    parts: list[tuple[Cell, str, Amount | None]] = []
    for cell in line.cells:
        words: list[str] = []
        tokens = [word.text for word in cell.words]
        dated = _dated(cell)
        for position, token in enumerate(tokens):
            found = None if position in dated else _number(tokens, position, style)
            if found is None:
                words.append(token)
                continue
            if words:
                parts.append((cell, " ".join(words), None))
                words = []
            parts.append((cell, token, found))
        if words:
            parts.append((cell, " ".join(words), None))
    return parts


def _dated(cell: Cell) -> set[int]:
    """The words of a cell that belong to a date, whose year is no figure."""
    if len(cell.words) < 2 or not re.search(r"[a-z]{3}.*\d{4}", cell.fold):
        return set()
    found: set[int] = set()
    position = 0
    spans = [(one.start, one.end) for one in dates.find(cell.text, "dmy")]
    for index, word in enumerate(cell.words):
        length = len(folded(word.text))
        if any(start < position + length and position < end for start, end in spans):
            found.add(index)
        position += length + 1
    return found


def _number(tokens: list[str], position: int, style: Style) -> Amount | None:
    """The number at `position`, with the sign or currency that stands alone before or behind it."""
    token = tokens[position]
    found = amount(token, style)
    if found is None:
        return None
    before = tokens[position - 1] if position else ""
    after = tokens[position + 1] if position + 1 < len(tokens) else ""
    if found.percent or after == "%" or after.startswith("%"):
        return None  # a rate is part of the label
    if not found.money and not found.decimals and after[:1].isalpha() and not _UNITS.match(after):
        return None  # a count: "30 days"
    if before in ("-", "−", "–") and found.value > 0:
        found = Amount(-found.value, found.text, found.money, found.percent)
    if after.upper().rstrip(".") == "CR" and found.value > 0:
        found = Amount(-found.value, found.text, True, found.percent)
    if _UNITS.match(before) or _UNITS.match(after):
        found = Amount(found.value, found.text, True, found.percent)
    return found


def _named(label: list[str]) -> tuple[str, float, str] | None:
    """The kind that the words before a figure name; the nearest piece decides."""
    tries = [label[-1:], label[-2:], label[-2:-1], label[-3:-2]]
    for words in (" ".join(some) for some in tries if some):
        found = kind_of(folded(words))
        if found is not None:
            return found[0], found[1], folded(words)
    return None


def _is_ordinal(figure: Amount, label: str, cell: Cell) -> bool:
    """Whether a figure only counts its label ("Discount 1"), standing in one cell with it."""
    plain = not figure.money and not figure.decimals and abs(figure.value) < 100
    return plain and not label.rstrip().endswith(":") and label in cell.text and figure.text in cell.text


def _first_named(line: Line) -> tuple[str, float, str] | None:
    """The discount or charge that a line begins with, before it says which tax applies to it."""
    first = line.cells[0].fold.split(" 1")[0]
    for label in (first, first.split()[0]):
        found = kind_of(label)
        if found is not None and found[0] in ("discount", "shipping", "charges"):
            return found[0], 0.8, label
    return None


def _rate(text: str) -> Decimal | None:
    found = _RATE.search(text)
    return Decimal(found.group(1).replace(",", ".")) if found else None


def _with_base(one: Sum) -> Sum:
    """For a tax line with several figures, which of them is taxed and which is the rate."""
    if len(one.figures) < 2 or not (one.kind == "tax" or TAX_NAME.search(one.label)):
        return one
    values = [figure.value for figure in one.figures]
    if one.rate is None and len(values) >= 3:
        for rate in values:
            rest = [value for value in values if value is not rate]
            if 0 < rate < 60 and fits(rest[0], rate, rest[1]):
                one.kind, one.rate, one.base = "tax", rate, rest[0]
                one.figures = [next(figure for figure in one.figures if figure.value is rest[1])]
                return one
    base, tax = values[-2], values[-1]
    if one.rate is not None and fits(base, one.rate, tax):
        one.kind, one.base = "tax", base
    elif one.rate is not None and fits(tax, one.rate, base):
        one.kind, one.base, one.figures = "tax", tax, one.figures[:-1]
    elif one.rate is not None and fits(values[0], one.rate, base):
        # Base, tax and the sum of both.
        one.kind, one.base, one.figures = "tax", values[0], one.figures[:-1]
    return one


def fits(base: Decimal, rate: Decimal, tax: Decimal) -> bool:
    """Whether `tax` is `rate` percent of `base`, give or take the rounding of a few lines."""
    return abs(base * rate / 100 - tax) <= max(Decimal("0.03"), abs(tax) * Decimal("0.002"))


def all_sums(document: Document, style: Style, skip: set[int], taken: set[int]) -> list[Sum]:
    """The sums of all lines but `skip` and of all cells but `taken`, also those below their label."""
    found: list[Sum] = []
    for line in document.lines:
        if line.number in skip:
            continue
        rest = [cell for cell in line.cells if id(cell) not in taken]
        if not rest:
            continue
        free = line if len(rest) == len(line.cells) else Line(line.page, line.number, line.base, rest)
        found += sums_of(free, style) or _under_labels(document, free, style, skip)
    return found


def _under_labels(document: Document, line: Line, style: Style, skip: set[int]) -> list[Sum]:
    """Figures that stand alone, named by the cell right above each."""
    found = []
    for cell in line.cells:
        texts = [word.text for word in cell.words]
        figure = amount(" ".join(texts), style)
        if figure is None or figure.percent or not (figure.money or figure.decimals == 2):
            continue
        label = _above(document, cell, style, skip)
        named = kind_of(label.fold) if label is not None else None
        if label is not None and named is not None and named[1] >= 0.9:
            found.append(
                Sum(
                    named[0],
                    [figure],
                    label.fold,
                    0.95,
                    line.page,
                    line.number,
                    _rate(label.fold),
                    printed=label.text,
                )
            )
    return [_with_base(one) for one in found]


def _above(document: Document, cell: Cell, style: Style, skip: set[int]) -> Cell | None:
    for line in reversed(document.lines[max(0, cell.line - 5) : cell.line]):
        gap = cell.base - line.base
        if line.page != cell.page or gap > 2.4 * max(cell.size, 6.0) or line.number in skip:
            return None
        for other in line.cells:
            if min(other.x1, cell.x1) - max(other.x0, cell.x0) > 0 or (
                gap < cell.size and other.x1 < cell.x0
            ):
                return None if any(amount(word.text, style) for word in other.words) else other
    return None
