"""Words on pages. Units are points, the origin is the top left corner of the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Word:
    """A run of characters without a space. `base` is its baseline, `size` the height of its type."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool = False

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Page:
    """One page: its size, its words, and whether its content is a picture without text."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    pictured: bool = False
    recognized: bool = False
    """The words come from a recognizer (its own layer or ours), so that letters may be wrong."""
