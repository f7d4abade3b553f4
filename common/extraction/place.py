"""A label that speaks for a value."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A label that speaks for a value, and how surely it does."""

    meanings: frozenset[str]
    """Empty for a text that stands like a label and is in no vocabulary."""
    strength: float
    text: str
    """The label as printed."""
    how: str
    """before, left, above or column."""
    inner: bool = False
    """Whether the value stands in a column of several and is not its last."""
    heading: bool = False
    """Whether the label is in the heading of a table of line items."""
