"""QR codes on a page. Runs in the reading process only."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from common.extraction.page import Box, union
from common.extraction.page_objects import Objects
from common.extraction.pdfium import Frame
from common.extraction.picture import Picture, draw

_SCALE = 200 / 72
"""200 dpi: a code printed one inch wide decodes from it."""
_FINE = (300 / 72, 250 / 72)
_SMALLEST, _LARGEST = 36.0, 220.0
"""Sides in points of a picture that is looked at for a code's pattern."""
_SAMPLED = 24
_TONES = bytes(ord("#" if level < 100 else "o" if level > 155 else ".") for level in range(256))
_PATHS = 60
"""A code that is drawn has at least so many squares, in as many objects or in one."""
_LONGEST = 8000
_MODULES = 21
_QUIET = 14.0
"""Points around a picture that are looked at with it: a code needs its quiet ground."""


def codes(page: pdfium.FPDF_PAGE, frame: Frame, things: Objects, *, fine: bool) -> tuple[str, ...]:
    """The texts of the QR codes that a page shows; `fine` looks again and closer where none is found.

    So it does of itself where a picture has the pattern of a code.
    """
    part = _place(things, frame)
    if part is None:
        return ()
    for scale in (_SCALE, *_FINE):
        picture = draw(page, frame, scale, part)
        texts = _read(picture)
        if texts:
            return texts
        if not fine and not any(_patterned(picture, image.box) for image in things.images):
            return ()
        fine = True
    return ()


def _place(things: Objects, frame: Frame) -> Box | None:
    """Where a code can be: around the pictures, or anywhere if enough squares are drawn; None for nowhere."""
    squares = 0
    for path in things.paths:
        squares += _squares(path)
        if squares >= _PATHS:
            return Box(0.0, 0.0, frame.width, frame.height)
    around = union([image.box for image in things.images if _is_roughly_square(image.thing)])
    if around is None:
        return None
    return Box(around.x0 - _QUIET, around.y0 - _QUIET, around.x1 + _QUIET, around.y1 + _QUIET)


def _read(picture: Picture) -> tuple[str, ...]:
    import zxingcpp

    found = zxingcpp.read_barcodes(
        memoryview(picture.data).cast("B", shape=[picture.height, picture.stride]),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_rotate=False,
        try_invert=False,
    )
    return tuple(dict.fromkeys(each.text[:_LONGEST] for each in found if each.valid and each.text))


def _patterned(picture: Picture, box: Box) -> bool:
    """Whether a small picture changes between black and white as often as a code's rows do."""
    short, long = sorted((box.x1 - box.x0, box.y1 - box.y0))
    if short < _SMALLEST or long > 1.3 * short or long > _LARGEST:
        return False
    rows = [picture.data[start:end] for start, end in picture.rows(box)]
    changes = sorted(_changes(row) for row in rows[:: max(1, len(rows) // _SAMPLED)])
    return changes[len(changes) // 2] >= _MODULES if changes else False


def _changes(row: bytes) -> int:
    """How often a row of grey changes from dark to light."""
    marks = row.translate(_TONES).replace(b".", b"")
    return marks.count(b"#o") + marks.count(b"o#")


def _is_roughly_square(image: object) -> bool:
    """Whether a picture can show a code: not a line, and no logo's strip."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(image, width, height)
    short, long = sorted((width.value, height.value))
    return short >= _MODULES and long <= 2.5 * short


def _squares(path: object) -> int:
    """How many of a code's squares a path can be: filled ones count, ruled lines don't."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or fill.value == pdfium.FPDF_FILLMODE_NONE:
        return 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top):
        return 0
    width, height = right.value - left.value, top.value - bottom.value
    segments = pdfium.FPDFPath_CountSegments(path)
    if segments > _MODULES * _MODULES:
        return _PATHS
    # A module of a code is a small square, a ruled line drawn as a rectangle is long and thin.
    return 1 if 0.3 < width < 20 and 0.3 < height < 20 else 0
