"""What a place on a page means: the labels before, beside and above a value."""

from __future__ import annotations

from typing import NamedTuple

from common.extraction.page import Box, Cell
from common.extraction.printed import Index
from common.extraction.vocabulary import Label, is_currency_word, plain

_COLUMN_WORDS = frozenset(
    {"description", "quantity", "unit_price", "position", "article_number", "unit", "hsn"}
)
_UNITS = frozenset({"quantity", "unit"})
_SUMS = frozenset({"total", "taxable", "subtotal", "due", "line_amount"})
_FAR_LINES = 60
_NEAR = 2.4
"""How many line heights a label above may be away to be read as this value's."""
_WIDE = 3.0
_MARGIN = 4.0
_FILLERS = frozenset(
    "of in at on the a von vom der die das am im den no nr n de du la le da del di is are for und and auf incl inkl included including excl".split()
)


class Place(NamedTuple):
    """A label that speaks for a value, and how surely it does."""

    meanings: frozenset[str]
    """Empty for a text that stands like a label and is in no vocabulary."""
    strength: float
    text: str
    """The label as printed."""
    how: str
    """before, left, above or column."""
    inner: bool = False
    """Whether the value stands in a column of several and is not its last."""
    heading: bool = False
    """Whether the label is in the heading of a table of line items."""


def places(index: Index, start: int, end: int) -> list[Place]:
    """What speaks for the value at `start:end` of a page's text, the surest first."""
    found: list[Place] = []
    number = index.cell_at(start)
    cells = index.cells
    if not cells:
        return found
    before = _before(index, cells[number], start)
    if before is not None:
        found.append(before)
    if before is None or before.strength < 0.8:
        left = _left(index, number)
        if left is not None:
            found.append(left)
        above = _above(index, number, start, end)
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


def header_lines(index: Index) -> frozenset[int]:
    """The lines that are the heading of a table of line items."""
    cached = index.__dict__.get("_header_lines")
    if cached is None:
        cached = frozenset(_header_lines(index))
        index.__dict__["_header_lines"] = cached
    return cached


def _header_lines(index: Index) -> set[int]:
    found: set[int] = set()
    for number, line in enumerate(index.page.lines):
        if index.has_value(line.start, line.end):
            continue
        kinds: set[str] = set()
        amounts = False
        for label in index.labels_in(line.start, line.end):
            kinds |= label.meanings & _COLUMN_WORDS
            amounts = amounts or bool(label.meanings & (_SUMS | {"tax", "tax_rate", "unit_price"}))
        if (len(kinds) >= 2 and amounts) or len(kinds) >= 3:
            found.add(number)
    return found | _continued(index, found)


def _continued(index: Index, headers: set[int]) -> set[int]:
    """Lines right above or below a heading that belong to it: headings broken over lines."""
    more: set[int] = set()
    lines = index.page.lines
    for number in headers:
        for step in (-1, 1):
            at = number + step
            while 0 <= at < len(lines) and abs(at - number) <= 3:
                line = lines[at]
                inside = index.labels_in(line.start, line.end)
                plain_cells = [cell for cell in index.cells if cell.line == at]
                if (
                    index.has_value(line.start, line.end)
                    or (not inside
                    and len(plain_cells) < 2)
                    or not plain_cells
                ):
                    break
                if not _close(index, at, at - step):
                    break
                more.add(at)
                at += step
    return more


def _close(index: Index, one: int, other: int) -> bool:
    boxes = [index.page.spot(*index.page.lines[at]) for at in (one, other)]
    if boxes[0] is None or boxes[1] is None:
        return False
    upper, lower = sorted(boxes, key=lambda box: box.y0 if box else 0.0)
    assert upper and lower
    return lower.y0 - upper.y1 <= max(upper.y1 - upper.y0, lower.y1 - lower.y0)


def meanings_of(index: Index, label: Label, line: int) -> frozenset[str]:
    """A label's meanings where it stands: in a table's heading, "Total" is a column of amounts."""
    if line in header_lines(index) and label.meanings & (_SUMS | {"tax", "discount"}):
        made = label.meanings - _SUMS - {"tax", "tax_id", "discount"}
        if label.meanings & _SUMS:
            made |= {"line_amount"} | {f"line_{name}" for name in label.meanings & {"total", "taxable"}}
        if "tax" in label.meanings:
            made |= {"line_tax"}
        if "discount" in label.meanings:
            made |= {"line_discount"}
        return frozenset(made)
    return label.meanings


