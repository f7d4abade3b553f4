"""Where the taxes of a document stand, each with its rate and its base."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from common.extraction.paper import Found, Paper


def locate(paper: Paper, rows: Iterable[dict[str, Any]]) -> list[dict[str, Found]]:
    """The figures of each tax that were found, by their names in the schema."""
    located: list[dict[str, Found]] = []
    used: set[Found] = set()
    for row in rows:
        found = _row(paper, row, used)
        located.append(found)
        used.update(found.values())
    return located


def _row(paper: Paper, row: dict[str, Any], used: set[Found]) -> dict[str, Found]:
    """Where a tax's figures stand, on one line where they do, and not where another tax's do (`used`)."""
    best: tuple[float, dict[str, Found]] | None = None
    amount = row.get("amount")
    for wanted in () if amount is None else dict.fromkeys((amount, -amount)):
        for page, number in paper.numbers.get(wanted, ())[:40]:
            spoken = paper.places(page, number.start, number.end)
            taxpayer = any(place.meanings & {"tax", "tax_id"} == {"tax_id"} for place in spoken[:1])
            if number.percent or number.glued or taxpayer:
                continue
            index = paper.indexes[page]
            line = index.cells[index.cell_at(number.start)].line
            lines = index.page.lines
            start, end = lines[max(0, line - 1)].start, lines[min(len(lines) - 1, line + 1)].end
            cells = {"amount": Found(page, number.start, number.end)}
            score = 1.0 if cells["amount"] not in used else 0.5
            for name in ("rate", "taxable_amt"):
                value = row.get(name)
                hits = [
                    each
                    for each in index.numbers_in(start, end)
                    if value in each.values and each.start != number.start
                ]
                own = [each for each in hits if lines[line].start <= each.start < lines[line].end]
                hit = next(iter(own or hits), None)
                if hit is not None:
                    cells[name] = Found(page, hit.start, hit.end)
                    score += 1.0 if own else 0.7
            if any(place.meanings & {"tax"} for place in spoken):
                score += 0.8
            if best is None or score > best[0]:
                best = score, cells
    return best[1] if best else {}
