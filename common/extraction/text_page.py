"""The characters that a page draws, with their places and their ink. Runs in the reading process only."""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Iterator
from functools import partial
from itertools import groupby, repeat

import pypdfium2.raw as pdfium

from common.extraction.characters import Characters, Ink
from common.extraction.page import UNDECIPHERED, Box
from common.extraction.pdfium import Frame, called_bare

_RIGHT_ANGLE = 90
_INVISIBLE = 3
_CLIP = 7
_GUESSED = frozenset((0x20, 0x0A, 0x0D))
"""Of what characters PDFium adds some by itself."""
_AT_ONCE = 1024
"""Characters that PDFium is asked about together."""

_GET_UNICODE = called_bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_GET_TEXT_OBJECT = called_bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_GET_CHAR_BOX = called_bare(pdfium.FPDFText_GetCharBox, ctypes.c_int)
_GET_CHAR_ORIGIN = called_bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_GET_LOOSE_CHAR_BOX = called_bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_IS_GENERATED = called_bare(pdfium.FPDFText_IsGenerated, ctypes.c_int)
_GET_MATRIX = called_bare(pdfium.FPDFText_GetMatrix, ctypes.c_int)
_GET_FONT_SIZE = called_bare(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_GET_FILL_COLOUR = called_bare(pdfium.FPDFText_GetFillColor, ctypes.c_int)
_GET_RENDER_MODE = called_bare(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)


class _Room:
    """Where PDFium writes the measures of so many characters: each number has its place and its address."""

    def __init__(self, size: int) -> None:
        self._box = [(ctypes.c_double * size)() for _ in range(4)]
        """The left, right, bottom and top sides of the characters' boxes."""
        self._loose = (ctypes.c_float * (4 * size))()
        """Left, top, right and bottom of each character's loose box in turn."""
        self.sides = [
            [ctypes.byref(side, ctypes.sizeof(ctypes.c_double) * at) for at in range(size)]
            for side in self._box
        ]
        self.loose_boxes = [
            ctypes.byref(self._loose, 4 * ctypes.sizeof(ctypes.c_float) * at) for at in range(size)
        ]

    def measures(self, size: int) -> Iterator[list[float]]:
        """What was written of the first `size` characters: the box's sides, then the loose box's."""
        yield from (side[:size] for side in self._box)
        yield from (self._loose[side : 4 * size : 4] for side in range(4))


_run = partial(deque[object], maxlen=0)
"""Exhausts an iterator."""
_ROOM = _Room(_AT_ONCE)
_X, _Y = ctypes.c_double(), ctypes.c_double()
_ORIGIN = ctypes.byref(_X), ctypes.byref(_Y)
_COLOUR = [ctypes.c_uint() for _ in range(4)]
"""Red, green, blue and how opaque."""


def characters_of(text_page: pdfium.FPDF_TEXTPAGE, frame: Frame, limit: int) -> Characters:
    """The characters of a page in the order they were drawn, at most `limit`.

    Spaces that PDFium guesses from gaps are left out; gaps are judged by layout.
    """
    found = Characters()
    inks: dict[int, Ink] = {}
    count = min(pdfium.FPDFText_CountChars(text_page), limit)
    for first in range(0, count, _AT_ONCE):
        _read(text_page, range(first, min(first + _AT_ONCE, count)), frame, inks, found)
    return found


def _read(
    text_page: pdfium.FPDF_TEXTPAGE, numbers: range, frame: Frame, inks: dict[int, Ink], found: Characters
) -> None:
    """Adds characters by their numbers, at most as many as the room holds.

    PDFium is asked by `map` for all of them: a loop of Python's around each call takes longer than the call.
    """
    page = ctypes.c_void_p(ctypes.cast(text_page, ctypes.c_void_p).value)
    shown: list[int] = []
    already = len(found)
    for number, code in zip(numbers, map(_GET_UNICODE, repeat(page), numbers), strict=True):
        if code in _GUESSED and _IS_GENERATED(page, number) == 1:
            continue
        sign = chr(code) if 0x20 < code < 0x7F else _sign(code)
        if sign:
            found.signs.append(sign)
            shown.append(number)
    _run(map(_GET_CHAR_BOX, repeat(page), shown, *_ROOM.sides))
    _run(map(_GET_LOOSE_CHAR_BOX, repeat(page), shown, _ROOM.loose_boxes))
    left, right, bottom, top, near, high, far, low = _ROOM.measures(len(shown))
    # As of text that runs from left to right on a page that is not turned, which nearly all is.
    for column, xs in ((found.left, left), (found.right, right), (found.start, near), (found.end, far)):
        column.extend([x - frame.left for x in xs] if frame.left else xs)
    for column, ys in ((found.top, top), (found.bottom, bottom)):
        column.extend([frame.top - y for y in ys])
    first = 0
    for address, alike in groupby(map(_GET_TEXT_OBJECT, repeat(page), shown)):
        behind = first + len(list(alike))
        handle = address or 0
        if handle not in inks:
            inks[handle] = _ink(page, shown[first], handle, frame)
        ink = inks[handle]
        found.base.extend(_baselines(page, shown[first:behind], low[first:behind], frame.top))
        if frame.turns or ink.turn:
            for at in range(first, behind):
                box = frame.box(left[at], bottom[at], right[at], top[at])
                loose = frame.box(near[at], low[at], far[at], high[at])
                _GET_CHAR_ORIGIN(page, shown[at], *_ORIGIN)
                found.put(already + at, box, *_along(frame, ink, loose, _X.value, _Y.value))
        found.stretch(already + behind, ink)
        first = behind


def _baselines(page: ctypes.c_void_p, shown: list[int], low: list[float], page_top: float) -> list[float]:
    """The baselines of characters of one text object: those of one height stand on the same."""
    if low.count(low[0]) == len(low):
        _GET_CHAR_ORIGIN(page, shown[0], *_ORIGIN)
        return [page_top - _Y.value] * len(low)
    bases: list[float] = []
    first = 0
    for _, alike in groupby(low):
        _GET_CHAR_ORIGIN(page, shown[first], *_ORIGIN)
        size = len(list(alike))
        bases += [page_top - _Y.value] * size
        first += size
    return bases


def _sign(code: int) -> str:
    """The character of a code; one that stands for nothing is told as such, one of no width gives nothing."""
    if code in (0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x2007, 0x202F, 0x2009, 0x3000):
        return " "
    if code in (0xAD, 0x02, 0xFFFE):
        return "-"
    if code < 0x20 or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or 0xE000 <= code <= 0xF8FF:
        return UNDECIPHERED
    if code in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF):
        return ""
    if 0xFB00 <= code <= 0xFB06:
        return ("ff", "fi", "fl", "ffi", "ffl", "st", "st")[code - 0xFB00]
    return chr(code)


