"""A line item and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from common.extraction.paper import Found

CELLS = ("amount", "unit_price", "quantity", "discount", "tax_amt", "tax_rate")
"""The cells of an item that hold numbers."""


class Line(NamedTuple):
    """A line of a page."""

    page: int
    line: int


@dataclass
class Row:
    """A line item's row: where it stands and what of it was found there."""

    line: Line | None = None
    cells: dict[str, Found] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    """Cells whose value stands in another column of the row, with what the column says."""
    description: tuple[int, tuple[tuple[int, int], ...]] | None = None
    share: float = 0.0
    """How much of the description stands at the row."""
    doubled: int | None = None
    """The earlier item that stands on the only row that this one could be."""