def _before(index: Index, cell: Cell, start: int) -> Place | None:
    """The label in front of the value, in the same cell."""
    inside = [label for label in index.labels_in(cell.start, start) if label.end <= start]
    if not inside:
        return None
    # Labels that follow one another without a value between are one: "Total (incl. VAT)".
    chosen = inside[-1]
    for label in reversed(inside[:-1]):
        gap = index.text[label.end : chosen.start]
        if index.has_value(label.end, chosen.start) or ":" in gap or len(gap.split()) > 1 or _strange(gap):
            break
        chosen = label
    between = index.text[chosen.end : start]
    strength = 0.97
    strange = _strange(between)
    if index.has_value(chosen.end, start):
        strength = 0.6
    elif len(strange) > 3:
        strength = 0.5
    elif strange and ":" not in between:
        strength = 0.75
    return Place(
        meanings_of(index, chosen, cell.line), strength, index.text[chosen.start : chosen.end], "before"
    )


def _strange(text: str) -> list[str]:
    """The words of a text that neither fill nor name a currency."""
    words = (word.strip(".,:;#()[]-*/%").lower() for word in text.split())
    return [
        word
        for word in words
        if len(word) > 1
        and word not in _FILLERS
        and not is_currency_word(word)
        and any(map(str.isalpha, word))
    ]


def _weight(index: Index, cell: Cell, label: Label) -> float:
    """How surely a cell is a label: 1 where the label is all of its words, little where it is one of many."""
    rest = _strange(index.text[cell.start : label.start]) + _strange(index.text[label.end : cell.end])
    known = sum(
        len(other.meanings) > 0 and other.start > label.end for other in index.labels_in(label.end, cell.end)
    )
    share = (len(index.text[label.start : label.end].split()) + known) / (
        len(index.text[label.start : label.end].split()) + len(rest)
    )
    return 1.0 if share >= 0.6 else 0.8 if share >= 0.5 else 0.5


def _left(index: Index, number: int) -> Place | None:
    """The label in the nearest cell to the left that holds one."""
    cell = index.cells[number]
    skipped = 0
    rate: Place | None = None
    for at in _row_left(index, number):
        other = index.cells[at]
        inside = index.labels_in(other.start, other.end)
        value = index.has_value(other.start, other.end)
        if inside:
            label = _head(index, other, inside, value)
            if value and label.meanings <= _UNITS and _starts_with_number(index, other, label):
                continue  # "180 pcs": a count with its unit, no label
            if value and rate is None and not skipped and _leads_with_rate(index, other, label):
                # "Freight | 100.00 | 19 % VAT | 5.80": the rate is a cell of the row, the row's name stands before.
                rate = Place(
                    meanings_of(index, label, other.line),
                    0.6,
                    index.text[other.start : other.end].strip(" :"),
                    "left",
                )
                continue
            if value and _last_value_after(index, other, label):
                # "VAT 19 % | 12.00": the label's own number is a rate or a count, and the sum stands beside.
                skipped += 0 if _is_rate_only(index, other) else 1
            strength = 0.95 * _weight(index, other, label) - 0.25 * skipped
            if strength <= 0.3:
                return rate
            return Place(
                meanings_of(index, label, other.line),
                strength,
                index.text[other.start : other.end].strip(" :"),
                "left",
            )
        if value:
            skipped += 1
        elif any(sign.isalpha() for sign in index.text[other.start : other.end]):
            if _only_currency(index.text[other.start : other.end]):
                continue
            if skipped or rate is not None:
                return rate
            return _torn(index, at) or Place(
                frozenset(), 0.5, index.text[other.start : other.end].strip(" :"), "left"
            )
    # Nothing names the row but its rate: "9% GST | 1,722.81".
    return rate if rate is None or skipped else rate._replace(strength=0.9)


def _row_left(index: Index, number: int) -> list[int]:
    """The cells to the left in a row, nearest first; smaller type may make a line of its own beside it."""
    cell = index.cells[number]
    found: list[tuple[float, int]] = []
    for at in range(max(0, number - 14), min(len(index.cells), number + 6)):
        other = index.cells[at]
        if at == number or abs(other.line - cell.line) > 1 or other.box.x1 > cell.box.x0 + 2:
            continue
        shared = min(other.box.y1, cell.box.y1) - max(other.box.y0, cell.box.y0)
        lower = min(other.box.y1 - other.box.y0, cell.box.y1 - cell.box.y0)
        if other.line == cell.line or shared > 0.5 * lower:
            found.append((other.box.x1, at))
    return [at for _, at in sorted(found, reverse=True)][:12]


def _starts_with_number(index: Index, cell: Cell, label: Label) -> bool:
    return any(number.start < label.start for number in index.numbers_in(cell.start, label.start))


