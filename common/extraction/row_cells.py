"""The cells of a line item, each found on its row."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from common.domain.money import readings
from common.extraction.headings import header_lines
from common.extraction.numbers import Number
from common.extraction.paper import Found, Paper
from common.extraction.place import Place
from common.extraction.printed import Index
from common.extraction.row import CELLS, Line, Row
from common.extraction.texts import letters

_BAND = 9
"""Lines around a row's amount that can belong to it."""
_COLUMN = {
    "amount": frozenset({"line_amount"}),
    "unit_price": frozenset({"unit_price"}),
    "quantity": frozenset({"quantity"}),
    "tax_rate": frozenset({"tax_rate", "line_tax", "tax"}),
    "tax_amt": frozenset({"line_tax", "tax"}),
    "discount": frozenset({"discount", "line_discount"}),
}
_NO_FIGURE = frozenset({"position", "article_number", "hsn"})


@dataclass(frozen=True)
class _Band:
    """The lines that can belong to an item, and what of their numbers is taken."""

    paper: Paper
    page: int
    first: int
    last: int
    used: set[int]

    @property
    def index(self) -> Index:
        return self.paper.indexes[self.page]

    @property
    def span(self) -> tuple[int, int]:
        lines = self.index.page.lines
        return lines[self.first].start, lines[self.last].end


def cells_of(paper: Paper, item: dict[str, Any], line: Line, taken: list[int]) -> Row:
    """The row of an item at a line; `taken` are the lines of the page's items, in order."""
    band = _band(paper, line, taken)
    row = Row(line)
    own = band.index.page.lines[line.line]
    for cell in CELLS:
        value = item.get(cell)
        if value is None:
            continue
        pick = _pick(band, cell, value, (own.start, own.end))
        pick = pick or _pick(band, cell, value, band.span)
        if pick is not None:
            pick = _beside_own(band, cell, pick, (own.start, own.end))
        if pick is not None:
            _take(band, row, item, cell, pick)
        elif cell == "quantity" and (glued := _glued(paper, item, line)) is not None:
            row.cells[cell] = glued
        else:
            row.missing.append(cell)
    _describe(band, item, row)
    for cell in ("hsn_code", "unit"):
        if item.get(cell):
            found = _word_at(band, line, str(item[cell]))
            if found is None:
                row.missing.append(cell)
            else:
                row.cells[cell] = found
    return row


def on_one_line(paper: Paper, row: Row) -> bool:
    """Whether quantity, price and amount stand on the item's own line, none in a column of something else."""
    if row.line is None or row.wrong or not {"quantity", "unit_price", "amount"} <= row.cells.keys():
        return False
    span = paper.pages[row.line.page].lines[row.line.line]
    cells = [row.cells[cell] for cell in ("quantity", "unit_price", "amount")]
    spoken = [paper.places(found.page, found.start, found.end) for found in cells]
    apart = len({found.start for found in cells}) == len(cells)
    return (
        apart
        and all(span.start <= found.start < span.end for found in cells)
        and not any(place.heading and place.meanings & _NO_FIGURE for places in spoken for place in places)
    )


def _band(paper: Paper, line: Line, taken: list[int]) -> _Band:
    """The lines around an item's own, up to its neighbours'."""
    at = bisect_left(taken, line.line)
    before = taken[at - 1] if at else -1
    after = taken[at + 1] if at + 1 < len(taken) else len(paper.indexes[line.page].page.lines)
    first, last = max(before + 1, line.line - _BAND), min(after - 1, line.line + _BAND)
    return _Band(paper, line.page, first, last, set())


def _take(band: _Band, row: Row, item: dict[str, Any], cell: str, pick: _Pick) -> None:
    conflict = pick.conflict
    if pick.number.start in band.used and cell == "unit_price" and item.get("quantity") is None:
        conflict = conflict or "the amount’s own place"
    if cell == "unit_price" and item.get("quantity") is None:
        conflict = conflict or _two_cells(band, pick.number, item.get("amount"))
    band.used.add(pick.number.start)
    row.cells[cell] = Found(band.page, pick.number.start, pick.number.end, pick.place)
    if conflict is not None:
        row.wrong[cell] = conflict


def _two_cells(band: _Band, number: Number, amount: Decimal | None) -> str | None:
    """What the place of "8 863,85" is where the amount is 8 × 863,85: two columns, and no thousands."""
    text = band.index.text[number.start : number.end]
    front, _, back = text.partition(" ")
    if amount is None or not front.isdigit() or not back:
        return None
    if any(Decimal(front) * price == amount for price in readings(back)):
        return f"the place of two numbers: {front} × {back} is the amount"
    return None


