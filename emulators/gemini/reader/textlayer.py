"""Words of a PDF's own text, with boxes, by PDFium. What a person would not see is left out."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from emulators.gemini.reader import visibility
from emulators.gemini.reader.page import Page, Word

_MOST_CHARACTERS = 60_000
_SPACES = frozenset((0, 32, 9, 10, 13, 0xA0, 0x3000, 0x202F, 0x2009))
# A space that PDFium guessed from the distance of two letters.
_GUESSED = "\x01"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\u0002"


_Box = tuple[float, float, float, float]


@dataclass(slots=True)
class _Glyph:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    turn: int
    index: int


def pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """The pages of `document`, in order, one open at a time."""
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            yield Page(index + 1, 595, 842)
            continue
        try:
            yield _page(page, index + 1)
        finally:
            page.close()


def _page(page: pdfium.PdfPage, number: int) -> Page:
    width, height = page.get_size()
    answer = Page(number, width, height)
    text = page.get_textpage()
    try:
        glyphs, turn = _upright(_glyphs(page, text.raw), width, height)
        if turn % 2:
            answer.width, answer.height = height, width
        visibility.keep_visible(page, text.raw, answer, _words(glyphs), upright=not turn)
    finally:
        text.close()
    return answer


def _glyphs(page: pdfium.PdfPage, text: raw.FPDF_TEXTPAGE) -> Iterator[_Glyph]:
    count = min(raw.FPDFText_CountChars(text), _MOST_CHARACTERS)
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation() // 90
    doubles = [ctypes.c_double() for _ in range(4)]
    x0, x1, y0, y1 = doubles
    loose = raw.FS_RECTF()
    origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsGenerated(text, index) == 1:
            yield _Glyph(_GUESSED, 0, 0, 0, 0, 0, 0, 0, index)
            continue
        if code in _SPACES:
            yield _Glyph(" ", 0, 0, 0, 0, 0, 0, 0, index)
            continue
        letter = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not letter or letter in _UNSEEN:
            continue
        if not raw.FPDFText_GetCharBox(text, index, x0, x1, y0, y1):
            continue
        raw.FPDFText_GetCharOrigin(text, index, origin_x, origin_y)
        box = (x0.value, y0.value, x1.value, y1.value)
        size = 0.0
        if raw.FPDFText_GetLooseCharBox(text, index, loose):
            height, wide = loose.top - loose.bottom, loose.right - loose.left
            box = (loose.left, y0.value, loose.right, y1.value) if wide > 0 else box
            size = height
        angle = raw.FPDFText_GetCharAngle(text, index)
        quarter = round(angle / (math.pi / 2)) % 4 if angle >= 0 else 0
        slanted = angle >= 0 and abs(angle / (math.pi / 2) - round(angle / (math.pi / 2))) > 0.1
        if quarter % 2 and loose.right > loose.left:
            size = loose.right - loose.left
            box = (x0.value, loose.bottom, x1.value, loose.top)
        if slanted:
            continue
        space = (left, bottom, right, top)
        corners = _turned(box, rotation, space)
        base = _turned((origin_x.value, origin_y.value, origin_x.value, origin_y.value), rotation, space)
        turn = (rotation - quarter) % 4
        yield _Glyph(letter, *corners, base[1] if turn % 2 == 0 else base[0], size, turn, index)


def _turned(box: _Box, rotation: int, space: _Box) -> _Box:
    """A box of the page's own space as it is shown: origin top left of the crop box, after the rotation."""
    left, bottom, right, top = space
    x0, y0, x1, y1 = box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom
    width, height = right - left, top - bottom
    if rotation == 1:
        return y0, x0, y1, x1
    if rotation == 2:
        return width - x1, y0, width - x0, y1
    if rotation == 3:
        return height - y1, width - x1, height - y0, width - x0
    return x0, height - y1, x1, height - y0


def _upright(glyphs: Iterator[_Glyph], width: float, height: float) -> tuple[list[_Glyph], int]:
    """The glyphs of the direction in which most of the page is written, turned upright."""
    found = list(glyphs)
    turns = Counter(glyph.turn for glyph in found if not _is_space(glyph))
    turn = turns.most_common(1)[0][0] if turns else 0
    kept = [glyph for glyph in found if _is_space(glyph) or glyph.turn == turn]
    if turn:
        for glyph in kept:
            x0, y0, x1, y1 = glyph.x0, glyph.y0, glyph.x1, glyph.y1
            if turn == 1:
                glyph.x0, glyph.y0, glyph.x1, glyph.y1 = y0, width - x1, y1, width - x0
                glyph.base = width - glyph.base
            elif turn == 2:
                glyph.x0, glyph.y0, glyph.x1, glyph.y1 = width - x1, height - y1, width - x0, height - y0
                glyph.base = height - glyph.base
            else:
                glyph.x0, glyph.y0, glyph.x1, glyph.y1 = height - y1, x0, height - y0, x1
    return kept, turn


def _is_space(glyph: _Glyph) -> bool:
    return glyph.text in (" ", _GUESSED)


def _words(glyphs: list[_Glyph]) -> list[tuple[Word, int]]:
    """Runs of glyphs, each with the index of its first character."""
    words: list[tuple[Word, int]] = []
    run: list[_Glyph] = []
    space = ""
    for glyph in glyphs:
        if _is_space(glyph):
            space = " " if " " in (space, glyph.text) else _GUESSED
            continue
        if run and (space == " " or not _joins(run[-1], glyph) or (space and not _kerned(run[-1], glyph))):
            words.append(_word(run))
            run = []
        run.append(glyph)
        space = ""
    if run:
        words.append(_word(run))
    return words


def _kerned(last: _Glyph, glyph: _Glyph) -> bool:
    """Whether a guessed space is only loose setting inside a word."""
    return (
        glyph.text.islower()
        and last.text.isalpha()
        and glyph.x0 - last.x1 < 0.15 * max(last.size, glyph.size)
    )


def _joins(last: _Glyph, glyph: _Glyph) -> bool:
    size = max(last.size, glyph.size, 1.0)
    if glyph.x0 == last.x0 and glyph.x1 == last.x1 and glyph.base == last.base:
        return True  # two letters of one ligature share its box
    return abs(glyph.base - last.base) < 0.3 * size and -0.25 * size < glyph.x0 - last.x1 < 0.22 * size


def _word(run: list[_Glyph]) -> tuple[Word, int]:
    size = max(glyph.size for glyph in run) or max(glyph.y1 - glyph.y0 for glyph in run)
    word = Word(
        "".join(glyph.text for glyph in run),
        min(glyph.x0 for glyph in run),
        min(glyph.y0 for glyph in run),
        max(glyph.x1 for glyph in run),
        max(glyph.y1 for glyph in run),
        run[0].base,
        size,
    )
    return word, run[0].index
