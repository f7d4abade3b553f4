"""What the line of a line item says by itself."""

from __future__ import annotations

from decimal import Decimal

from common.extraction.paper import Paper
from common.extraction.row import Row

_NO_FIGURE = frozenset({"position", "article_number", "hsn"})


def numbers_on_line(paper: Paper, row: Row) -> frozenset[Decimal]:
    """The numbers on an item's own line."""
    if row.line is None:
        return frozenset()
    index = paper.indexes[row.line.page]
    span = index.page.lines[row.line.line]
    return frozenset(value for number in index.numbers_in(span.start, span.end) for value in number.values)


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
