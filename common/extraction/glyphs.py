"""The characters that a page draws, with their places and their ink. Runs in the reading process only."""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from typing import NamedTuple

import pypdfium2.raw as pdfium

from common.extraction.layout import Glyph
from common.extraction.page import Box
from common.extraction.pdfium import Frame, called_bare

_RIGHT_ANGLE = 90
_INVISIBLE = 3
_CLIP = 7
_REPLACEMENT = "\ufffd"
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


class Ink(NamedTuple):
    """What the characters of one text object have in common."""

    size: float
    """Type size on the page, in points."""
    turn: int
    without: bool
    """Whether it draws nothing: text laid over a picture for searching, or to deceive."""
    handle: int
    """Address of the text object, which tells its characters from others'."""


_NO_INK = Ink(0.0, 0, False, 0)


class _Inks:
    """The inks of a page's text objects, by their addresses, each found out once."""

    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE, frame: Frame) -> None:
        self._text_page = text_page
        self._frame = frame
        self._known: dict[int, tuple[int, Ink]] = {}

    def of(self, address: int, number: int) -> tuple[int, Ink]:
        """The text object's own number and its ink; `number` is that of one of its characters."""
        if address not in self._known:
            self._known[address] = len(self._known), _ink(self._text_page, number, address, self._frame)
        return self._known[address]


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


def glyphs(text_page: pdfium.FPDF_TEXTPAGE, frame: Frame, limit: int) -> list[tuple[Glyph, Ink]]:
    """The characters of a page in the order they were drawn, with the ink of their text object.

    Spaces that PDFium guesses from gaps are left out; gaps are judged by layout.
    """
    page = ctypes.c_void_p(ctypes.cast(text_page, ctypes.c_void_p).value)
    inks = _Inks(text_page, frame)
    count = min(pdfium.FPDFText_CountChars(text_page), limit)
    found: list[tuple[Glyph, Ink]] = []
    for first in range(0, count, _AT_ONCE):
        found += _measured(page, range(first, min(first + _AT_ONCE, count)), frame, inks)
    return found


def _measured(
    page: ctypes.c_void_p, numbers: range, frame: Frame, inks: _Inks
) -> Iterator[tuple[Glyph, Ink]]:
    """Some characters of a page by their numbers, at most as many as the room holds.

    PDFium is asked by `map` for all of them: a loop of Python's around each call takes longer than the call.
    """
    signs: list[str] = []
    shown: list[int] = []
    for number, code in zip(numbers, map(_GET_UNICODE, repeat(page), numbers), strict=True):
        if code in _GUESSED and _IS_GENERATED(page, number) == 1:
            continue
        sign = chr(code) if 0x20 < code < 0x7F else _sign(code)
        if sign:
            signs.append(sign)
            shown.append(number)
    _run(map(_GET_CHAR_BOX, repeat(page), shown, *_ROOM.sides))
    _run(map(_GET_LOOSE_CHAR_BOX, repeat(page), shown, _ROOM.loose_boxes))
    last, run, ink, straight = -1, 0, _NO_INK, False
    foot, base = math.nan, 0.0
    upright, page_left, page_top = frame.turns == 0, frame.left, frame.top
    new = tuple.__new__  # half the time of a call of the class
    for number, sign, address, left, right, bottom, top, near, high, far, low in zip(
        shown,
        signs,
        map(_GET_TEXT_OBJECT, repeat(page), shown),
        *_ROOM.measures(len(shown)),
        strict=True,
    ):
        if address != last:
            last, foot = address, math.nan
            run, ink = inks.of(address or 0, number)
            straight = upright and ink.turn == 0
        if straight:
            box = new(Box, (left - page_left, page_top - top, right - page_left, page_top - bottom))
            if low != foot:  # those of one height in a text object stand on one baseline
                _GET_CHAR_ORIGIN(page, number, *_ORIGIN)
                foot, base = low, page_top - _Y.value
            start, end = near - page_left, far - page_left
        else:
            box = frame.box(left, bottom, right, top)
            _GET_CHAR_ORIGIN(page, number, *_ORIGIN)
            start, end, base = _along(frame, ink, frame.box(near, low, far, high), _X.value, _Y.value)
        yield new(Glyph, (sign, box, start, end, base, ink.size, ink.turn, run)), ink


def _sign(code: int) -> str:
    """The character of a code; soft hyphens, controls and half pairs give nothing."""
    if code in (0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x2007, 0x202F, 0x2009, 0x3000):
        return " "
    if code in (0xAD, 0x02, 0xFFFE):
        return "-"
    if code == 0 or 0xD800 <= code <= 0xDFFF or 0xE000 <= code <= 0xF8FF:
        return _REPLACEMENT
    if code < 0x20 or 0x7F <= code <= 0x9F or code in (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF):
        return ""
    if 0xFB00 <= code <= 0xFB06:
        return ("ff", "fi", "fl", "ffi", "ffl", "st", "st")[code - 0xFB00]
    return chr(code)


def _ink(text_page: pdfium.FPDF_TEXTPAGE, index: int, address: int, frame: Frame) -> Ink:
    thing = pdfium.FPDFText_GetTextObject(text_page, index)
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
    # The page's y axis points up; the shown page's down.
    turn = round(math.degrees(math.atan2(-matrix.b, matrix.a))) + frame.turns * _RIGHT_ANGLE
    near = round(turn / _RIGHT_ANGLE) * _RIGHT_ANGLE
    if abs(turn - near) <= 1:
        turn = near
    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
    alpha = ctypes.c_uint(255)
    red, green, blue = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFText_GetFillColor(text_page, index, red, green, blue, alpha)
    without = mode in (_INVISIBLE, _CLIP) or alpha.value == 0
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
