"""Characters to text: words, cells and lines in the order in which a person reads them."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from operator import sub
from typing import NamedTuple

from common.extraction.characters import Characters, Sides

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


class Word(NamedTuple):
    """Characters without a gap: their text and their positions."""

    text: str
    first: int
    behind: int
    start: float
    end: float
    base: float
    size: float


def compose(characters: Characters) -> tuple[str, array[float]]:
    """The text of a page and four box numbers for each of its characters.

    Text of the page's main direction comes first; turned text follows as lines of its own.
    """
    text: list[str] = []
    sides: Sides = [], [], [], []
    for some in _by_turn(characters):
        # Where what is written stands among the characters; what parts words stands behind them all.
        places: list[int] = []
        for line in _lines(_without_doubles(_words(some))):
            if text:
                text.append("\n")
                places.append(len(some))
            _write(some, line, text, places)
        for side, column in zip(sides, some.sides, strict=True):
            side.extend(map([*column, 0.0].__getitem__, places))
    boxes = array("f", bytes(4 * len(sides) * len(sides[0])))
    for number, side in enumerate(sides):
        boxes[number :: len(sides)] = array("f", side)
    return "".join(text), boxes


def direction(characters: Characters) -> int:
    """The direction that most of the text runs in, as quarter turns clockwise from left-to-right."""
    turns = _turns(characters).most_common()
    return next((turn // 90 for turn, _ in turns if turn % 90 == 0), 0)


def _turns(characters: Characters) -> Counter[int]:
    """How many characters run in each direction."""
    turns: Counter[int] = Counter()
    for first, behind, ink in characters.stretches:
        turns[ink.turn] += behind - first
    return turns


def _by_turn(characters: Characters) -> Iterator[Characters]:
    """The characters of each direction, first of the one that most run in."""
    turns = _turns(characters)
    if len(turns) == 1:
        yield characters
        return
    for turn in sorted(turns, key=lambda each: (-turns[each], each)):
        yield characters.only([ink.turn == turn for ink in characters.inks])


def _words(characters: Characters) -> Iterator[Word]:
    """Characters in the order they were drawn, cut where a space, a gap or a jump is."""
    blank = list(map(str.isspace, characters.signs))
    first = 0
    for at in _doubtful(characters, blank):
        if blank[at]:
            if at > first:
                yield _word(characters, first, at)
            first = at + 1
        elif at > first and not _touches(characters, at):
            yield _word(characters, first, at)
            first = at
    if len(characters) > first:
        yield _word(characters, first, len(characters))


def _doubtful(characters: Characters, blank: list[bool]) -> Iterator[int]:
    """The positions that a word may end at.

    Nearly all characters plainly follow the one that they were drawn with. That is
    told of many at once, without a look at each.
    """
    gaps = [0.0, *map(sub, characters.start[1:], characters.end)]
    for first, behind, ink in characters.stretches:
        yield first
        least, most = -ink.size * _BACK, ink.size * _WORD_GAP
        bases = characters.base[first:behind]
        level = bases.count(bases[0]) == len(bases)
        for at, gap, empty in zip(
            range(first + 1, behind), gaps[first + 1 : behind], blank[first + 1 : behind], strict=True
        ):
            if empty or not least <= gap <= most or not (level or bases[at - first] == bases[at - first - 1]):
                yield at


def _touches(characters: Characters, at: int) -> bool:
    """Whether a character is of the same word as the one before it."""
    last = at - 1
    if all(side[at] == side[last] for side in characters.sides):
        return True  # a ligature, told as several characters
    size = max(characters.sizes[last], characters.sizes[at])
    gap = characters.start[at] - characters.end[last]
    same_line = abs(characters.base[at] - characters.base[last]) <= size * _SAME_LINE
    return same_line and gap <= size * _WORD_GAP and not _over(characters, (last, at), gap, size, _BACK)


def _over(characters: Characters, pair: tuple[int, int], gap: float, size: float, together: float) -> bool:
    """Whether of two characters the second is drawn over the first, so that they are of two texts.

    `together` is how far characters that were drawn together may go back, in type
    sizes. What was drawn separately and overlaps is two texts, as a number over the
    end of a long code; but browsers draw what follows a kerned pair separately, and
    only letters are kerned (the o in “To” goes back under the T).
    """
    if gap >= 0:
        return False
    last, at = pair
    if characters.inks[at].handle == characters.inks[last].handle:
        return gap < -size * together
    before, sign = characters.signs[last], characters.signs[at]
    kerned = before.isalpha() and (sign.isalpha() or sign in ".,:;-’'")
    return gap < -size * (_KERNED if kerned else 0.12)


def _word(characters: Characters, first: int, behind: int) -> Word:
    bases = characters.base[first:behind]
    return Word(
        "".join(characters.signs[first:behind]),
        first,
        behind,
        min(characters.start[first:behind]),
        max(characters.end[first:behind]),
        sum(bases) / len(bases),
        max(characters.sizes[first:behind]),
    )


def _without_doubles(words: Iterable[Word]) -> Iterator[Word]:
    """Words drawn twice with a small shift, which is how some programs print bold, once."""
    seen: dict[str, defaultdict[int, list[Word]]] = {}
    for word in words:
        row = round(word.base / 4)
        rows = seen.get(word.text)
        if rows is None:
            rows = seen[word.text] = defaultdict(list)
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


def _write(characters: Characters, line: list[Word], text: list[str], places: list[int]) -> None:
    last: Word | None = None
    for word in line:
        if last is not None:
            gap = word.start - last.end
            size = max(word.size, last.size)
            apart = _over(characters, (last.behind - 1, word.first), gap, size, math.inf)
            mark = "\t" if gap > size * _CELL_GAP or apart else " " if gap > size * 0.08 else ""
            if mark:
                text.append(mark)
                places.append(len(characters))
        text.append(word.text)
        its = range(word.first, word.behind)
        if len(word.text) == len(its):
            places.extend(its)
        else:
            places.extend(at for at in its for _ in characters.signs[at])
        last = word
