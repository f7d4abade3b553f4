"""What a place on a page means: the labels before, beside and above a value."""

from __future__ import annotations

from common.extraction.above import label_above
from common.extraction.beside import label_before, label_left
from common.extraction.place import Place
from common.extraction.printed import Index
from common.extraction.vocabulary import plain


def places(index: Index, start: int, end: int) -> list[Place]:
    """What speaks for the value at `start:end` of a page's text, the surest first."""
    found: list[Place] = []
    number = index.cell_at(start)
    cells = index.cells
    if not cells:
        return found
    before = label_before(index, cells[number], start)
    if before is not None:
        found.append(before)
    if before is None or before.strength < 0.8:
        left = label_left(index, number)
        if left is not None:
            found.append(left)
        above = label_above(index, number, start, end)
        if above is not None:
            found.append(above)
    if sum(not each.percent for each in index.numbers_in(*index.page.lines[cells[number].line])) > 1:
        found = _crossed(found)
    return sorted(found, key=lambda place: -place.strength)


def _crossed(found: list[Place]) -> list[Place]:
    """In a table's row of sums each cell is the sum of its column: "Total" beside, "Taxable value" above."""
    row = next(
        (place for place in found if place.how in ("left", "before") and plain(place.text) in _BARE_SUMS),
        None,
    )
    column = next(
        (place for place in found if place.how == "column" or (place.how == "above" and place.heading)), None
    )
    if row is None or column is None or row.strength < 0.6:
        return found
    meant = {_SUM_OF[name] for name in column.meanings if name in _SUM_OF}
    if not meant:
        return found
    both = Place(frozenset(meant), 0.9, f"{row.text}, {column.text}", "left")
    return [both, *(place for place in found if place is not row)]


_BARE_SUMS = frozenset(
    "total totals totale totaal totalt summe gesamt razem suma sum sums celkem somme soma".split()
)
_SUM_OF = {
    "line_total": "total",
    "line_taxable": "taxable",
    "line_tax": "tax",
    "taxable": "taxable",
    "tax": "tax",
    "total": "total",
    "line_discount": "discount",
    "quantity": "quantity",
}
"""What the sum of a column is, by what the column is."""
