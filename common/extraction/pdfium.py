"""PDFium's side of reading: opens a PDF and gives each page's glyphs. Runs in the reading process only."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from common.errors import Unreadable
from common.extraction.layout import Glyph
from common.extraction.page import Box

_RIGHT_ANGLE = 90
_INVISIBLE = 3
_CLIP = 7
_REPLACEMENT = "\ufffd"
_GUESSED = frozenset((0x20, 0x0A, 0x0D))
"""Of what characters PDFium adds some by itself."""


def _called_bare(function: Any, result: Any) -> Any:
    """A function of PDFium without the names of its arguments' types, and without letting other threads run.

    ctypes looks at each argument of a function with named types, which takes longer than
    the function itself. Arguments must be instances of ctypes' own types, or small whole numbers.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_GET_UNICODE = _called_bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_GET_TEXT_OBJECT = _called_bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_GET_CHAR_BOX = _called_bare(pdfium.FPDFText_GetCharBox, ctypes.c_int)
_GET_CHAR_ORIGIN = _called_bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_GET_LOOSE_CHAR_BOX = _called_bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_IS_GENERATED = _called_bare(pdfium.FPDFText_IsGenerated, ctypes.c_int)
_MEASURES = struct.Struct("=6d4f")
"""The box and the origin as doubles, the loose box (FS_RECTF) as floats."""


class Frame(NamedTuple):
    """How the page's own space lies on the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int
    """Quarter turns clockwise."""

    @property
    def width(self) -> float:
        """Width as shown, in points."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height as shown, in points."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space on the page as shown."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the page's own space on the page as shown."""
        if self.turns == 0:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


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


def open_document(data: bytes, pages: int) -> pdfium.FPDF_DOCUMENT:
    """The document in `data`, which must outlive it; raises Unreadable with a short reason."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("not a PDF")
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        reason = pdfium.FPDF_GetLastError()
        if reason == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("PDF is encrypted and needs a password")
        if reason == pdfium.FPDF_ERR_SECURITY:
            raise Unreadable("PDF is encrypted in a way that can't be read")
        raise Unreadable("PDF is broken")
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise Unreadable("PDF has no pages")
    if count > pages:
        raise Unreadable(f"PDF has {count:,} pages, over the limit of {pages:,}")
    return document


def frame(page: pdfium.FPDF_PAGE) -> Frame:
    """Where the page's visible part lies in its own space, and how it is turned."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    return Frame(rect.left, rect.bottom, rect.right, rect.top, pdfium.FPDFPage_GetRotation(page) % 4)


def glyphs(text_page: pdfium.FPDF_TEXTPAGE, frame: Frame, limit: int) -> Iterator[tuple[Glyph, Ink]]:
    """The characters of a page in the order they were drawn, with the ink of their text object.

    Spaces that PDFium adds by itself come as spaces without ink.
    """
    drawn: dict[int, tuple[int, Ink]] = {}
    last, run, ink, straight = -1, 0, _NO_INK, False
    foot, base = math.nan, 0.0
    page = ctypes.c_void_p(ctypes.cast(text_page, ctypes.c_void_p).value)
    # With room of its own for every number that comes back, each would be an object of ctypes.
    room = ctypes.create_string_buffer(_MEASURES.size)
    box_room = [ctypes.byref(room, at) for at in (0, 8, 16, 24)]
    x_room, y_room, loose_room = (ctypes.byref(room, at) for at in (32, 40, 48))
    unpacked = _MEASURES.unpack_from
    upright = frame.turns == 0
    page_left, page_top = frame.left, frame.top
    new = tuple.__new__  # half the time of a call of the class
    for index in range(min(pdfium.FPDFText_CountChars(text_page), limit)):
        code = _GET_UNICODE(page, index)
        if code in _GUESSED and _IS_GENERATED(page, index) == 1:
            continue  # a space that PDFium guesses from a gap; gaps are judged by layout
        sign = chr(code) if 0x20 < code < 0x7F else _sign(code)
        if not sign:
            continue
        handle = _GET_TEXT_OBJECT(page, index) or 0
        if handle != last:
            if handle not in drawn:
                thing = pdfium.FPDFText_GetTextObject(text_page, index)
                drawn[handle] = len(drawn), _ink(text_page, index, thing, handle, frame)
            run, ink = drawn[handle]
            last, foot, straight = handle, math.nan, upright and ink.turn == 0
        _GET_CHAR_BOX(page, index, *box_room)
        _GET_LOOSE_CHAR_BOX(page, index, loose_room)
        left, right, bottom, top, _, _, loose_left, loose_top, loose_right, loose_bottom = unpacked(room)
        if straight:
            box = new(Box, (left - page_left, page_top - top, right - page_left, page_top - bottom))
            if loose_bottom != foot:  # those of one height in a text object stand on one baseline
                _GET_CHAR_ORIGIN(page, index, x_room, y_room)
                foot, base = loose_bottom, page_top - unpacked(room)[5]
            start, end = loose_left - page_left, loose_right - page_left
        else:
            box = frame.box(left, bottom, right, top)
            _GET_CHAR_ORIGIN(page, index, x_room, y_room)
            x, y = unpacked(room)[4:6]
            loose = frame.box(loose_left, loose_bottom, loose_right, loose_top)
            start, end, base = _along(frame, ink, loose, x, y)
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


def _ink(
    text_page: pdfium.FPDF_TEXTPAGE, index: int, thing: pdfium.FPDF_PAGEOBJECT, handle: int, frame: Frame
) -> Ink:
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
    return Ink(abs(size), turn % 360, without, handle)


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