def _torn(index: Index, number: int) -> Place | None:
    """A label whose last words stand apart or are misread: "Total | Gr ss"."""
    row = _row_left(index, number)
    if not row:
        return None
    before = index.cells[row[0]]
    inside = index.labels_in(before.start, before.end)
    gap = index.cells[number].box.x0 - before.box.x1
    if not inside or index.has_value(before.start, before.end) or gap > 2 * (before.box.y1 - before.box.y0):
        return None
    if not inside[0].meanings & _SUMS:
        return None
    return Place(
        meanings_of(index, inside[0], before.line),
        0.72,
        index.text[before.start : before.end].strip(" :"),
        "left",
    )


def _leads_with_rate(index: Index, cell: Cell, label: Label) -> bool:
    """Whether a cell is a rate with its tax's name behind it: "19 % VAT (S)"."""
    return "tax" in label.meanings and any(
        number.percent for number in index.numbers_in(cell.start, label.start)
    )


def _head(index: Index, cell: Cell, inside: list[Label], value: bool) -> Label:
    """The label that names a cell: what follows its last value, else the first it begins with, else the last."""
    if value and not all(number.percent for number in index.numbers_in(cell.start, cell.end)):
        behind = [label for label in inside if not index.has_value(label.end, cell.end)]
        if behind and len(behind) < len(inside):
            return behind[0]
    first = inside[0]
    lead = [
        word for word in index.text[cell.start : first.start].split() if any(sign.isalpha() for sign in word)
    ]
    return first if len(lead) <= 1 else inside[-1]


def _last_value_after(index: Index, cell: Cell, label: Label) -> bool:
    return index.has_value(label.end, cell.end)


def _is_rate_only(index: Index, cell: Cell) -> bool:
    """Whether the numbers of a cell are rates or counts: "VAT 19 %", "Tax (8%)", "VAT (19 % of 100)"."""
    taxed = any(label.meanings & {"tax", "tax_rate"} for label in index.labels_in(cell.start, cell.end))
    return taxed and all(
        number.percent or number.decimals == 0 for number in index.numbers_in(cell.start, cell.end)
    )


def _only_currency(text: str) -> bool:
    return all(is_currency_word(word.strip(".:()").lower()) for word in text.split())


def _above(index: Index, number: int, start: int, end: int) -> Place | None:
    """The label above the value: directly, or as the heading of its column."""
    box = index.page.spot(start, end)
    if box is None:
        return None
    cell = index.cells[number]
    height = max(4.0, box.y1 - box.y0)
    values = 0
    last_top = box.y0
    for at in range(number - 1, -1, -1):
        other = index.cells[at]
        if other.line >= cell.line:
            continue
        if cell.line - other.line > _FAR_LINES:
            break
        if not _over(other.box, box):
            continue
        if other.box.y1 > box.y0 + height * 0.5:
            continue  # turned text, or a line of its own height
        inside = index.labels_in(other.start, other.end)
        value = index.has_value(other.start, other.end)
        wide = other.box.x1 - other.box.x0 > _WIDE * (box.x1 - box.x0) + 40
        if inside and not value:
            label = _nearest(index, inside, box)
            if _weight(index, other, label) < 0.8 and (wide or other.line not in header_lines(index)):
                inside = []
        if inside and not value:
            near = box.y0 - other.box.y1 <= _NEAR * height and not values
            heading = other.line in header_lines(index)
            if not near and not heading and last_top - other.box.y1 > 8 * height:
                return None
            inner = not _last_of_column(index, number, box)
            strength = 0.85 if near else 0.7 if heading else 0.62 if inner else 0.8
            meanings, text = (
                meanings_of(index, label, other.line),
                index.text[other.start : other.end].strip(" :"),
            )
            if heading:
                meanings, text = _stacked(index, at, box)
            return Place(meanings, strength, text, "above" if near else "column", inner, heading)
        if value:
            if inside:
                return None
            values += 1
            last_top = other.box.y0
        elif not wide:
            if not values and box.y0 - other.box.y1 <= _NEAR * height:
                return Place(frozenset(), 0.4, index.text[other.start : other.end].strip(" :"), "above")
            if other.line not in header_lines(index) and last_top - other.box.y1 > 3 * height:
                return None
    return None


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
        inside = index.labels_in(other.start, other.end)
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
    middle = (box.x0 + box.x1) / 2

    def away(label: Label) -> float:
        its = index.page.spot(label.start, label.end)
        return 1e9 if its is None else max(0.0, its.x0 - middle, middle - its.x1)

    best = min(inside, key=away)
    return inside[0] if away(best) > 0 else best


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
