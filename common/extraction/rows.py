"""Line items: each found on its own row of the page, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from common.extraction.paper import Found, Paper
from common.extraction.places import Place
from common.extraction.printed import Number
from common.extraction.texts import letters

_BAND = 9
"""Lines around a row's amount that can belong to it."""
_CELLS = ("amount", "unit_price", "quantity", "discount", "tax_amt", "tax_rate")
_WEIGHTS = {"amount": 3.0, "unit_price": 2.0, "quantity": 1.2, "discount": 0.5, "tax_amt": 0.5, "tax_rate": 0.4}
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
    candidates = [_candidates(paper, item) for item in items]
    chosen = _aligned(candidates)
    doubled = _doubled(items, candidates, chosen)
    for number in doubled:
        chosen[number] = None
    lines = [line for line in chosen if line is not None]
    rows: list[Row] = []
    for number, item in enumerate(items):
        line = chosen[number]
        if number in doubled:
            rows.append(Row(doubled=doubled[number]))
        elif line is None:
            rows.append(_lost(paper, item, candidates[number], chosen, number))
        else:
            rows.append(_found(paper, item, line, lines))
    return rows


def _candidates(paper: Paper, item: dict[str, Any]) -> dict[Line, float]:
    """Lines where the item could stand, with how well."""
    scores: defaultdict[Line, float] = defaultdict(float)
    anchor = next((cell for cell in ("amount", "unit_price", "quantity") if item.get(cell) is not None), None)
    wanted = [letters(word) for word in str(item.get("description") or "").split()]
    wanted = [word for word in wanted if len(word) > 1]
    if anchor is None:
        for page, start, _ in paper.search(letters(str(item.get("description") or ""))):
            scores[Line(page, paper.indexes[page].cells[paper.indexes[page].cell_at(start)].line)] += 2.0
        return dict(scores)
    hits = paper.numbers.get(item[anchor], [])
    if anchor == "amount" and not hits:
        hits = paper.numbers.get(item["unit_price"], []) if item.get("unit_price") is not None else []
    if not hits:
        needle = letters(str(item.get("description") or ""))
        for page, start, _ in paper.search(needle) if len(needle) > 3 else ():  # noqa: PLR2004
            scores[Line(page, paper.indexes[page].cells[paper.indexes[page].cell_at(start)].line)] += 1.0
    for page, number in hits[: _LIMIT * 5]:
        if number.percent:
            continue
        line = Line(page, _line_of(paper, page, number.start))
        scores[line] = max(scores[line], _score(paper, item, line, wanted))
    return {line: score for line, score in scores.items() if score > 0.5}  # noqa: PLR2004


def _line_of(paper: Paper, page: int, position: int) -> int:
    index = paper.indexes[page]
    return index.cells[index.cell_at(position)].line


def _score(paper: Paper, item: dict[str, Any], line: Line, wanted: list[str]) -> float:
    index = paper.indexes[line.page]
    span = index.page.lines[line.line]
    numbers = [number for number in index.numbers if span.start <= number.start < span.end]
    score = 0.0
    for cell in _CELLS:
        value = item.get(cell)
        if value is None:
            continue
        if any(value in number.values for number in numbers):
            score += _WEIGHTS[cell]
        elif cell in ("unit_price", "quantity") and _nearby(paper, line, value):
            score += _WEIGHTS[cell] * 0.5
    if wanted:
        band = _band_text(paper, line, 3)
        score += 2.5 * sum(len(word) for word in wanted if word in band) / sum(map(len, wanted))
    for label in index.labels_in(span.start, span.end)[:1]:
        first = next((cell for cell in index.cells if cell.line == line.line), None)
        if label.meanings & _SUM_LABELS and first is not None and label.start <= first.start + 2:
            score -= 3.0
    return score


def _nearby(paper: Paper, line: Line, value: Decimal) -> bool:
    index = paper.indexes[line.page]
    lines = index.page.lines
    start = lines[max(0, line.line - 2)].start
    end = lines[min(len(lines) - 1, line.line + 2)].end
    return any(start <= number.start < end and value in number.values for number in index.numbers)


def _band_text(paper: Paper, line: Line, around: int) -> str:
    index = paper.indexes[line.page]
    lines = index.page.lines
    start = lines[max(0, line.line - around)].start
    end = lines[min(len(lines) - 1, line.line + around)].end
    return "".join(filter(str.isalnum, index.plain[start:end]))


