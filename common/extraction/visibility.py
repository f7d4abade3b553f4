"""Which characters a person looking at the page sees. Runs in the reading process only.

The page is drawn twice, with its text and without. A character whose place looks
the same both times shows nothing: it is of the colour of its ground, covered,
clipped or off the page. A text layer without ink over a scan is no hidden text
where the picture has something to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from operator import le
from typing import NamedTuple

import pypdfium2.raw as pdfium

from common.extraction.characters import Characters, Glyph, Ink, Marks
from common.extraction.hidden import COVERED, INKLESS, Reasons, reported
from common.extraction.layer import hide_foreign
from common.extraction.overlaid import hide_overlaid
from common.extraction.page import UNDECIPHERED, Box, Hidden
from common.extraction.page_objects import Image, Objects
from common.extraction.pdfium import Frame
from common.extraction.picture import CONTRAST, Picture, differs, draw, varied

_FAINT = 5
"""Levels of grey from which a difference can be seen where the characters beside it are."""
_STROKE = 1.5
"""Width in points up to which a character is a single stroke."""
_SMALLEST = 2.0
"""Type size in points below which nobody reads."""
_FEWEST = 3.0
"""Height of a character in pixels from which its ink can be told."""
_SCAN = 0.5
"""Share of the page that pictures cover on a scan."""
_OUTLINES = 4000
"""Segments of paths from which a page without text can be written in outlines; a letter takes some twenty."""
_MOST_PICTURES = 8
"""Pictures that are looked at for lying apart from all text."""
_APART = 3.0
"""Points between a picture and a character from which neither can lie over the other."""
_FEW = 60
"""Characters with ink of their own that a scan may bear, such as a stamp."""


class Sight(NamedTuple):
    """What can be seen of a page's text."""

    characters: Characters
    hidden: list[Hidden]
    picture: bool
    """Whether the page's content is a picture."""


class _Scene(NamedTuple):
    """The page as it is looked at."""

    width: float
    height: float
    images: list[Box]
    scan: bool
    whole: Picture
    bare: Picture
    """The same without its text."""


def seen(page: pdfium.FPDF_PAGE, frame: Frame, things: Objects, characters: Characters) -> Sight:
    """The characters that can be seen, and the texts that can't, with the reason.

    Texts and pictures of the page are switched off: it can't be drawn whole afterwards.
    """
    images, texts, paths = things
    area = max(1.0, frame.width * frame.height)
    scan = sum(_area(image.box, frame) for image in images) / area >= _SCAN
    if not characters.signs:
        return Sight(characters, [], scan or _outlined(paths))
    if not scan:
        for image in _apart(images[:_MOST_PICTURES], characters):
            pdfium.FPDFPageObj_SetIsActive(image.thing, False)
    inkless = [ink.without for _, _, ink in characters.stretches]
    whole = bare = draw(page, frame)
    if not all(inkless):
        for text in texts:
            pdfium.FPDFPageObj_SetIsActive(text, False)
        bare = draw(page, frame)
    scene = _Scene(frame.width, frame.height, [image.box for image in images], scan, whole, bare)
    why = _reasons(characters, scene)
    hide_overlaid(lambda part: draw(page, frame, part=part), texts, characters, bare, why)
    if COVERED in why:
        _thin(characters.marks, why, scene)
    if INKLESS in why:
        _word_by_word(characters.marks, why)
    if scan or any(inkless):
        marks = characters.marks
        laid = [_is_laid(glyph, ink, reason, scene) for (glyph, ink), reason in zip(marks, why, strict=True)]
        hide_foreign(marks, why, laid, bare, scan=scan)
    hidden: list[Hidden] = []
    if any(why):
        _inherit(characters.marks, why)
        hidden = list(reported(characters.marks, why))
        characters = characters.only([reason is None for reason in why])
    own = sum(behind - first for first, behind, ink in characters.stretches if not ink.without)
    return Sight(characters, hidden, scan and own < _FEW)


def _outlined(paths: list[pdfium.FPDF_PAGEOBJECT]) -> bool:
    """Whether so much is drawn that it can be writing: some programs print letters as their outlines."""
    segments = 0
    for path in paths:
        segments += max(0, pdfium.FPDFPath_CountSegments(path))
        if segments >= _OUTLINES:
            return True
    return False


def _apart(images: list[Image], characters: Characters) -> list[Image]:
    """The pictures that no character is near: such a logo hides nothing, and takes its time to draw."""
    found = []
    for image in images:
        left, top, right, bottom = image.box
        left, top, right, bottom = left - _APART, top - _APART, right + _APART, bottom + _APART
        if not any(
            x1 > left and x0 < right and y1 > top and y0 < bottom
            for x0, y0, x1, y1 in zip(*characters.sides, strict=True)
        ):
            found.append(image)
    return found


