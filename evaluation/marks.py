"""What became of each true value: exact, missing or wrong, and whether a reason for review names it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from evaluation.lines import pairs
from evaluation.sameness import same, same_cell
from evaluation.sample import CELLS

Outcome = Literal["exact", "missing", "wrong"]
LINES = "items"


@dataclass(frozen=True)
class Mark:
    """One value. A value that was read where the document has none is wrong."""

    field: str
    """A field of the header, or "items.<cell>"."""
    outcome: Outcome
    flagged: bool
    """Whether a reason for review names the value."""
    true: Any
    read: Any


@dataclass(frozen=True)
class LineCount:
    """Line items of a document, or of many."""

    true: int = 0
    read: int = 0
    matched: int = 0
    unflagged: int = 0
    """Lines that were read, are none of the true ones, and that no reason names."""
    lost_unflagged: int = 0
    """True lines that were not read in documents where no reason says that lines are missing."""

    def plus(self, other: LineCount) -> LineCount:
        """Both together."""
        return LineCount(
            self.true + other.true,
            self.read + other.read,
            self.matched + other.matched,
            self.unflagged + other.unflagged,
            self.lost_unflagged + other.lost_unflagged,
        )


def names(reason: Mapping[str, Any], field: str, item: int | None = None, cell: str | None = None) -> bool:
    """Whether a reason names a field; for a line's cell: the cell, the line, or the lines as a whole."""
    if reason["field"] != field:
        return False
    if item is None or reason["item"] is None:
        return True
    return bool(reason["item"] == item and (cell is None or reason["cell"] in (None, cell)))


def header(
    truth: Mapping[str, Any], data: Mapping[str, Any], reasons: Iterable[Mapping[str, Any]]
) -> list[Mark]:
    """Marks of every field of the header that the truth knows."""
    reasons = list(reasons)
    made = []
    for field, true in truth.items():
        if field != LINES:
            read = data.get(field)
            flagged = any(names(reason, field) for reason in reasons)
            made.append(Mark(field, _outcome(same(field, true, read), true, read), flagged, true, read))
    return made


def lines(
    truth: Mapping[str, Any],
    data: Mapping[str, Any],
    reasons: Iterable[Mapping[str, Any]],
    cells: Collection[str] = CELLS,
) -> tuple[LineCount, list[Mark]]:
    """How many lines were found, and marks of `cells` in those that were."""
    true = truth.get(LINES)
    if true is None:
        return LineCount(), []
    read, reasons = data.get(LINES) or [], list(reasons)
    found = pairs(true, read)
    taken = {right for _, right in found}
    lost = len(true) - len(found)
    told = any(
        reason["field"] == LINES and (reason["item"] is None or reason["code"] == "missing_line")
        for reason in reasons
    )
    count = LineCount(
        len(true),
        len(read),
        len(found),
        sum(
            not any(names(reason, LINES, item) for reason in reasons)
            for item in range(len(read))
            if item not in taken
        ),
        0 if told else lost,
    )
    made = []
    for left, right in found:
        for cell in cells:
            value = true[left].get(cell)
            if value is not None:
                got = read[right].get(cell)
                flagged = any(names(reason, LINES, right, cell) for reason in reasons)
                made.append(
                    Mark(
                        f"{LINES}.{cell}",
                        _outcome(same_cell(cell, value, got), value, got),
                        flagged,
                        value,
                        got,
                    )
                )
    return count, made


def _outcome(right: bool, true: Any, read: Any) -> Outcome:
    if right:
        return "exact"
    return "missing" if read in (None, []) and true is not None else "wrong"
