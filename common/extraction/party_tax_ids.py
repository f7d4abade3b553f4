"""Whose tax number stands where."""

from __future__ import annotations

import re

from common.extraction.paper import Found, Paper
from common.extraction.parties import Role, role_of
from common.extraction.party_labels import heading
from common.extraction.senders import BLOCK_LINES
from common.extraction.verdict import Verdict, missing
from common.extraction.vocabulary import plain

_YOURS = re.compile(r"\b(?:your|customer|client|buyer|uw|ihre?|votre|su|vostra|kunden|recipient|receiver)\b")
_OURS = re.compile(r"\b(?:our|unsere?|notre|nuestro|nostra|onze|seller|supplier|vendor)\b")


def ground_tax_id(paper: Paper, role: Role, value: str, names: dict[str, str | None]) -> Verdict:
    """Where a party's tax number stands, and whether it is that party's."""
    needle = "".join(filter(str.isalnum, plain(value)))
    verdicts: list[tuple[float, Found, str, str]] = []
    for page, start, end in paper.search(needle):
        text = paper.pages[page].text
        if (text[start - 1 : start].isalnum() and not text[start - 1].isalpha()) or text[
            end : end + 1
        ].isalnum():
            continue
        index = paper.indexes[page]
        number = index.cell_at(start)
        spoken = paper.places(page, start, end)
        label = next((place for place in spoken if place.meanings), None)
        foreign = (
            label is not None and not label.meanings & {"tax_id", "tax", "hsn"} and label.strength >= 0.8
        )
        party, _ = owner(paper, page, number, start, names)
        fit = 0.5 + (0.35 if label is not None and label.meanings & {"tax_id", "tax"} else 0.0)
        if foreign and party != role:
            fit = -0.5
        if party is not None:
            fit = 0.9 if party == role else -0.8
        verdicts.append((fit, Found(page, start, end, label), party or "", label.text if label else ""))
    if not verdicts:
        return missing(f"{value} is not printed anywhere on the document.")
    fit, found, party, label_text = max(verdicts, key=lambda each: each[0])
    if fit < 0:
        why = f"belongs to {role_of(party)}" if party else f"stands only beside “{label_text}”"
        return Verdict(found, 0.2, "wrong_place", f"{value} {why}.")
    return Verdict(found, min(fit, 0.92), labelled=fit > 0.8)


def owner(
    paper: Paper, page: int, number: int, start: int, names: dict[str, str | None]
) -> tuple[str | None, str]:
    """Whose block a number stands in: by a label, by "your" and "our", or by the name above it."""
    index = paper.indexes[page]
    cell = index.cells[number]
    lead = index.plain[cell.start : start]
    if number:
        beside = index.cells[number - 1]
        if beside.line == cell.line:
            lead = index.plain[beside.start : beside.end] + " " + lead
    if _YOURS.search(lead):
        return "buyer", lead
    if _OURS.search(lead):
        return "vendor", lead
    anchors = [cell]
    if number and index.cells[number - 1].line == cell.line and not index.labels_in(cell.start, start):
        anchors.insert(0, index.cells[number - 1])
    for anchor in anchors:
        nearest = _named_above(paper, page, index.cell_at(anchor.start), names)
        party, label = heading(index, index.cell_at(anchor.start), anchor.box)
        if nearest is not None:
            return nearest, ""
        if party in ("vendor", "buyer"):
            return party, label
    return None, ""


def _named_above(paper: Paper, page: int, number: int, names: dict[str, str | None]) -> str | None:
    """The party whose name is the nearest above in the same block."""
    index = paper.indexes[page]
    cell = index.cells[number]
    needles = {role: "".join(filter(str.isalnum, plain(name))) for role, name in names.items() if name}
    top, lines, last = cell.box.y0, 0, cell.line
    height = max(6.0, cell.box.y1 - cell.box.y0)
    for at in range(number, -1, -1):
        other = index.cells[at]
        if abs(other.box.x0 - cell.box.x0) > 3.5 * height and other.line != cell.line:
            continue
        if top - other.box.y1 > 2.2 * height:
            return None
        if other.line != last:
            lines += 1
            last = other.line
        if lines > BLOCK_LINES:
            return None
        text = "".join(filter(str.isalnum, index.plain[other.start : other.end]))
        for role, needle in needles.items():
            if len(needle) > 3 and needle in text:
                return role
        top = min(top, other.box.y0)
    return None
