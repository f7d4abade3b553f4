"""The headings of tables of line items, and what a label means within one."""

from __future__ import annotations

from common.extraction.printed import Index
from common.extraction.vocabulary import Label

SUMS = frozenset({"total", "taxable", "subtotal", "due", "line_amount"})
"""Meanings of sums, which within a heading are a column of amounts."""
_COLUMN_WORDS = frozenset(
    {"description", "quantity", "unit_price", "position", "article_number", "unit", "hsn"}
)


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
            amounts = amounts or bool(label.meanings & (SUMS | {"tax", "tax_rate", "unit_price"}))
        if (len(kinds) >= 2 and amounts) or len(kinds) >= 3:
            found.add(number)
        elif "description" in kinds and amounts and _all_labels(index, number):
            found.add(number)  # "Description | Amount"
    return found | _continued(index, found)


def _all_labels(index: Index, number: int) -> bool:
    """Whether each cell of a line begins with a label, with no more than a word beside it."""
    cells = [cell for cell in index.cells if cell.line == number]
    for cell in cells:
        inside = index.labels_in(cell.start, cell.end)
        rest = index.text[inside[-1].end : cell.end].split() if inside else []
        if not inside or inside[0].start > cell.start + 1 or len(rest) > 1:
            return False
    return len(cells) > 1


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
                    or (not inside and len(plain_cells) < 2)
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
    if line in header_lines(index) and label.meanings & (SUMS | {"tax", "discount"}):
        made = label.meanings - SUMS - {"tax", "tax_id", "discount"}
        if label.meanings & SUMS:
            made |= {"line_amount"} | {f"line_{name}" for name in label.meanings & {"total", "taxable"}}
        if "tax" in label.meanings:
            made |= {"line_tax"}
        if "discount" in label.meanings:
            made |= {"line_discount"}
        return frozenset(made)
    return label.meanings
