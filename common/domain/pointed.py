"""Where on the page a person took a value from: evidence of a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from common.domain.changes import Change
from common.domain.correction import LONGEST_TEXT
from common.domain.fields import HEADER_NAMES, ITEM_NAMES
from common.errors import Rejected

MOST_PAGES = 100_000
FARTHEST = 100_000
"""Points from the corner of a page: with UserUnit, PDF allows pages far larger than 14,400 points."""

_SOURCES = ("text", "ocr")
"""What a person can take from: a page's own text, and what was recognised on it."""


def pointed(sent: object) -> dict[str, object]:
    """`sent` as evidence, in the shape in which extraction gives it; Rejected for anything else."""
    if sent is None:
        return {}
    if not isinstance(sent, Mapping):
        raise Rejected("evidence must be an object")
    found: dict[str, object] = {}
    for name, place in sent.items():
        if name == "items":
            found[name] = _lines(place)
        elif name in HEADER_NAMES:
            found[name] = _place(place, f"evidence.{name}")
        else:
            raise Rejected(f"evidence.{name[:60]} is not a field of an invoice")
    return found


def with_pointed(
    evidence: Mapping[str, object], sent: Mapping[str, object], changed: Sequence[Change]
) -> dict[str, object]:
    """`evidence` with what a person pointed at, as far as that is a value which the person changed."""
    known = dict(evidence)
    stood = known.get("items")
    lines = [dict(line) for line in stood] if isinstance(stood, list) else []
    said = sent.get("items")
    for change in changed:
        if change.field == "items":
            if change.item is None or change.cell is None or not isinstance(said, list):
                continue
            if change.item < len(said) and change.cell in said[change.item]:
                lines[change.item][change.cell] = said[change.item][change.cell]
        elif sent.get(change.field) is not None:
            known[change.field] = sent[change.field]
    known["items"] = lines
    return known


def _lines(sent: object) -> list[dict[str, object]]:
    if not isinstance(sent, list):
        raise Rejected("evidence.items must be a list")
    lines: list[dict[str, object]] = []
    for index, line in enumerate(sent):
        where = f"evidence.items[{index}]"
        if not isinstance(line, Mapping) or any(cell not in ITEM_NAMES for cell in line):
            raise Rejected(f"{where} must be an object of an item's fields")
        lines.append({cell: _place(place, f"{where}.{cell}") for cell, place in line.items()})
    return lines


def _place(sent: object, where: str) -> dict[str, object] | None:
    if sent is None:
        return None
    if not isinstance(sent, Mapping):
        raise Rejected(f"{where} must be an object")
    page, box, text = sent.get("page"), sent.get("box"), sent.get("text")
    if isinstance(page, bool) or not isinstance(page, int) or not 1 <= page <= MOST_PAGES:
        raise Rejected(f"{where}.page must be a page's number")
    if not isinstance(box, list) or len(box) != 4 or not all(_is_side(side) for side in box):
        raise Rejected(f"{where}.box must be four numbers")
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise Rejected(f"{where}.text must be a string of at most {LONGEST_TEXT} characters")
    source = sent.get("source", "text")
    if source not in _SOURCES:
        raise Rejected(f"{where}.source must be {' or '.join(_SOURCES)}")
    return {"page": page, "box": list(box), "text": text, "source": source}


def _is_side(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return -FARTHEST <= value <= FARTHEST
