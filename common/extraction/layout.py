"""Glyphs to text: words, cells and lines in the order in which a person reads them."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from common.extraction.page import Box

_WORD_GAP = 0.18
"""A gap within a line that parts words, in type sizes."""
_CELL_GAP = 0.85
"""A gap that parts cells; a wide space between words is about half a type size."""
_KERNED = 0.25
"""How far a letter may be drawn back towards the one before it, in type sizes."""
_SAME_LINE = 0.35
"""How far baselines of one line may differ, in type sizes."""
_BACK = 0.5
"""How far a character may go back under the one that it was drawn with, in type sizes."""
_NO_BOX = (0.0, 0.0, 0.0, 0.0)


class Glyph(NamedTuple):
    """A visible character: its ink's box, and its place along and across its line of text.

    `start`, `end` run along the direction of writing and `base` across it, all in
    points; `turn` is the direction in degrees clockwise from left-to-right.
    """

    sign: str
    box: Box
    start: float
    end: float
    base: float
    size: float
    turn: int
    run: int = 0
    """Glyphs drawn together have the same number."""


class Word(NamedTuple):
    """Glyphs without a gap."""

    glyphs: list[Glyph]
    start: float
    end: float
    base: float
    size: float


_TURN_OF = attrgetter("turn")


def compose(glyphs: Iterable[Glyph]) -> tuple[str, array[float]]:
    """The text of a page and four box numbers for each of its characters.

    Text of the page's main direction comes first; turned text follows as lines of its own.
    """
    turns: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        turns[glyph.turn].append(glyph)
    text: list[str] = []
    boxes: list[float] = []
    for turn in sorted(turns, key=lambda each: (-len(turns[each]), each)):
        for line in _lines(_without_doubles(_words(turns[turn]))):
            if text:
                text.append("\n")
                boxes += _NO_BOX
            _write(line, text, boxes)
    return "".join(text), array("f", boxes)


def direction(glyphs: Iterable[Glyph]) -> int:
    """The direction that most of the text runs in, as quarter turns clockwise from left-to-right."""
    turns = Counter(map(_TURN_OF, glyphs)).most_common()
    return next((turn // 90 for turn, _ in turns if turn % 90 == 0), 0)


def _words(glyphs: list[Glyph]) -> Iterator[Word]:
    """Glyphs in the order they were drawn, cut where a space, a gap or a jump is."""
    current: list[Glyph] = []
    last: Glyph | None = None
    its_end = its_base = its_size = 0.0
    its_run = -1
    for glyph in glyphs:
        sign, _, start, end, base, size, _, run = glyph
        if sign.isspace():
            last, its_run = None, -1
            continue
        # Nearly all follow the one that they were drawn with: that is told without a call for each.
        if (
            run == its_run
            and size == its_size
            and -size * _BACK <= start - its_end <= size * _WORD_GAP
            and base == its_base
        ) or (last is not None and _touches(last, glyph)):
            current.append(glyph)
        else:
            if current:
                yield _word(current)
            current = [glyph]
        last, its_end, its_base, its_size, its_run = glyph, end, base, size, run
    if current:
        yield _word(current)


def _touches(last: Glyph, glyph: Glyph) -> bool:
    if glyph.box == last.box:  # a ligature, told as several characters
        return True
    size = max(last.size, glyph.size)
    gap = glyph.start - last.end
    same_line = abs(glyph.base - last.base) <= size * _SAME_LINE
    return same_line and gap <= size * _WORD_GAP and not _over(last, glyph, gap, size, _BACK)


def _over(last: Glyph, glyph: Glyph, gap: float, size: float, together: float) -> bool:
    """Whether a character is drawn over the one before, so that the two are of two texts.

    `together` is how far characters that were drawn together may go back, in type
    sizes. What was drawn separately and overlaps is two texts, as a number over the
    end of a long code; but browsers draw what follows a kerned pair separately, and
    only letters are kerned (the o in “To” goes back under the T).
    """
    if glyph.run == last.run:
        return gap < -size * together
    kerned = last.sign.isalpha() and (glyph.sign.isalpha() or glyph.sign in ".,:;-’'")
    return gap < -size * (_KERNED if kerned else 0.12)


def _word(glyphs: list[Glyph]) -> Word:
    _, _, starts, ends, bases, sizes, _, _ = zip(*glyphs, strict=True)
    return Word(glyphs, min(starts), max(ends), sum(bases) / len(glyphs), max(sizes))


def _without_doubles(words: Iterable[Word]) -> Iterator[Word]:
    """Words drawn twice with a small shift, which is how some programs print bold, once."""
    seen: dict[str, defaultdict[int, list[Word]]] = {}
    for word in words:
        text = "".join([glyph.sign for glyph in word.glyphs])
        row = round(word.base / 4)
        rows = seen.get(text)
        if rows is None:
            rows = seen[text] = defaultdict(list)
        elif any(
            abs(other.start - word.start) < word.size * 0.3 and abs(other.base - word.base) < word.size * 0.3
            for at in (row - 1, row, row + 1)
            for other in rows.get(at, ())
        ):
            continue
        rows[row].append(word)
        yield word


def _lines(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words of equal baseline, top to bottom and each from its start."""
    line: list[Word] = []
    base = size = 0.0
    for word in sorted(words, key=lambda each: (each.base, each.start)):
        if line and word.base - base > min(size, word.size) * _SAME_LINE:
            yield sorted(line, key=lambda each: each.start)
            line = []
        if not line or word.size > size:
            base, size = word.base, word.size
        line.append(word)
    if line:
        yield sorted(line, key=lambda each: each.start)


def _write(line: list[Word], text: list[str], boxes: list[float]) -> None:
    last: Word | None = None
    for word in line:
        if last is not None:
            gap = word.start - last.end
            size = max(word.size, last.size)
            apart = _over(last.glyphs[-1], word.glyphs[0], gap, size, math.inf)
            mark = "\t" if gap > size * _CELL_GAP or apart else " " if gap > size * 0.08 else ""
            if mark:
                text.append(mark)
                boxes += _NO_BOX
        for glyph in word.glyphs:
            text.append(glyph.sign)
            boxes += glyph.box * len(glyph.sign)
        last = word
