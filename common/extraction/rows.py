"""Line items: each found on its own row of the page, cell by cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from common.extraction.paper import Found, Paper
from common.extraction.places import Place
from common.extraction.numbers import Number
from common.extraction.texts import letters

_BAND = 9
"""Lines around a row's amount that can belong to it."""
_CELLS = ("amount", "unit_price", "quantity", "discount", "tax_amt", "tax_rate")
_WEIGHTS = {
    "amount": 3.0,
    "unit_price": 2.0,
    "quantity": 1.2,
    "discount": 0.5,
    "tax_amt": 0.5,
    "tax_rate": 0.4,
}
_COLUMN = {
    "amount": frozenset({"line_amount"}),
    "unit_price": frozenset({"unit_price"}),
    "quantity": frozenset({"quantity"}),
    "tax_rate": frozenset({"tax_rate", "line_tax", "tax"}),
    "tax_amt": frozenset({"line_tax", "tax"}),
    "discount": frozenset({"discount", "line_discount"}),
}
_SUM_LABELS = frozenset({"total", "subtotal", "taxable", "due", "tax", "prepaid", "round_off"})
_LIMIT = 40
"""Places looked at for one amount; a value that stands more often proves nothing by itself."""


class Line(NamedTuple):
    """A line of a page."""

    page: int
    line: int


@dataclass
class Row:
    """A line item's row: where it stands and what of it was found there."""

    line: Line | None = None
    cells: dict[str, Found] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    """Cells whose value stands in another column of the row, with what the column says."""
    description: tuple[int, tuple[tuple[int, int], ...]] | None = None
    share: float = 0.0
    """How much of the description stands at the row."""
    doubled: int | None = None
    """The earlier item that stands on the only row that this one could be."""


def locate(paper: Paper, items: Sequence[dict[str, Any]]) -> list[Row]:
    """A row for each item, in the items' order; rows are never shared."""
    lines = _Lines(paper)
    candidates = [_candidates(paper, lines, item) for item in items]
    chosen = _aligned(candidates)
    doubled = _doubled(items, candidates, chosen)
    for number in doubled:
        chosen[number] = None
    taken: dict[int, list[int]] = {}
    for line in chosen:
        if line is not None:
            taken.setdefault(line.page, []).append(line.line)
    for numbers in taken.values():
        numbers.sort()
    claimed = {line: number for number, line in enumerate(chosen) if line is not None}
    rows: list[Row] = []
    for number, item in enumerate(items):
        line = chosen[number]
        if number in doubled:
            rows.append(Row(doubled=doubled[number]))
        elif line is None:
            rows.append(_lost(item, candidates[number], claimed, number))
        else:
            rows.append(_found(paper, item, line, taken[line.page]))
    return rows


class _Lines:
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


def _candidates(paper: Paper, lines: _Lines, item: dict[str, Any]) -> dict[Line, float]:
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


def _score(paper: Paper, lines: _Lines, item: dict[str, Any], line: Line, words: list[str]) -> float:
    values = lines.values(line)
    score = 0.0
    for cell in _CELLS:
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


def _aligned(candidates: list[dict[Line, float]]) -> list[Line | None]:
    """One line for each item, all different, in reading order where that fits best.

    The heaviest common subsequence of items and lines; what is out of order is
    fitted in afterwards.
    """
    ranks = {
        line: rank for rank, line in enumerate(sorted({line for each in candidates for line in each}), 1)
    }
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    """A Fenwick tree: the heaviest chain that ends at or before a rank, as weight and node."""
    nodes: list[tuple[int, Line, int]] = []
    for number, each in enumerate(candidates):
        made: list[tuple[int, float, int]] = []
        for line, score in each.items():
            weight, node = _heaviest(best, ranks[line] - 1)
            nodes.append((number, line, node))
            made.append((ranks[line], weight + score, len(nodes) - 1))
        for rank, total, node in made:
            at = rank
            while at < len(best):
                if total > best[at][0]:
                    best[at] = (total, node)
                at += at & -at
    chosen: list[Line | None] = [None] * len(candidates)
    _, node = _heaviest(best, len(ranks))
    while node >= 0:
        number, line, node = nodes[node]
        chosen[number] = line
    used = {line for line in chosen if line is not None}
    for number, each in enumerate(candidates):
        if chosen[number] is None:
            free = [(score, line) for line, score in each.items() if line not in used]
            if free and max(free)[0] > 2.5:
                chosen[number] = max(free)[1]
                used.add(max(free)[1])
    return chosen


