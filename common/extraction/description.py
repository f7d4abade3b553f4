"""Where the description of a line item stands."""

from __future__ import annotations

from typing import Any

from common.extraction.band import Band
from common.extraction.headings import header_lines
from common.extraction.row import Row
from common.extraction.texts import letters, runs


def find_description(band: Band, item: dict[str, Any], row: Row) -> None:
    """Finds the description at the row: whole in its column, else word by word."""
    description = item.get("description")
    if not description:
        return
    index = band.index
    start, end = band.span
    needle = letters(str(description))
    for compact in (index.rows, index.flow):
        at = compact.text.find(needle)
        while at >= 0 and needle:
            positions = compact.at[at : at + len(needle)]
            if start <= positions[0] and positions[-1] < end + 200 and positions[0] < end:
                row.description = band.page, runs(positions, index.text)
                row.share = 1.0
                return
            at = compact.text.find(needle, at + 1)
    spans: list[tuple[int, int]] = []
    found = total = 0
    for word in str(description).split():
        wanted = letters(word)
        if len(wanted) < 2:
            continue
        hit = _word(index.plain, wanted, start, end)
        if hit is not None:
            found += len(wanted)
            spans.append(hit)
        elif wanted in _headings(band):
            continue  # "GTIN 4012345": a column's heading with what stands below it
        total += len(wanted)
    row.share = found / total if total else 0.0
    if row.share >= 0.7:
        row.description = band.page, tuple(sorted(set(spans)))
    else:
        row.missing.append("description")


def _headings(band: Band) -> str:
    """The letters of the page's table headings."""
    lines = band.index.page.lines
    return "".join(
        letters(band.index.text[lines[at].start : lines[at].end]) for at in sorted(header_lines(band.index))
    )


def _word(text: str, wanted: str, start: int, end: int) -> tuple[int, int] | None:
    at = text.find(wanted, start, end)
    if at >= 0:
        return at, at + len(wanted)
    return None
