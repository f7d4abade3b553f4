"""Where the visible page shows another value than the embedded e-invoice: that stands, both are told."""

from __future__ import annotations

import re
from typing import Any

from common.domain.dates import iso
from common.domain.tax_ids import examine
from common.extraction import days
from common.extraction.codes import named
from common.extraction.grounding import Grounds
from common.extraction.paper import Found, Paper
from common.extraction.party_labels import labelled
from common.extraction.review import Review, Side
from common.extraction.row import Row
from common.extraction.sum_names import MEANINGS, UNSIGNED
from common.extraction.sums import witnesses
from common.extraction.texts import letters

_NUMBER = frozenset({"invoice_number"})
_TAX_ID = re.compile(
    r"\b(?:[A-Z]{2}\s?[0-9A-Z]{2}\s?\d{3}\s?\d{3}\s?\d{2,3}|[A-Z]{2}\d{8,11}|\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3})\b"
)


def check(
    paper: Paper, data: dict[str, Any], grounds: Grounds, exact: frozenset[str], review: Review
) -> None:
    """Notes every value of the e-invoice that the page contradicts."""
    for name in filter(exact.__contains__, data):
        shown = _shown(paper, data, grounds, name)
        if shown is not None:
            review.doubt(
                "contradicts_xml",
                f"The embedded e-invoice says {data[name]}, the page shows {_quoted(name, shown)}.",
                name,
                sides=(Side("xml", data[name]), Side("page", shown)),
            )
    if "items" in exact:
        _items(paper, data, grounds.rows, review)


def _quoted(name: str, shown: object) -> str:
    return f"“{shown}”" if name in ("vendor_name", "buyer_name") else f"{shown}"


def _shown(paper: Paper, data: dict[str, Any], grounds: Grounds, name: str) -> object:
    """What the page shows in a value's place; None where it shows the same, or nothing."""
    value, verdict = data.get(name), grounds.verdicts.get(name)
    if value is None or verdict is None or verdict.code is None:
        return None
    if name in MEANINGS:
        credit = data["document_type"] == "credit_note" or name in UNSIGNED
        seen = [
            each
            for each in witnesses(paper, MEANINGS[name].own)
            if (abs(each) != abs(value) if credit else each != value)
        ]
        same = [each for each in witnesses(paper, MEANINGS[name].own) if abs(each) == abs(value)]
        return seen[0] if seen and not same else None
    if name in days.OWN:
        day = iso(value)
        rivals = days.rivals(paper, name, day) if day else []
        return str(rivals[0]) if rivals else None
    if name == "invoice_number":
        others = [each for each in named(paper, _NUMBER) if letters(each) != letters(value)]
        return others[0] if others and verdict.code == "not_found" else None
    if name == "currency" and verdict.found is not None:
        return paper.text(verdict.found)
    if name in ("vendor_name", "buyer_name") and verdict.code == "not_found":
        named_there = labelled(paper, name.removesuffix("_name"))
        others = [
            each
            for each in named_there
            if letters(each) not in letters(value) and letters(value) not in letters(each)
        ]
        return others[0] if others and len(others) == len(named_there) else None
    if name == "vendor_tax_id" and verdict.code == "not_found":
        return _other_tax_id(paper, value, data["buyer_tax_id"])
    return None


def _other_tax_id(paper: Paper, value: str, buyers: str | None) -> str | None:
    kind = examine(value).kind
    if kind == "other":
        return None
    found = {
        compact
        for index in paper.indexes[:5]
        for match in _TAX_ID.finditer(index.text)
        if examine(compact := re.sub(r"\s", "", match[0])).kind == kind
        and compact[:2] == value[:2]
        and compact != buyers
    }
    return found.pop() if len(found) == 1 else None


def _items(paper: Paper, data: dict[str, Any], rows: list[Row], review: Review) -> None:
    """Lines whose row is found by its other cells and shows another amount."""
    edges = [
        box.x1
        for row in rows
        if "amount" in row.cells and (box := paper.spot(row.cells["amount"])) is not None
    ]
    for number, row in enumerate(rows):
        if row.line is None or "amount" not in row.missing or row.share < 0.8:
            continue
        index = paper.indexes[row.line.page]
        span = index.page.lines[row.line.line]
        for printed in index.numbers_in(span.start, span.end):
            if printed.percent or not printed.decimals:
                continue
            found = Found(row.line.page, printed.start, printed.end)
            box = paper.spot(found)
            heading = any(
                "line_amount" in place.meanings
                for place in paper.places(row.line.page, printed.start, printed.end)
            )
            aligned = box is not None and any(abs(box.x1 - edge) < 4 for edge in edges)
            if heading or aligned:
                review.doubt(
                    "contradicts_xml",
                    f"Line {number + 1}: the embedded e-invoice says {data['items'][number]['amount']}, "
                    f"the page shows {printed.values[0]}.",
                    "items",
                    number,
                    "amount",
                    sides=(Side("xml", data["items"][number]["amount"]), Side("page", printed.values[0])),
                )
                break