def _heaviest(tree: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    while rank > 0:
        found = max(found, tree[rank])
        rank -= rank & -rank
    return found


def _doubled(
    items: Sequence[dict[str, Any]], candidates: list[dict[Line, float]], chosen: list[Line | None]
) -> dict[int, int]:
    """Items that say what another says and stand on a much worse row: the other's row, read twice."""
    found: dict[int, int] = {}
    seen: dict[tuple[Any, ...], int] = {}
    for number, item in enumerate(items):
        key = tuple(item.get(cell) for cell in ("description", *_CELLS))
        other = seen.setdefault(key, number)
        if other == number:
            continue
        mine, theirs = (
            candidates[at].get(line, 0.0) if (line := chosen[at]) is not None else 0.0
            for at in (number, other)
        )
        if mine < theirs - 1.0:
            found[number] = other
        elif theirs < mine - 1.0:
            found[other] = number
            seen[key] = number
    return found


def _lost(item: dict[str, Any], candidates: dict[Line, float], claimed: dict[Line, int], number: int) -> Row:
    """The row of an item that has none: a second reading of another's row, or nothing at all."""
    for line, score in candidates.items():
        if line in claimed and score > 2.5:
            return Row(doubled=min(claimed[line], number))
    return Row(
        missing=[
            cell for cell in ("amount", "unit_price", "quantity", "description") if item.get(cell) is not None
        ]
    )


def _found(paper: Paper, item: dict[str, Any], line: Line, taken: list[int]) -> Row:
    index = paper.indexes[line.page]
    lines = index.page.lines
    at = bisect_left(taken, line.line)
    before = taken[at - 1] if at else -1
    after = taken[at + 1] if at + 1 < len(taken) else len(lines)
    first = max(before + 1, line.line - _BAND)
    last = min(after - 1, line.line + _BAND)
    span = lines[line.line]
    row = Row(line)
    used: set[int] = set()
    for cell in _CELLS:
        value = item.get(cell)
        if value is None:
            continue
        hit = _pick(paper, line.page, cell, value, (span.start, span.end), used)
        if hit is None:
            start, end = lines[first].start, lines[last].end
            hit = _pick(paper, line.page, cell, value, (start, end), used)
        if hit is None and cell == "quantity" and (glued := _glued(paper, item, line)) is not None:
            row.cells[cell] = glued
            continue
        if hit is None:
            row.missing.append(cell)
            continue
        number, place, conflict = hit
        if number.start in used and cell == "unit_price" and item.get("quantity") is None:
            conflict = conflict or "the amount’s own place"
        used.add(number.start)
        row.cells[cell] = Found(line.page, number.start, number.end, place)
        if conflict is not None:
            row.wrong[cell] = conflict
    _describe(paper, item, line, (first, last), row)
    for cell in ("hsn_code", "unit"):
        if item.get(cell):
            found = _word_at(paper, line, (first, last), str(item[cell]))
            if found is None:
                row.missing.append(cell)
            else:
                row.cells[cell] = found
    return row


def _word_at(paper: Paper, line: Line, band: tuple[int, int], text: str) -> Found | None:
    """Where a short text stands at a row, on the row's own line where it does."""
    index = paper.indexes[line.page]
    wanted = letters(text)
    lines = index.page.lines
    if not wanted:
        return None
    for first, last in ((line.line, line.line), band):
        start, end = lines[first].start, lines[last].end
        for at, until in index.rows.find(wanted):
            # A unit may touch its number, as in "4kg"; a code may not be a part of a longer one.
            whole = not index.text[until : until + 1].isalnum() and (
                not index.text[at - 1 : at].isalnum() or (wanted[0].isalpha() and index.text[at - 1].isdigit())
            )
            if start <= at and until <= end and whole:
                return Found(line.page, at, until)
    return None


def _glued(paper: Paper, item: dict[str, Any], line: Line) -> Found | None:
    """A quantity that touches the cell before it, as in "KEY-0064": trusted where it makes the amount exactly."""
    quantity, price, amount = item.get("quantity"), item.get("unit_price"), item.get("amount")
    if quantity is None or price is None or amount is None or quantity * price != amount:
        return None
    digits = f"{quantity.normalize():f}"
    index = paper.indexes[line.page]
    for cell in index.cells:
        if cell.line == line.line and index.text[cell.start : cell.end].endswith(digits):
            return Found(line.page, cell.end - len(digits), cell.end)
    return None


def _pick(
    paper: Paper, page: int, cell: str, value: Decimal, span: tuple[int, int], used: set[int]
) -> tuple[Number, Place | None, str | None] | None:
    """The best of the numbers within a span that can be a cell's value, and what speaks against it."""
    index = paper.indexes[page]
    best: tuple[float, Number, Place | None, str | None] | None = None
    for number in index.numbers_in(*span):
        if value not in number.values:
            continue
        score = 0.0
        if number.start in used:
            score -= 2.0
        conflict: str | None = None
        place: Place | None = None
        if number.percent and cell != "tax_rate":
            conflict = "a percentage"
            score -= 1.5
        for each in paper.places(page, number.start, number.end):
            if each.how not in ("column", "above", "before"):
                continue
            if each.meanings & _COLUMN[cell]:
                place = each
                score += 2.0 * each.strength
                conflict = None if conflict != "a percentage" else conflict
                break
            if each.how == "before" and each.meanings and each.strength >= 0.9 and place is None:
                if not each.meanings & (_COLUMN[cell] | {"tax_id"}):
                    conflict = conflict or f"“{each.text}”"
                    score -= 1.0
                continue
            others = {name for name, meanings in _COLUMN.items() if name != cell and each.meanings & meanings}
            if others and place is None and each.heading:
                conflict = conflict or f"the column “{each.text}”"
                score -= 1.0
        if cell == "amount":
            box = index.page.spot(number.start, number.end)
            score += 0.001 * (box.x1 if box else 0.0)
        if number.glued:
            score -= 0.5
        if best is None or score > best[0]:
            best = score, number, place, conflict
    if best is None:
        return None
    return best[1], best[2], best[3]


def _describe(paper: Paper, item: dict[str, Any], line: Line, band: tuple[int, int], row: Row) -> None:
    """Finds the description at the row: whole in its column, else word by word."""
    description = item.get("description")
    if not description:
        return
    index = paper.indexes[line.page]
    lines = index.page.lines
    start, end = lines[band[0]].start, lines[band[1]].end
    needle = letters(str(description))
    for compact in (index.rows, index.flow):
        at = compact.text.find(needle)
        while at >= 0 and needle:
            positions = compact.at[at : at + len(needle)]
            if start <= positions[0] and positions[-1] < end + 200 and positions[0] < end:
                row.description = line.page, _runs(positions, index.text)
                row.share = 1.0
                return
            at = compact.text.find(needle, at + 1)
    spans: list[tuple[int, int]] = []
    found = total = 0
    for word in str(description).split():
        wanted = letters(word)
        if len(wanted) < 2:
            continue
        total += len(wanted)
        hit = _word(index.plain, wanted, start, end)
        if hit is not None:
            found += len(wanted)
            spans.append(hit)
    row.share = found / total if total else 0.0
    if row.share >= 0.7:
        row.description = line.page, tuple(sorted(set(spans)))
    else:
        row.missing.append("description")


def _word(text: str, wanted: str, start: int, end: int) -> tuple[int, int] | None:
    at = text.find(wanted, start, end)
    if at >= 0:
        return at, at + len(wanted)
    return None


def _runs(positions: list[int], text: str) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for position in positions:
        if (
            spans
            and position >= spans[-1][1]
            and not set(text[spans[-1][1] : position]) & {"\n", "\t"}
            and position - spans[-1][1] < 6
        ):
            spans[-1] = (spans[-1][0], position + 1)
        else:
            spans.append((position, position + 1))
    return tuple(spans)
