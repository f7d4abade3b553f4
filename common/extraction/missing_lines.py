"""Rows of the document's table that no item stands for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from common.extraction.headings import header_lines
from common.extraction.numbers import Number
from common.extraction.paper import Found, Paper
from common.extraction.row import Line, Row

_SUMS = frozenset("total subtotal taxable due tax prepaid round_off".split())
_BETWEEN = _SUMS | frozenset("shipping charges discount other_amount tax_rate".split())
"""What may stand below a table's lines; "Packing straps" with quantity and price is a line all the same."""
_CLOSE = 6.0
"""How far, in points, amounts of one column may differ at their edge."""
_WHOLE = 3
"""Figures of a whole line: how many, at what price, makes what."""
_ENOUGH = 2
"""Numbers on a line that make it a row, where the items' own rows have as many."""


class Unclaimed(NamedTuple):
    """A row that looks like a line item and belongs to none."""

    found: Found
    amount: Decimal
    text: str
    complete: bool
    """Whether the line has as many figures as the items' own lines, and counts something."""


def unclaimed(paper: Paper, rows: list[Row]) -> list[Unclaimed]:
    """The rows between and around the items' own whose amount stands in the items' column."""
    placed = [
        (row.line, row.cells["amount"]) for row in rows if row.line is not None and "amount" in row.cells
    ]
    if not placed:
        return []
    boxes = [box for _, found in placed if (box := paper.spot(found)) is not None]
    if not boxes:
        return []
    left, right = median(box.x0 for box in boxes), median(box.x1 for box in boxes)
    claimed = {line for line, _ in placed}
    decimals = {_decimals(paper, found) for _, found in placed}
    counts = [_others(paper, line) for line, _ in placed]
    others, whole = min(_ENOUGH, *counts), max(_WHOLE, round(median(counts)))
    usual = _spoken_of(paper, claimed)
    found: list[Unclaimed] = []
    for page in _pages(paper, claimed):
        index = paper.indexes[page]
        first, last = _reach(paper, page, claimed)
        for number in index.numbers:
            if number.percent or number.glued or number.decimals not in decimals:
                continue
            line = index.cells[index.cell_at(number.start)].line
            if Line(page, line) in claimed or not first <= line <= last:
                continue
            box = index.page.spot(number.start, number.end)
            if box is None or min(abs(box.x1 - right), abs(box.x0 - left)) > _CLOSE:
                continue
            if _is_sum(paper, page, number, line, usual) or _others(paper, Line(page, line)) < others:
                continue
            span = index.page.lines[line]
            text = " ".join(index.text[span.start : span.end].split())
            if not any(sign.isalpha() for sign in text):
                continue
            complete = _others(paper, Line(page, line)) >= whole and _counts(paper, page, number, line)
            found.append(Unclaimed(Found(page, number.start, number.end), number.values[0], text, complete))
    return found


def _pages(paper: Paper, claimed: set[Line]) -> list[int]:
    """The pages that the table takes up: from the page of its heading to the last with a row, or the next."""
    first, last = min(line.page for line in claimed), max(line.page for line in claimed)
    if not any(header_lines(paper.indexes[page]) for page in range(first, last + 1)):
        while first > 0 and not header_lines(paper.indexes[first]):
            first -= 1
    if last + 1 < len(paper.pages):
        last += 1
    return list(range(first, last + 1))


def _reach(paper: Paper, page: int, claimed: set[Line]) -> tuple[int, int]:
    """The lines of a page that a table of items can take up: from its heading to the sums."""
    index = paper.indexes[page]
    own = [line.line for line in claimed if line.page == page]
    pages = {line.page for line in claimed}
    first = 0
    headers = [line for line in header_lines(index) if not own or line < min(own)]
    if headers:
        first = max(headers) + 1
    elif own and page == min(pages):
        first = min(own)
    last = len(index.page.lines) - 1
    start = max(own) if own else first
    for label in index.labels:
        line = index.cells[index.cell_at(label.start)].line
        if (
            line > start
            and label.meanings & {"total", "subtotal", "taxable", "due", "tax"}
            and line not in header_lines(index)
        ):
            cell = index.cells[index.cell_at(label.start)]
            if label.start <= cell.start + 1:
                last = line - 1
                break
    if not own and page > max(pages) and headers == []:
        # The table goes on without a heading of its own until a sum ends it.
        first = 0
    return first, last


def _decimals(paper: Paper, found: Found) -> int:
    for number in paper.indexes[found.page].numbers:
        if number.start == found.start:
            return number.decimals
    return 2


def _others(paper: Paper, line: Line) -> int:
    """How many numbers stand on a line."""
    index = paper.indexes[line.page]
    span = index.page.lines[line.line]
    return sum(not number.glued for number in index.numbers_in(span.start, span.end))


def _counts(paper: Paper, page: int, amount: Number, line: int) -> bool:
    """Whether a line counts something beside its amount: a figure that is neither a rate nor nothing."""
    span = paper.indexes[page].page.lines[line]
    return any(
        number.values[0] and not number.percent and number.start != amount.start
        for number in paper.indexes[page].numbers_in(span.start, span.end)
    )


def _spoken_of(paper: Paper, lines: Iterable[Line]) -> frozenset[str]:
    """What labels on the items' own lines mean: "7 % VAT" of a line makes no sum of it."""
    found: set[str] = set()
    for line in lines:
        span = paper.pages[line.page].lines[line.line]
        for label in paper.indexes[line.page].labels_in(span.start, span.end):
            found |= label.meanings
    return frozenset(found)


def _is_sum(paper: Paper, page: int, number: Number, line: int, usual: frozenset[str]) -> bool:
    """Whether a line is one of the document's sums; `usual` is what the items' own lines speak of too."""
    index = paper.indexes[page]
    span = index.page.lines[line]
    labels = index.labels_in(span.start, number.start)
    sums = (_SUMS if _others(paper, Line(page, line)) > _ENOUGH else _BETWEEN) - usual
    if any(label.meanings & sums for label in labels[:1]):
        return True
    return any(
        place.meanings & sums and place.how in ("before", "left") and place.strength >= 0.75
        for place in paper.places(page, number.start, number.end)
    )
