"""The label above a value: directly, or as the heading of its column."""

from __future__ import annotations

from common.extraction.beside import weight
from common.extraction.headings import header_lines, meanings_of
from common.extraction.page import Box
from common.extraction.place import Place
from common.extraction.printed import Index
from common.extraction.vocabulary import Label

_FAR_LINES = 60
_NEAR = 2.4
"""How many line heights a label above may be away to be read as this value's."""
_WIDE = 3.0
_UNITS = frozenset({"quantity", "unit"})
"""What stands beside the counts of a column, as in "20 pcs", and is no label of its own."""
_MARGIN = 4.0
_ALIGNED = 1.5
"""Line heights by which a heading and its value may miss each other's edge or middle."""


def label_above(index: Index, number: int, start: int, end: int) -> Place | None:
    """The label above the value: directly, or as the heading of its column."""
    box = index.page.spot(start, end)
    if box is None:
        return None
    cells, headers = index.cells, header_lines(index)
    own_line = cells[number].line
    height = max(4.0, box.y1 - box.y0)
    values = 0
    last_top = box.y0
    lowest = box.y0 + height * 0.5
    left, right = box.x0 - _MARGIN, box.x1 + _MARGIN
    first = own_line - _FAR_LINES
    for at in range(number - 1, -1, -1):
        other = cells[at]
        _, _, line, (x0, y0, x1, y1) = other
        if line < first:
            break
        # Most cells stand beside the value; turned text and smaller type beside it are no lines above.
        if x1 <= left or x0 >= right or line >= own_line or y1 > lowest or not _over(other.box, box):
            continue
        near = box.y0 - y1 <= _NEAR * height and not values
        heading = line in headers
        value = index.cell_values[at]
        label = None if value else _label_in(index, at, box)
        if label is not None:
            if not near and not heading and last_top - y1 > 8 * height:
                return None
            return _place(index, number, at, label, box, near=near)
        if value:
            if any(not label.meanings <= _UNITS for label in index.cell_labels[at]):
                return None
            values += 1
            last_top = y0
        elif not _is_wide(other.box, box):
            if near:
                return Place(frozenset(), 0.4, index.text[other.start : other.end].strip(" :"), "above")
            if not heading and last_top - y1 > 3 * height:
                return None
    return None


def _is_wide(upper: Box, box: Box) -> bool:
    """Whether a cell is much wider than the value: a sentence that happens to stand above."""
    return upper.x1 - upper.x0 > _WIDE * (box.x1 - box.x0) + 40


def _label_in(index: Index, number: int, box: Box) -> Label | None:
    """The label that a cell over a value is; None for a text in which a label's words just occur."""
    cell, inside = index.cells[number], index.cell_labels[number]
    if not inside:
        return None
    label = _nearest(index, inside, box)
    heading = cell.line in header_lines(index)
    if weight(index, cell, label) < 0.8 and (not heading or _is_wide(cell.box, box)):
        return None
    return label


def _place(index: Index, number: int, at: int, label: Label, box: Box, *, near: bool) -> Place:
    cell = index.cells[at]
    heading = cell.line in header_lines(index)
    inner = not _last_of_column(index, number, box)
    strength = 0.85 if near else 0.7 if heading else 0.62 if inner else 0.8
    if heading:
        meanings, text = _stacked(index, at, box)
    else:
        meanings, text = meanings_of(index, label, cell.line), index.text[cell.start : cell.end].strip(" :")
    return Place(meanings, strength, text, "above" if near else "column", inner, heading)


def _stacked(index: Index, number: int, box: Box) -> tuple[frozenset[str], str]:
    """A column's heading that is broken over lines: all of its words together."""
    meanings: set[str] = set()
    texts: list[str] = []
    line = index.cells[number].line
    headers = header_lines(index)
    for at in range(number, -1, -1):
        other = index.cells[at]
        if other.line not in headers or line - other.line > 4:
            break
        if not _over(other.box, box):
            continue
        inside = index.cell_labels[at]
        if inside:
            meanings |= meanings_of(index, _nearest(index, inside, box), other.line)
        texts.insert(0, index.text[other.start : other.end].strip(" :"))
    return frozenset(meanings), " ".join(texts)


def _over(upper: Box, box: Box) -> bool:
    """Whether a cell stands over a value: they share a good part of the narrower one's width."""
    shared = min(upper.x1, box.x1 + _MARGIN) - max(upper.x0, box.x0 - _MARGIN)
    return shared > 0.3 * min(upper.x1 - upper.x0, box.x1 - box.x0)


def _nearest(index: Index, inside: list[Label], box: Box) -> Label:
    """Of several labels in one cell, the one right over the value."""
    if len(inside) == 1:
        return inside[0]

    def away(label: Label) -> float:
        its = index.page.spot(label.start, label.end)
        if its is None:
            return 1e9
        middles = (its.x0 + its.x1 - box.x0 - box.x1) / 2
        return min(abs(its.x0 - box.x0), abs(its.x1 - box.x1), abs(middles))

    best = min(inside, key=away)
    return best if away(best) <= _ALIGNED * (box.y1 - box.y0) else _over_it(index, inside, box)


def _over_it(index: Index, inside: list[Label], box: Box) -> Label:
    """The label that the value's middle lies under, else the first."""
    middle = (box.x0 + box.x1) / 2
    spots = [(label, index.page.spot(label.start, label.end)) for label in inside]
    return next((label for label, its in spots if its and its.x0 <= middle <= its.x1), inside[0])


def _last_of_column(index: Index, number: int, box: Box) -> bool:
    """Whether no further value stands below in the same column."""
    cell = index.cells[number]
    height = max(4.0, box.y1 - box.y0)
    bottom = box.y1
    for other in index.cells[number + 1 :]:
        if other.line == cell.line or not _over(other.box, box):
            continue
        if other.box.y0 - bottom > 4 * height:
            return True
        return not _is_amount(index.text[other.start : other.end])
    return True


def _is_amount(text: str) -> bool:
    """Whether a cell is a number and at most a currency or unit: a cell of a column of figures."""
    return any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) <= 3
