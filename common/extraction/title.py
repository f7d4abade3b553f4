"""What the document calls itself: an invoice, a credit note, or something else."""

from __future__ import annotations

import re
from typing import NamedTuple

from common.extraction.paper import Found, Paper
from common.extraction.printed import Index

_KINDS = {
    "title_invoice": "invoice",
    "title_credit_note": "credit_note",
    "title_debit_note": "debit_note",
    "title_receipt": "receipt",
    "title_other": "other",
}


class Title(NamedTuple):
    """A word on the document that names its kind, and how much it stands like a title."""

    kind: str
    found: Found
    weight: float


def titles(paper: Paper) -> list[Title]:
    """The words of the first pages that name the document's kind, weightiest first."""
    found: list[Title] = []
    for page, index in enumerate(paper.indexes[:3]):
        sizes = [cell.box.y1 - cell.box.y0 for cell in index.cells]
        if not sizes:
            continue
        usual = sorted(sizes)[len(sizes) // 2] or 1.0
        for label in index.labels:
            kinds = [_KINDS[meaning] for meaning in label.meanings if meaning in _KINDS]
            if not kinds:
                continue
            number = index.cell_at(label.start)
            cell = index.cells[number]
            if _names_a_value(index, number, label.end):
                kinds = [kind for kind in kinds if kind != "other"]
            words = re.findall(r"[^\W\d_]{2,}", index.text[cell.start : cell.end])
            share = len(index.text[label.start : label.end].split()) / max(1, len(words))
            weight = min(1.0, share)
            size = (cell.box.y1 - cell.box.y0) / usual
            weight += min(1.5, max(0.0, size - 1.0))
            if index.text[label.start : label.end].isupper():
                weight += 0.3
            if cell.box.y0 < index.page.reach * 0.35:
                weight += 0.4
            if page:
                weight -= 0.5
            if share < 0.5 and size < 1.2:
                weight *= 0.4
            found.extend(Title(kind, Found(page, label.start, label.end), weight) for kind in kinds)
    return sorted(found, key=lambda title: -title.weight)


def _names_a_value(index: Index, number: int, end: int) -> bool:
    """Whether a word is the label of a value, as in "Order: 4711", and no title."""
    cell = index.cells[number]
    rest = index.text[end : cell.end].strip()
    if rest.startswith((":", "#")) or index.has_value(end, cell.end):
        return True
    if number + 1 >= len(index.cells):
        return False
    beside = index.cells[number + 1]
    text = index.text[beside.start : beside.end].strip()
    return beside.line == cell.line and (
        text.startswith(":") or (index.has_value(beside.start, beside.end) and not rest)
    )


def kind_of(paper: Paper) -> Title | None:
    """The weightiest title; None for a document that calls itself nothing."""
    found = titles(paper)
    return found[0] if found else None
