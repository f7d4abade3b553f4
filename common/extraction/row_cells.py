"""The cells of a line item, each found on its row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from common.domain.money import readings
from common.extraction.band import Band, band_around
from common.extraction.description import find_description
from common.extraction.numbers import Number
from common.extraction.paper import Found, Paper
from common.extraction.place import Place
from common.extraction.row import CELLS, Line, Row
from common.extraction.texts import letters

_COLUMN = {
    "amount": frozenset({"line_amount"}),
    "unit_price": frozenset({"unit_price"}),
    "quantity": frozenset({"quantity"}),
    "tax_rate": frozenset({"tax_rate", "line_tax", "tax"}),
    "tax_amt": frozenset({"line_tax", "tax"}),
    "discount": frozenset({"discount", "line_discount"}),
}


def cells_of(paper: Paper, item: dict[str, Any], line: Line, taken: list[int]) -> Row:
    """The row of an item at a line; `taken` are the lines of the page's items, in order."""
    band = band_around(paper, line, taken)
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
    find_description(band, item, row)
    for cell in ("hsn_code", "unit"):
        if item.get(cell):
            found = _word_at(band, line, str(item[cell]))
            if found is None:
                row.missing.append(cell)
            else:
                row.cells[cell] = found
    return row


def _take(band: Band, row: Row, item: dict[str, Any], cell: str, pick: _Pick) -> None:
    conflict = pick.conflict
    if pick.number.start in band.used and cell == "unit_price" and item.get("quantity") is None:
        conflict = conflict or "the amount’s own place"
    if cell == "unit_price" and item.get("quantity") is None:
        conflict = conflict or _two_cells(band, pick.number, item.get("amount"))
    band.used.add(pick.number.start)
    row.cells[cell] = Found(band.page, pick.number.start, pick.number.end, pick.place)
    if conflict is not None:
        row.wrong[cell] = conflict


def _two_cells(band: Band, number: Number, amount: Decimal | None) -> str | None:
    """What the place of "8 863,85" is where the amount is 8 × 863,85: two columns, and no thousands."""
    text = band.index.text[number.start : number.end]
    front, _, back = text.partition(" ")
    if amount is None or not front.isdigit() or not back:
        return None
    if any(Decimal(front) * price == amount for price in readings(back)):
        return f"the place of two numbers: {front} × {back} is the amount"
    return None


def _word_at(band: Band, line: Line, text: str) -> Found | None:
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


def _pick(band: Band, cell: str, value: Decimal, span: tuple[int, int]) -> _Pick | None:
    """The best of the numbers within a span that can be a cell's value."""
    found = [_judged(band, cell, number) for number in band.index.numbers_in(*span) if value in number.values]
    return max(found, key=lambda pick: pick.score, default=None)


def _beside_own(band: Band, cell: str, pick: _Pick, own: tuple[int, int]) -> _Pick:
    """A number outside of the cell's column, against it if the item's own line has another in that."""
    if pick.place is not None and pick.place.meanings & _COLUMN[cell]:
        return pick
    for number in band.index.numbers_in(*own):
        _, place, _ = _spoken(band, cell, number)
        if place is not None and place.heading and number.start not in band.used:
            return pick._replace(conflict=f"another place, and its column “{place.text}” has another number")
    return pick


def _judged(band: Band, cell: str, number: Number) -> _Pick:
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


def _spoken(band: Band, cell: str, number: Number) -> tuple[float, Place | None, str | None]:
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