def _ink(page: ctypes.c_void_p, number: int, address: int, frame: Frame) -> Ink:
    """The ink of a text object, by the number of one of its characters."""
    matrix = pdfium.FS_MATRIX()
    _GET_MATRIX(page, number, ctypes.byref(matrix))
    size = _GET_FONT_SIZE(page, number) * math.hypot(matrix.c, matrix.d)
    # The page's y axis points up; the shown page's down.
    turn = round(math.degrees(math.atan2(-matrix.b, matrix.a))) + frame.turns * _RIGHT_ANGLE
    near = round(turn / _RIGHT_ANGLE) * _RIGHT_ANGLE
    if abs(turn - near) <= 1:
        turn = near
    mode = _GET_RENDER_MODE(ctypes.c_void_p(address)) if address else 0
    painted = _GET_FILL_COLOUR(page, number, *map(ctypes.byref, _COLOUR))
    without = mode in (_INVISIBLE, _CLIP) or bool(painted and _COLOUR[-1].value == 0)
    return Ink(abs(size), turn % 360, without, address)


def _along(frame: Frame, ink: Ink, box: Box, x: float, y: float) -> tuple[float, float, float]:
    """Where a character with this loose box starts and ends along its line, and where its baseline is."""
    at_x, at_y = frame.point(x, y)
    match ink.turn:
        case 0:
            return box.x0, box.x1, at_y
        case 90:
            return box.y0, box.y1, -at_x
        case 180:
            return -box.x1, -box.x0, -at_y
        case 270:
            return -box.y1, -box.y0, at_x
    angle = math.radians(ink.turn)
    start = at_x * math.cos(angle) + at_y * math.sin(angle)
    return start, start + ink.size * 0.5, -at_x * math.sin(angle) + at_y * math.cos(angle)
