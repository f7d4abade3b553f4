"""Line items: each found on its own row of the page, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from common.extraction.paper import Paper
from common.extraction.row import CELLS, Line, Row
from common.extraction.row_cells import cells_of
from common.extraction.row_order import aligned
from common.extraction.row_search import Lines, candidates_for


def locate(paper: Paper, items: Sequence[dict[str, Any]]) -> list[Row]:
    """A row for each item, in the items' order; rows are never shared."""
    lines = Lines(paper)
    candidates = [candidates_for(paper, lines, item) for item in items]
    chosen = aligned(candidates)
    doubled = _doubled(items, candidates, chosen)
    for number in doubled:
        chosen[number] = None
    taken: dict[int, list[int]] = {}
    for line in chosen:
        if line is not None:
            taken.setdefault(line.page, []).append(line.line)
    for numbers in taken.values():
        numbers.sort()
    claimed = {line: number for number, line in enumerate(chosen) if line is not None}
    rows: list[Row] = []
    for number, item in enumerate(items):
        line = chosen[number]
        if number in doubled:
            rows.append(Row(doubled=doubled[number]))
        elif line is None:
            rows.append(_lost(item, candidates[number], claimed, number))
        else:
            rows.append(cells_of(paper, item, line, taken[line.page]))
    return rows


def _doubled(
    items: Sequence[dict[str, Any]], candidates: list[dict[Line, float]], chosen: list[Line | None]
) -> dict[int, int]:
    """Items that say what another says and stand on a much worse row: the other's row, read twice."""
    found: dict[int, int] = {}
    seen: dict[tuple[Any, ...], int] = {}
    for number, item in enumerate(items):
        key = tuple(item.get(cell) for cell in ("description", *CELLS))
        other = seen.setdefault(key, number)
        if other == number:
            continue
        mine, theirs = (
            candidates[at].get(line, 0.0) if (line := chosen[at]) is not None else 0.0
            for at in (number, other)
        )
        if mine < theirs - 1.0:
            found[number] = other
        elif theirs < mine - 1.0:
            found[other] = number
            seen[key] = number
    return found


def _lost(item: dict[str, Any], candidates: dict[Line, float], claimed: dict[Line, int], number: int) -> Row:
    """The row of an item that has none: a second reading of another's row, or nothing at all."""
    for line, score in candidates.items():
        if line in claimed and score > 2.5:
            return Row(doubled=min(claimed[line], number))
    return Row(
        missing=[
            cell for cell in ("amount", "unit_price", "quantity", "description") if item.get(cell) is not None
        ]
    )
