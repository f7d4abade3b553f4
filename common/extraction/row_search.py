"""Where a line item could stand, and how well it would stand there."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from common.extraction.paper import Paper
from common.extraction.row import CELLS, Line
from common.extraction.texts import letters

_WEIGHTS = {
    "amount": 3.0,
    "unit_price": 2.0,
    "quantity": 1.2,
    "discount": 0.5,
    "tax_amt": 0.5,
    "tax_rate": 0.4,
}
_SUM_LABELS = frozenset({"total", "subtotal", "taxable", "due", "tax", "prepaid", "round_off"})
_LIMIT = 40
"""Places looked at for one amount; a value that stands more often proves nothing by itself."""


class Lines:
    """The document's lines by the numbers on them, and their letters, found out as they are asked for."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._values: dict[Line, set[Decimal]] = {}
        self._letters: dict[Line, str] = {}
        self._holding: dict[Decimal, frozenset[Line]] = {}
        self._words: dict[str, set[Line]] | None = None

    def values(self, line: Line) -> set[Decimal]:
        """What the numbers of a line can mean."""
        if line not in self._values:
            index = self.paper.indexes[line.page]
            span = index.page.lines[line.line]
            self._values[line] = {
                value for number in index.numbers_in(span.start, span.end) for value in number.values
            }
        return self._values[line]

    def letters(self, line: Line) -> str:
        """The letters and digits of a line and of the three around it on either side."""
        if line not in self._letters:
            index = self.paper.indexes[line.page]
            spans = index.page.lines
            start = spans[max(0, line.line - 3)].start
            end = spans[min(len(spans) - 1, line.line + 3)].end
            self._letters[line] = "".join(filter(str.isalnum, index.plain[start:end]))
        return self._letters[line]

    def holding(self, value: Decimal) -> frozenset[Line]:
        """The lines on which a value is printed, not as a percentage."""
        if value not in self._holding:
            self._holding[value] = frozenset(
                Line(page, _line_of(self.paper, page, number.start))
                for page, number in self.paper.numbers.get(value, ())
                if not number.percent
            )
        return self._holding[value]

    def about(self, words: Sequence[str], among: frozenset[Line]) -> frozenset[Line]:
        """Of some lines, those near the rarest of some words."""
        if self._words is None:
            self._words = {}
            for page, index in enumerate(self.paper.indexes):
                for word in index.words:
                    self._words.setdefault(word.text, set()).add(
                        Line(page, _line_of(self.paper, page, word.start))
                    )
        known = [self._words[word] for word in words if word in self._words]
        if not known:
            return frozenset()
        rarest = min(known, key=len)
        near = {Line(line.page, line.line + step) for line in rarest for step in range(-3, 4)}
        return frozenset(near & among)

    def near(self, line: Line, value: Decimal) -> bool:
        """Whether a value stands at most two lines away."""
        last = len(self.paper.indexes[line.page].page.lines) - 1
        return any(
            value in self.values(Line(line.page, at))
            for at in range(max(0, line.line - 2), min(last, line.line + 2) + 1)
        )


def candidates_for(paper: Paper, lines: Lines, item: dict[str, Any]) -> dict[Line, float]:
    """Lines where the item could stand, with how well; the best of very many."""
    words = [word for each in str(item.get("description") or "").split() if len(word := letters(each)) > 1]
    found: frozenset[Line] = frozenset()
    for cell in ("amount", "unit_price", "quantity"):
        value = item.get(cell)
        if value is not None and not found:
            found = lines.holding(value)
    needle = letters(str(item.get("description") or ""))
    if not found and len(needle) > 2:
        found = frozenset(Line(page, _line_of(paper, page, start)) for page, start, _ in paper.search(needle))
    if len(found) > _LIMIT and words:
        found = lines.about(words, found) or found
    scores = {line: _score(paper, lines, item, line, words) for line in found}
    best = sorted((line for line in scores if scores[line] > 0.5), key=lambda line: (-scores[line], line))
    return {line: scores[line] for line in best[:_LIMIT]}


def _line_of(paper: Paper, page: int, position: int) -> int:
    index = paper.indexes[page]
    return index.cells[index.cell_at(position)].line


def _score(paper: Paper, lines: Lines, item: dict[str, Any], line: Line, words: list[str]) -> float:
    values = lines.values(line)
    score = 0.0
    for cell in CELLS:
        value = item.get(cell)
        if value is None:
            continue
        if value in values:
            score += _WEIGHTS[cell]
        elif cell in ("unit_price", "quantity") and lines.near(line, value):
            score += _WEIGHTS[cell] * 0.5
    if words:
        band = lines.letters(line)
        score += 2.5 * sum(len(word) for word in words if word in band) / sum(map(len, words))
        # Of rows that are alike, the one whose own line begins with the description.
        own = paper.indexes[line.page].page.lines[line.line]
        text = paper.indexes[line.page].plain[own.start : own.end]
        score += 0.4 * sum(len(word) for word in words if word in text) / sum(map(len, words))
    index = paper.indexes[line.page]
    span = index.page.lines[line.line]
    for label in index.labels_in(span.start, span.end)[:1]:
        if label.meanings & _SUM_LABELS and not index.text[span.start : label.start].strip():
            score -= 3.0
    return score