def _word_at(band: _Band, line: Line, text: str) -> Found | None:
    """Where a short text stands at a row, on the row's own line where it does."""
    index = band.index
    wanted = letters(text)
    own = index.page.lines[line.line]
    if not wanted:
        return None
    for start, end in ((own.start, own.end), band.span):
        for at, until in index.rows.find(wanted):
            # A unit may touch its number, as in "4kg"; a code may not be a part of a longer one.
            whole = not index.text[until : until + 1].isalnum() and (
                not index.text[at - 1 : at].isalnum()
                or (wanted[0].isalpha() and index.text[at - 1].isdigit())
            )
            if start <= at and until <= end and whole:
                return Found(line.page, at, until)
    return None


def _glued(paper: Paper, item: dict[str, Any], line: Line) -> Found | None:
    """A quantity that touches the cell before it, as in "KEY-0064": right if it makes the amount exactly."""
    quantity, price, amount = item.get("quantity"), item.get("unit_price"), item.get("amount")
    if quantity is None or price is None or amount is None or quantity * price != amount:
        return None
    digits = f"{quantity.normalize():f}"
    index = paper.indexes[line.page]
    for cell in index.cells:
        if cell.line == line.line and index.text[cell.start : cell.end].endswith(digits):
            return Found(line.page, cell.end - len(digits), cell.end)
    return None


class _Pick(NamedTuple):
    """A number that can be a cell's value, how well it fits, and what its place says against it."""

    score: float
    number: Number
    place: Place | None
    conflict: str | None


def _pick(band: _Band, cell: str, value: Decimal, span: tuple[int, int]) -> _Pick | None:
    """The best of the numbers within a span that can be a cell's value."""
    found = [_judged(band, cell, number) for number in band.index.numbers_in(*span) if value in number.values]
    return max(found, key=lambda pick: pick.score, default=None)


def _beside_own(band: _Band, cell: str, pick: _Pick, own: tuple[int, int]) -> _Pick:
    """A number outside of the cell's column, against it if the item's own line has another in that."""
    if pick.place is not None and pick.place.meanings & _COLUMN[cell]:
        return pick
    for number in band.index.numbers_in(*own):
        _, place, _ = _spoken(band, cell, number)
        if place is not None and place.heading and number.start not in band.used:
            return pick._replace(conflict=f"another place, and its column “{place.text}” has another number")
    return pick


def _judged(band: _Band, cell: str, number: Number) -> _Pick:
    score, place, conflict = _spoken(band, cell, number)
    if number.start in band.used:
        score -= 2.0
    if number.percent and cell != "tax_rate":
        score, conflict = score - 1.5, "a percentage"
    if number.glued:
        score -= 0.5
    if cell == "amount":
        box = band.index.page.spot(number.start, number.end)
        score += 0.001 * (box.x1 if box else 0.0)
    return _Pick(score, number, place, conflict)


def _spoken(band: _Band, cell: str, number: Number) -> tuple[float, Place | None, str | None]:
    """What the number's column and the label before it say of it."""
    score, conflict = 0.0, None
    for each in band.paper.places(band.page, number.start, number.end):
        if each.how == "left":
            continue
        if each.meanings & _COLUMN[cell]:
            return score + 2.0 * each.strength, each, None
        others = any(each.meanings & meanings for name, meanings in _COLUMN.items() if name != cell)
        sure = each.meanings and each.strength >= 0.9 and not each.meanings & {"tax_id"}
        if each.how == "before" and sure:
            score, conflict = score - 1.0, conflict or f"“{each.text}”"
        elif each.how != "before" and each.heading and others:
            score, conflict = score - 1.0, conflict or f"the column “{each.text}”"
    return score, None, conflict


def _describe(band: _Band, item: dict[str, Any], row: Row) -> None:
    """Finds the description at the row: whole in its column, else word by word."""
    description = item.get("description")
    if not description:
        return
    index = band.index
    start, end = band.span
    needle = letters(str(description))
    for compact in (index.rows, index.flow):
        at = compact.text.find(needle)
        while at >= 0 and needle:
            positions = compact.at[at : at + len(needle)]
            if start <= positions[0] and positions[-1] < end + 200 and positions[0] < end:
                row.description = band.page, _runs(positions, index.text)
                row.share = 1.0
                return
            at = compact.text.find(needle, at + 1)
    spans: list[tuple[int, int]] = []
    found = total = 0
    for word in str(description).split():
        wanted = letters(word)
        if len(wanted) < 2:
            continue
        hit = _word(index.plain, wanted, start, end)
        if hit is not None:
            found += len(wanted)
            spans.append(hit)
        elif wanted in _headings(band):
            continue  # "GTIN 4012345": a column's heading with what stands below it
        total += len(wanted)
    row.share = found / total if total else 0.0
    if row.share >= 0.7:
        row.description = band.page, tuple(sorted(set(spans)))
    else:
        row.missing.append("description")


def _headings(band: _Band) -> str:
    """The letters of the page's table headings."""
    lines = band.index.page.lines
    return "".join(
        letters(band.index.text[lines[at].start : lines[at].end]) for at in sorted(header_lines(band.index))
    )


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