def _aligned(candidates: list[dict[Line, float]]) -> list[Line | None]:
    """One line for each item, all different, in reading order where that fits best."""
    lines = sorted({line for each in candidates for line in each})
    rank = {line: at for at, line in enumerate(lines)}
    # The common subsequence of items and lines with the greatest weight.
    scores: list[list[float]] = [[0.0] * (len(lines) + 1)]
    picks: list[list[bool]] = [[False] * (len(lines) + 1)]
    for each in candidates:
        above = scores[-1]
        row, taken = [0.0] * (len(lines) + 1), [False] * (len(lines) + 1)
        by_rank = {rank[line]: score for line, score in each.items()}
        for at in range(1, len(lines) + 1):
            row[at] = max(above[at], row[at - 1])
            score = by_rank.get(at - 1)
            if score is not None and above[at - 1] + score > row[at]:
                row[at] = above[at - 1] + score
                taken[at] = True
        scores.append(row)
        picks.append(taken)
    chosen: list[Line | None] = [None] * len(candidates)
    at = len(lines)
    for number in range(len(candidates), 0, -1):
        while at > 0 and not picks[number][at] and scores[number][at] != scores[number - 1][at]:
            at -= 1
        if at > 0 and picks[number][at]:
            chosen[number - 1] = lines[at - 1]
            at -= 1
    used = {line for line in chosen if line is not None}
    for number, each in enumerate(candidates):  # items out of order
        if chosen[number] is None:
            free = [(score, line) for line, score in each.items() if line not in used]
            if free and max(free)[0] > 2.5:  # noqa: PLR2004
                chosen[number] = max(free)[1]
                used.add(max(free)[1])
    return chosen


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
        mine, theirs = (candidates[at].get(line, 0.0) if (line := chosen[at]) is not None else 0.0 for at in (number, other))
        if mine < theirs - 1.0:
            found[number] = other
        elif theirs < mine - 1.0:
            found[other] = number
            seen[key] = number
    return found


def _lost(
    paper: Paper, item: dict[str, Any], candidates: dict[Line, float], chosen: list[Line | None], number: int
) -> Row:
    """The row of an item that has none: a second reading of another's row, or nothing at all."""
    row = Row(missing=[cell for cell in ("amount", "unit_price", "quantity", "description") if item.get(cell) is not None])
    for other, line in enumerate(chosen):
        if line is not None and other != number and candidates.get(line, 0.0) > 2.5:  # noqa: PLR2004
            row.doubled = min(other, number)
            row.line = None
            return row
    return row


def _found(paper: Paper, item: dict[str, Any], line: Line, taken: list[Line]) -> Row:
    index = paper.indexes[line.page]
    lines = index.page.lines
    before = max([each.line for each in taken if each.page == line.page and each.line < line.line], default=-1)
    after = min([each.line for each in taken if each.page == line.page and each.line > line.line], default=len(lines))
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
        used.add(number.start)
        row.cells[cell] = Found(line.page, number.start, number.end, place)
        if conflict is not None:
            row.wrong[cell] = conflict
    _describe(paper, item, line, (first, last), row)
    return row


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
    for number in index.numbers:
        if not span[0] <= number.start < span[1] or value not in number.values:
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
            if each.how == "before" and each.meanings and each.strength >= 0.9 and place is None:  # noqa: PLR2004
                if not each.meanings & (_COLUMN[cell] | {"tax_id"}):
                    conflict = conflict or f"“{each.text}”"
                    score -= 1.0
                continue
            others = {name for name, meanings in _COLUMN.items() if name != cell and each.meanings & meanings}
            if others and place is None and each.heading:
                conflict = conflict or f"the column “{each.text}”"
                score -= 1.0
        if cell == "amount":
            box = index.page.box(number.start, number.end)
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
        if len(wanted) < 2:  # noqa: PLR2004
            continue
        total += len(wanted)
        hit = _word(index.plain, wanted, start, end)
        if hit is not None:
            found += len(wanted)
            spans.append(hit)
    row.share = found / total if total else 0.0
    if row.share >= 0.7:  # noqa: PLR2004
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
        if spans and position >= spans[-1][1] and not set(text[spans[-1][1] : position]) & {"\n", "\t"} and position - spans[-1][1] < 6:  # noqa: PLR2004
            spans[-1] = (spans[-1][0], position + 1)
        else:
            spans.append((position, position + 1))
    return tuple(spans)
