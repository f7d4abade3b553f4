"""What is doubtful about the line items, each by the row on which it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from common.extraction.paper import Paper
from common.extraction.review import Review
from common.extraction.row import Row

_NUMBERS = ("quantity", "unit_price", "amount")
_WORD = re.compile(r"[^\W\d_]{4}")


def note(
    paper: Paper,
    items: Sequence[Mapping[str, Any]],
    rows: Sequence[Row],
    blind: Sequence[int],
    review: Review,
) -> None:
    """Notes in `review` what speaks against each item; `blind` are the pages without readable text."""
    for number, (item, row) in enumerate(zip(items, rows, strict=True)):
        if row.doubled is not None:
            review.doubt(
                "doubled_line",
                f"Line {number + 1} stands once on the document and was read twice (line {row.doubled + 1}).",
                "items",
                number,
            )
        elif row.line is None and blind and row.missing:
            review.doubt("illegible", unreadable(blind, f"line {number + 1}"), "items", number)
        else:
            _note_cells(paper, number, item, row, review)


def unreadable(blind: Sequence[int], what: str) -> str:
    """Why something can't be looked up on pages that are pictures."""
    pages = ", ".join(map(str, blind[:10]))
    return f"Page {pages} is a picture without readable text, so the {what} can’t be checked against it."


def _note_cells(paper: Paper, number: int, item: Mapping[str, Any], row: Row, review: Review) -> None:
    for cell in row.missing:
        where = "on the document" if row.line is None else "on this line of the document"
        message = f"Line {number + 1}: {_named(cell, item[cell])} is not printed {where}."
        review.doubt("not_found", message, "items", number, cell)
    if _wordless(paper, item, row):
        message = f"Line {number + 1}: the description “{item['description']}” is no more than a number."
        review.doubt("wrong_place", message, "items", number, "description")
    if row.line is not None and _fits(item):
        return
    for cell, says in row.wrong.items():
        message = f"Line {number + 1}: {_named(cell, item[cell])} stands in {says}."
        review.doubt("wrong_place", message, "items", number, cell)


def _wordless(paper: Paper, item: Mapping[str, Any], row: Row) -> bool:
    """Whether a description is a mere number, as the line's own, where the line has words."""
    text = str(item.get("description") or "")
    if row.line is None or not any(map(str.isdigit, text)) or any(map(str.isalpha, text)):
        return False
    page = paper.pages[row.line.page]
    span = page.lines[row.line.line]
    return bool(_WORD.search(page.text, span.start, span.end))


def _fits(item: Mapping[str, Any]) -> bool:
    """Whether quantity × price is exactly the amount: then the cells are what they say."""
    quantity, price, amount = (item.get(name) for name in _NUMBERS)
    return None not in (quantity, price, amount) and abs(quantity * price - amount) <= Decimal("0.01")  # type: ignore[operator]


def _named(cell: str, value: object) -> str:
    words = cell.replace("_", " ").replace("amt", "amount")
    shown = str(value)
    return f"{words} “{shown[:60]}”" if isinstance(value, str) else f"{words} {shown}"
