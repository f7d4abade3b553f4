"""The lines of an items table, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emulators.gemini.reader import arithmetic, sumwords
from emulators.gemini.reader.columns import Head
from emulators.gemini.reader.layout import Document, Line
from emulators.gemini.reader.numbers import Style
from emulators.gemini.reader.rowcells import NUMERIC, Row, nearest, row_of
from emulators.gemini.reader.sums import sums_of
from emulators.gemini.reader.vocabulary import CARRY, FOOT

_STOP_KINDS = frozenset(("subtotal", "net", "tax", "total", "due", "prepaid", "round_off"))
_TOTALLED = re.compile(r"(?:sub[- ]?)?total\w*\b|summe|gesamt|zwischensumme|tot\.? ")


def rows(document: Document, head: Head, limit: int, style: Style) -> list[Row]:
    """The lines of the table, from its heading to the sums below it, over as many pages as it runs."""
    read = list(_merged(_read(document, head, limit, style)))
    arithmetic.settle(head, read)
    kept: list[Row] = []
    keep = 0
    soft = False
    last: Line | None = None
    for row in read:
        line = row.line
        if line.page > head.page and not keep:
            break
        if last is not None and line.page != last.page:
            last = None
        stop = _stop(row, style)
        if stop == "hard" or (last is None and line.page > head.page and soft):
            break
        far = last is not None and line.base - last.base > 7 * max(line.size, 6.0)
        if far and not row.starts:
            break
        soft = soft or stop == "soft"
        if row.starts and soft and not row.full:
            continue
        if line.page > head.page and last is None and not row.starts:
            continue
        kept.append(row)
        last = row.lines[-1]
        if row.starts:
            keep, soft = len(kept), False
        elif not soft:
            keep = len(kept) if keep else 0
    return kept[:keep]


def _read(document: Document, head: Head, limit: int, style: Style) -> Iterator[Row]:
    for line in document.lines[head.last + 1 : limit]:
        if not CARRY.search(line.fold):
            yield row_of(line, head, style)


def _merged(read: Iterator[Row]) -> Iterator[Row]:
    """Lines of one row whose cells are not quite level, or whose sum stands a line lower, as one."""
    last: Row | None = None
    for row in read:
        if last is not None and _same_row(last, row):
            last.lines += row.lines
            for index, words in row.words.items():
                last.words.setdefault(index, []).extend(words)
            last.figures = {**row.figures, **last.figures}
            continue
        if last is not None:
            yield last
        last = row
    if last is not None:
        yield last


def _same_row(above: Row, below: Row) -> bool:
    gap = below.line.base - above.lines[-1].base
    size = max(above.line.size, 5.0)
    if above.line.page != below.line.page or gap > 1.7 * size:
        return False
    numbers_above = {index for index in above.figures if above.head.columns[index].kind in NUMERIC}
    numbers_below = {index for index in below.figures if below.head.columns[index].kind in NUMERIC}
    if numbers_above & numbers_below or not numbers_above or not numbers_below:
        return False
    if gap < 0.72 * size:
        return True
    kinds = {above.head.columns[index].kind for index in numbers_above}
    # A sum alone below its price and quantity.
    return not above.starts and len(kinds & {"price", "quantity"}) == 2 and "description" not in below.kinds


def _stop(row: Row, style: Style) -> str:
    """ "hard" for a line that ends the table, "soft" for one that ends it unless items follow, else ""."""
    for line in row.lines:
        for one in sums_of(line, style):
            if one.kind not in _STOP_KINDS or one.sure < 0.6 or (row.starts and row.full):
                continue
            cell = next((cell for cell in line.cells if one.figures[-1].text in cell.text), line.cells[-1])
            under = row.head.columns[nearest(cell.words[-1].x0, cell.words[-1].x1, row.head)]
            return "hard" if under.kind in ("amount", "net") and one.sure >= 1.0 else "soft"
    if not row.starts and row.figure("amount") is not None and not re.search(r"[^\W\d_]", row.line.fold):
        return "soft"  # a sum without a name
    if row.starts and not row.full and _TOTALLED.match(row.line.fold):
        return "soft"
    if row.starts:
        return ""
    if FOOT.match(row.line.fold):
        return "soft"
    found = sumwords.kind_of(row.line.cells[0].fold)
    if (
        found is not None
        and found[0] in ("subtotal", "total", "net")
        and found[1] >= 1.0
        and len(row.line.cells) <= 2
    ):
        return "soft"
    return ""
