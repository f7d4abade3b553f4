"""Text without ink that is laid over a picture: what was recognised in it, or something else.

A scan's recognised text speaks of most of what the picture shows, and each word
lies on its own. Runs in the reading process only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from common.extraction.characters import Marks
from common.extraction.hidden import Reasons
from common.extraction.page import Box
from common.extraction.picture import CONTRAST, Picture, varied

FOREIGN = "laid over a picture that shows something else"

_CELLS = 200
"""Squares that the picture's longer side is cut into to see how much of it the text speaks of."""
_LEAST = 0.1
_DARK = 150
"""Grey levels under it are ink."""
_OVER = 0.5
"""Share of a word that another lies over."""
_DIGITS = 3
_MIDDLE = 0.25
"""What is left off above and below to see the middle of a character."""
_SHOWN = 0.6
_THROUGH = 0.9
"""Share of a word's width, with its height on both sides, that a line through it covers."""
_MOST_RULED = 0.4
"""Share of a word's height that lines through it may take."""
_NEAR = 0.5
"""Share of the type size by which the characters of a word are apart at most."""

_Word = tuple[list[int], Box]
"""Places of characters among the marks, and what they cover."""


def hide_foreign(marks: Marks, why: Reasons, laid: Sequence[bool], picture: Picture, *, scan: bool) -> None:
    """Notes the characters of `laid` text that can't have been recognised in the picture below."""
    words = list(_words(marks, laid))
    if not words:
        return
    if not scan:
        # A page of its own text: a logo's name may be recognised, figures are not in it.
        doubtful = [word for word in words if _digits(marks, word) >= _DIGITS]
    elif _spoken_of(words, picture) < _LEAST:
        doubtful = words
    else:
        doubtful = [*_overlapping(marks, words), *_between(marks, words, picture)]
    for word, _ in doubtful:
        for at in word:
            why[at] = FOREIGN


def _words(marks: Marks, laid: Sequence[bool]) -> Iterator[_Word]:
    word: list[int] = []
    for at, (glyph, ink) in enumerate(marks):
        if not glyph.sign.isalnum() and not glyph.sign.isspace():
            continue
        if word:
            last = marks[word[-1]][0]
            apart = abs(glyph.base - last.base) + abs(glyph.start - last.end) > _NEAR * ink.size
            if not laid[at] or apart or glyph.sign.isspace():
                yield word, _around(marks, word)
                word = []
        if laid[at]:
            word.append(at)
    if word:
        yield word, _around(marks, word)


def _around(marks: Marks, word: list[int]) -> Box:
    boxes = [marks[at][0].box for at in word]
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def _digits(marks: Marks, word: _Word) -> int:
    return sum(marks[at][0].sign.isdigit() for at in word[0])


def _spoken_of(words: list[_Word], picture: Picture) -> float:
    """The share of the picture's ink that lies under words."""
    size = max(1, max(picture.width, picture.height) // _CELLS)
    inked = set(_inked(picture, size))
    if not inked:
        return 1.0
    under: set[tuple[int, int]] = set()
    for _, box in words:
        left, right = int(box.x0 * picture.scale) // size, int(box.x1 * picture.scale) // size
        top, bottom = int(box.y0 * picture.scale) // size, int(box.y1 * picture.scale) // size
        under |= {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}
    return len(inked & under) / len(inked)


def _inked(picture: Picture, size: int) -> Iterator[tuple[int, int]]:
    dark = bytes(level < _DARK for level in range(256))
    for y in range(0, picture.height):
        start = y * picture.stride
        row = picture.data[start : start + picture.width].translate(dark)
        at = row.find(1)
        while at >= 0:
            x = at // size
            yield x, y // size
            at = row.find(1, (x + 1) * size)


def _overlapping(marks: Marks, words: list[_Word]) -> Iterator[_Word]:
    """Figures that lie over another word, and that word; which of them the picture shows can't be told."""
    tallest = max(box.y1 - box.y0 for _, box in words) or 1.0
    rows: defaultdict[int, list[int]] = defaultdict(list)
    found: set[int] = set()
    figures = [_digits(marks, word) >= _DIGITS for word in words]
    for number, (_, box) in enumerate(words):
        first, last = int(box.y0 // tallest), int(box.y1 // tallest)
        for other in {each for row in range(first, last + 1) for each in rows[row]}:
            if (figures[number] or figures[other]) and _over(box, words[other][1]):
                found |= {number, other}
        for row in range(first, last + 1):
            rows[row].append(number)
    return (words[number] for number in sorted(found))


def _between(marks: Marks, words: list[_Word], picture: Picture) -> Iterator[_Word]:
    """Figures in whose middle the picture is blank: they lie between what it shows."""
    for word in words:
        digits = [marks[at][0].box for at in word[0] if marks[at][0].sign.isdigit()]
        if len(digits) >= _DIGITS:
            ruled = _ruled(picture, word[1])
            shown = sum(varied(picture, _middle(box), ruled) for box in digits)
            if shown < _SHOWN * len(digits):
                yield word


def _ruled(picture: Picture, box: Box) -> frozenset[int]:
    """The rows of the picture in which a line runs through a word and beyond it, as a table's rule does.

    Where most rows are dark from end to end, the ground is.
    """
    beyond = box.y1 - box.y0
    wide = box._replace(x0=box.x0 - beyond, x1=box.x1 + beyond)
    rows = [(start // picture.stride, picture.data[start:end]) for start, end in picture.rows(wide)]
    light = max((max(row) for _, row in rows), default=0) - CONTRAST
    through = {y for y, row in rows if sum(level < light for level in row) >= _THROUGH * len(row)}
    if len(through) > _MOST_RULED * len(rows):
        return frozenset()
    return frozenset(y + step for y in through for step in (-1, 0, 1))


def _middle(box: Box) -> Box:
    edge = _MIDDLE * (box.y1 - box.y0)
    return box._replace(y0=box.y0 + edge, y1=box.y1 - edge)


def _over(one: Box, other: Box) -> bool:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    if width <= 0 or height <= 0:
        return False
    smaller = min((box.x1 - box.x0) * (box.y1 - box.y0) for box in (one, other))
    return width * height > _OVER * smaller