def _reasons(characters: Characters, scene: _Scene) -> Reasons:
    """For each character why it can't be seen."""
    # Nearly all characters have ink that shows in their middle row. That is asked here, without a call for
    # each, and all that is not so plain is looked at closely.
    before, after, stride, scale = scene.whole.data, scene.bare.data, scene.whole.stride, scene.whole.scale
    half = scale / 2
    why: Reasons = [None] * len(characters)
    plain: list[bool] = []
    all_inside = _are_inside(characters.sides, scene)
    for first, behind, ink in characters.stretches:
        large = not ink.without and ink.size >= max(_SMALLEST, _FEWEST / scale)
        inside = all_inside or _are_inside([side[first:behind] for side in characters.sides], scene)
        plain += [large and inside] * (behind - first)
    columns = zip(count(), characters.signs, plain, *characters.sides)
    for at, sign, is_plain, x0, y0, x1, y1 in columns:
        if is_plain:
            if not (sign.isalnum() or sign == UNDECIPHERED):
                continue
            row = int((y0 + y1) * half) * stride
            start, end = row + int(x0 * scale), row + int(x1 * scale) + 1
            if abs(min(before[start:end]) - min(after[start:end])) >= CONTRAST:
                continue
        why[at] = _why(sign, Box(x0, y0, x1, y1), characters.inks[at], scene)
    return why


def _are_inside(sides: Sequence[list[float]], scene: _Scene) -> bool:
    """Whether boxes are more than a pixel away from every edge of the page."""
    left, top, right, bottom = sides
    pixel = 1 / scene.whole.scale
    return (
        min(left) > 0
        and min(top) > 0
        and max(right) < scene.width - pixel
        and max(bottom) < scene.height - pixel
        and all(map(le, left, right))
        and all(map(le, top, bottom))
    )


def _why(sign: str, box: Box, ink: Ink, scene: _Scene) -> str | None:
    """Why a character can't be seen; None for one that can."""
    if box.x1 <= 0 or box.y1 <= 0 or box.x0 >= scene.width or box.y0 >= scene.height:
        return "off the page"
    if ink.size < _SMALLEST:
        return "too small to read"
    if not (sign.isalnum() or sign == UNDECIPHERED):
        return None
    if ink.without:
        if sign == UNDECIPHERED:
            return INKLESS
        return None if _over_image(box, scene) and varied(scene.bare, box) else INKLESS
    if ink.size * scene.whole.scale < _FEWEST or differs(scene.whole, scene.bare, box):
        return None
    if scene.scan and _over_image(box, scene) and varied(scene.bare, box):
        return None  # a scan's recognised text, laid under its picture
    return COVERED


def _is_laid(glyph: Glyph, ink: Ink, reason: str | None, scene: _Scene) -> bool:
    """Whether a character counts as seen for what the picture below it shows."""
    if reason is not None or not glyph.sign.isalnum():
        return False
    return ink.without or (scene.scan and not differs(scene.whole, scene.bare, glyph.box))


def _thin(marks: Marks, why: Reasons, scene: _Scene) -> None:
    """An "l" among characters that are seen is seen too, however little ink its stroke has.

    It may be drawn a pixel beside its place; a digit is looked for in its own place alone.
    """
    sure = [reason is None and glyph.sign.isalnum() for (glyph, _), reason in zip(marks, why, strict=True)]
    for at, (glyph, ink) in enumerate(marks):
        if why[at] != COVERED:
            continue
        box = glyph.box
        wide = glyph.sign.isdigit() or box.x1 - box.x0 > _STROKE
        slack = 0.0 if wide else 1.0 / scene.whole.scale
        box = Box(box.x0 - slack, box.y0 - slack, box.x1 + slack, box.y1 + slack)
        for other in (at - 1, at + 1):
            beside = 0 <= other < len(marks) and sure[other] and marks[other][1].handle == ink.handle
            if beside and differs(scene.whole, scene.bare, box, _FAINT):
                why[at] = None
                sure[at] = True
                break


def _word_by_word(marks: Marks, why: Reasons) -> None:
    """A scan's recognised words lie only roughly on their picture: one that half shows is seen whole."""
    word: list[int] = []
    for at in range(len(marks) + 1):
        if at < len(marks) and _continues(marks, word, at):
            word.append(at)
            continue
        signs = [each for each in word if marks[each][0].sign.isalnum()]
        blank = [each for each in signs if why[each] == INKLESS]
        if len(blank) <= 0.5 * len(signs):
            for each in blank:
                why[each] = None
        word = [at] if at < len(marks) and _continues(marks, [], at) else []


def _continues(marks: Marks, word: list[int], at: int) -> bool:
    """Whether a character without ink belongs to the word before it: drawn with it, and beside it."""
    glyph, ink = marks[at]
    if not ink.without or glyph.sign.isspace():
        return False
    if not word:
        return True
    last, its = marks[word[-1]]
    return (
        its.handle == ink.handle
        and abs(glyph.base - last.base) < ink.size
        and glyph.start - last.end < ink.size
    )


def _inherit(marks: Marks, why: Reasons) -> None:
    """Commas and points are too small to tell: they are seen as the character before them is."""
    last: str | None = None
    handle = 0
    for at, (glyph, ink) in enumerate(marks):
        if glyph.sign.isalnum():
            last, handle = why[at], ink.handle
        elif why[at] is None and ink.handle == handle:
            why[at] = last


def _over_image(box: Box, scene: _Scene) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(image.x0 <= x <= image.x1 and image.y0 <= y <= image.y1 for image in scene.images)


def _area(box: Box, frame: Frame) -> float:
    width = min(box.x1, frame.width) - max(box.x0, 0.0)
    height = min(box.y1, frame.height) - max(box.y0, 0.0)
    return max(0.0, width) * max(0.0, height)
