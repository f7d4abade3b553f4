"""`evidence`: for each value the page, the box and the text that show it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from common.domain.fields import HEADER_NAMES, ITEM_NAMES, TAX_NAMES
from common.extraction.judge import Judgement
from common.extraction.page import union
from common.extraction.paper import Found
from common.extraction.row import Row


def evidence_of(judgement: Judgement) -> dict[str, Any]:
    """`evidence` as the contract has it; beside the box of all taxes stand those of each, as `rows`."""
    made: dict[str, Any] = {}
    for name in HEADER_NAMES:
        made[name] = _field(judgement, name)
        if name == "taxable_amt":
            made["taxes"] = _taxes(judgement)
    made["items"] = [_row(judgement, number, row) for number, row in enumerate(judgement.grounds.rows)]
    return made


def _field(judgement: Judgement, name: str) -> dict[str, Any] | None:
    value = judgement.data[name]
    if value is None:
        return None
    verdict = judgement.grounds.verdicts.get(name)
    source = "qr" if name in judgement.from_qr else "xml" if judgement.is_exact(name) else None
    shown = verdict.found if verdict is not None and verdict.code != "not_found" else None
    if source is not None and verdict is not None and verdict.code is not None:
        shown = None  # what stands there means something else
    if shown is None:
        return _nowhere(value, source) if source else None
    parts = judgement.grounds.parts.get(name)
    spans = [shown] if parts is None else [Found(parts.page, *span) for span in parts.spans]
    return _at(judgement, spans, source)


def _at(judgement: Judgement, spans: list[Found], source: str | None) -> dict[str, Any] | None:
    """The union of the glyphs of some spans of one page."""
    page = spans[0].page
    boxes = [box for span in spans if span.page == page and (box := judgement.paper.box(span)) is not None]
    box = union(boxes)
    if box is None:
        return None
    return {
        "page": judgement.paper.pages[page].number,
        "box": [Decimal(str(round(side, 2))) for side in box],
        "text": " ".join(judgement.paper.text(span) for span in spans),
        "source": source or judgement.paper.pages[page].source,
    }


def _taxes(judgement: Judgement) -> dict[str, Any] | None:
    spans = [row["amount"] for row in judgement.grounds.taxes if "amount" in row]
    source = "xml" if judgement.is_exact("taxes") else None
    if not spans:
        return _nowhere(None, source) if source and judgement.data["taxes"] else None
    made = _at(judgement, [span for span in spans if span.page == spans[0].page], source)
    if made is not None:
        made["rows"] = [
            {cell: _at(judgement, [row[cell]], source) if cell in row else None for cell in TAX_NAMES}
            for row in judgement.grounds.taxes
        ]
    return made


def _row(judgement: Judgement, number: int, row: Row) -> dict[str, Any]:
    source = "xml" if judgement.is_exact("items") else None
    made: dict[str, Any] = {}
    for cell in ITEM_NAMES:
        value = judgement.data["items"][number].get(cell)
        spans: list[Found] = []
        if value is not None and cell in row.cells:
            spans = [row.cells[cell]]
        elif value is not None and cell == "description" and row.description is not None:
            page, parts = row.description
            spans = [Found(page, *part) for part in parts]
        found = _at(judgement, spans, source) if spans else None
        made[cell] = _nowhere(value, source) if found is None and source and value is not None else found
    return made


def _nowhere(value: object, source: str | None) -> dict[str, Any]:
    """A value of an exact source that no page shows."""
    return {"page": None, "box": None, "text": None if value is None else str(value), "source": source}
