"""The characters of a page in the order they were drawn, kept column by column: a page has thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from common.extraction.page import Box


class Ink(NamedTuple):
    """What the characters of one text object have in common."""

    size: float
    """Type size on the page, in points."""
    turn: int
    """Direction of writing on the page as shown, in degrees clockwise from left-to-right."""
    without: bool
    """Whether it draws nothing: text laid over a picture for searching, or to deceive."""
    handle: int
    """Address of the text object, which tells its characters from others'."""


class Stretch(NamedTuple):
    """Characters drawn one after another with the same ink: their positions, and the ink."""

    first: int
    behind: int
    ink: Ink


class Glyph(NamedTuple):
    """One character: its ink's box, and its place along and across its line of text.

    `start`, `end` run along the direction of writing and `base` across it, all in points.
    """

    sign: str
    box: Box
    start: float
    end: float
    base: float


Sides = tuple[list[float], list[float], list[float], list[float]]
"""The left, top, right and bottom sides of boxes."""
Marks = Sequence[tuple[Glyph, Ink]]
"""Characters one by one, with their ink."""


@dataclass(frozen=True)
class Characters:
    """What each character is, its box on the page as shown, and its place along and across its line."""

    signs: list[str] = field(default_factory=list)
    """A ligature is several letters."""
    left: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    start: list[float] = field(default_factory=list)
    end: list[float] = field(default_factory=list)
    base: list[float] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    """All characters, in order; two stretches beside each other have different inks."""

    def __len__(self) -> int:
        return len(self.signs)

    def box(self, at: int) -> Box:
        """The box of a character."""
        return Box(self.left[at], self.top[at], self.right[at], self.bottom[at])

    def add(self, glyphs: Iterable[Glyph], ink: Ink) -> None:
        """Adds characters that were drawn together."""
        first = len(self)
        for sign, (x0, y0, x1, y1), start, end, base in glyphs:
            self.signs.append(sign)
            self.left.append(x0)
            self.top.append(y0)
            self.right.append(x1)
            self.bottom.append(y1)
            self.start.append(start)
            self.end.append(end)
            self.base.append(base)
        if len(self) > first:
            self.stretch(len(self), ink)

    def stretch(self, behind: int, ink: Ink) -> None:
        """Notes the ink of the characters from where the last stretch ends."""
        first = self.stretches[-1].behind if self.stretches else 0
        if self.stretches and self.stretches[-1].ink is ink:
            first = self.stretches.pop().first
        self.stretches.append(Stretch(first, behind, ink))

    def put(self, at: int, box: Box, start: float, end: float, base: float) -> None:
        """Puts a character elsewhere."""
        self.left[at], self.top[at], self.right[at], self.bottom[at] = box
        self.start[at], self.end[at], self.base[at] = start, end, base

    def only(self, kept: Sequence[bool]) -> Characters:
        """Those that are kept."""
        places = (*self.sides, self.start, self.end, self.base)
        left, top, right, bottom, start, end, base = (list(compress(place, kept)) for place in places)
        some = Characters(list(compress(self.signs, kept)), left, top, right, bottom, start, end, base)
        behind = 0
        for first, its_behind, ink in self.stretches:
            here = sum(kept[first:its_behind])
            if here:
                behind += here
                some.stretch(behind, ink)
        return some

    @cached_property
    def inks(self) -> list[Ink]:
        """The ink of each character."""
        return [ink for first, behind, ink in self.stretches for _ in range(first, behind)]

    @cached_property
    def sizes(self) -> list[float]:
        """The type size of each character."""
        return [ink.size for ink in self.inks]

    @property
    def sides(self) -> Sides:
        """The columns of the boxes: left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom

    @cached_property
    def marks(self) -> Marks:
        """Each character for itself."""
        boxes = map(Box._make, zip(*self.sides, strict=True))
        glyphs = map(Glyph, self.signs, boxes, self.start, self.end, self.base)
        return list(zip(glyphs, self.inks, strict=True))
