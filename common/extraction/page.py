"""A page as a person sees it: its visible text in reading order, and where each character stands."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, count
from operator import le
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points of the page as shown: origin top left, after the page's own rotation."""

    x0: float
    y0: float
    x1: float
    y1: float


UNDECIPHERED = "\ufffd"
"""A sign of which the font doesn't say what it stands for."""
_NEW = tuple.__new__
"""Makes a named tuple in half the time of a call of its class."""


def union(boxes: list[Box]) -> Box | None:
    """The smallest box around several."""
    if not boxes:
        return None
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


class Hidden(NamedTuple):
    """A text that a person looking at the page does not see, and why."""

    text: str
    why: str


class Span(NamedTuple):
    """A part of a page's text, by its first and behind its last character."""

    start: int
    end: int


class Cell(NamedTuple):
    """Words that stand together on a line, with a wide gap on both sides; its box is upright."""

    start: int
    end: int
    line: int
    box: Box


def is_garbled(text: str) -> bool:
    """Whether a text layer's characters stand for nothing: fonts without a map to Unicode."""
    unknown = text.count(UNDECIPHERED)
    return unknown > 0 and unknown > 0.3 * sum(not sign.isspace() for sign in text)


@dataclass(frozen=True)
class Page:
    """One page of a document.

    `text` has a line end between lines, a tab between cells of a line (a wide
    gap) and a space between words. `boxes` holds four numbers for each character
    of `text`; those of a separator are zeros.
    """

    number: int
    width: float
    height: float
    text: str
    boxes: array[float]
    source: str = "text"
    """"text" for the PDF's own text layer, "ocr" for text recognised in its picture."""
    picture: bool = False
    """Whether the page's content is a picture."""
    readable: bool = True
    """Whether the page could be read at all."""
    turn: int = 0
    """Direction of most of the text: quarter turns clockwise from left-to-right."""
    hidden: tuple[Hidden, ...] = ()
    qr: tuple[str, ...] = ()

    @property
    def legible(self) -> bool:
        """Whether the page has text to check values against, or nothing on it to be checked."""
        return not is_garbled(self.text) if self.text else not self.picture

    def box(self, start: int, end: int) -> Box | None:
        """The union of the glyphs of `text[start:end]`; None where it has none."""
        left, top, right, bottom = self._sides
        if start >= end or (x1 := max(right[start:end])) == -math.inf:
            return None
        return _NEW(Box, (min(left[start:end]), min(top[start:end]), x1, max(bottom[start:end])))

    @cached_property
    def _sides(self) -> tuple[list[float], ...]:
        """The boxes' left, top, right and bottom sides by character; the sides of none lie at infinity."""
        left, top, right, bottom = (self.boxes[side::4].tolist() for side in range(4))
        for at in compress(count(), map(le, right, left)):
            if bottom[at] <= top[at]:
                left[at] = top[at] = math.inf
                right[at] = bottom[at] = -math.inf
        return left, top, right, bottom

    def spot(self, start: int, end: int) -> Box | None:
        """The same box with the page turned so that its text runs from left to right: where things stand
        to one another, beside and above, is told from this one."""
        box = self.box(start, end)
        return None if box is None else self.upright(box)

    def upright(self, box: Box) -> Box:
        """A box of the page as shown on the page turned so that its text runs from left to right."""
        if self.turn == 0:
            return box
        if self.turn == 1:
            return Box(box.y0, self.width - box.x1, box.y1, self.width - box.x0)
        if self.turn == 2:
            return Box(self.width - box.x1, self.height - box.y1, self.width - box.x0, self.height - box.y0)
        return Box(self.height - box.y1, box.x0, self.height - box.y0, box.x1)

    @property
    def reach(self) -> float:
        """How far down the text can run, in the direction of its lines."""
        return self.width if self.turn % 2 else self.height

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The lines of `text`, from top to bottom."""
        spans: list[Span] = []
        start = 0
        for line in self.text.split("\n"):
            spans.append(Span(start, start + len(line)))
            start += len(line) + 1
        return tuple(spans)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of every line, in reading order."""
        found: list[Cell] = []
        for number, line in enumerate(self.lines):
            start = line.start
            for part in self.text[line.start : line.end].split("\t"):
                end = start + len(part)
                box = self.spot(start, end)
                if box is not None:
                    found.append(Cell(start, end, number, box))
                start = end + 1
        return tuple(found)
