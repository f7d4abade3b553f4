"""The lines around a line item's own that can belong to it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from common.extraction.paper import Paper
from common.extraction.printed import Index
from common.extraction.row import Line

_WIDTH = 9
"""Lines above and below a row's amount."""


@dataclass(frozen=True)
class Band:
    """The lines that can belong to an item, and what of their numbers is taken."""

    paper: Paper
    page: int
    first: int
    last: int
    used: set[int]

    @property
    def index(self) -> Index:
        """The page's text."""
        return self.paper.indexes[self.page]

    @property
    def span(self) -> tuple[int, int]:
        """Where the lines begin and end in it."""
        lines = self.index.page.lines
        return lines[self.first].start, lines[self.last].end


def band_around(paper: Paper, line: Line, taken: list[int]) -> Band:
    """The lines around an item's own, up to those of its neighbours; `taken` are the page's items' own."""
    at = bisect_left(taken, line.line)
    before = taken[at - 1] if at else -1
    after = taken[at + 1] if at + 1 < len(taken) else len(paper.indexes[line.page].page.lines)
    first, last = max(before + 1, line.line - _WIDTH), min(after - 1, line.line + _WIDTH)
    return Band(paper, line.page, first, last, set())
