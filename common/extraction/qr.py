"""QR codes on a page. Runs in the reading process only."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pypdfium2.raw as pdfium

from common.extraction.pdfium import Frame
from common.extraction.picture import draw

_SCALE = 200 / 72
"""200 dpi: a code printed one inch wide decodes from it."""
_FINE = 300 / 72
_PATHS = 60
"""A code that is drawn has at least so many squares, in as many objects or in one."""
_LONGEST = 8000
_MODULES = 21
_DEPTH = 4


def codes(page: pdfium.FPDF_PAGE, frame: Frame, *, fine: bool) -> tuple[str, ...]:
    """The texts of the QR codes that a page shows; `fine` looks twice, for small print."""
    if not _has_code_shape(page):
        return ()
    import zxingcpp

    for scale in (_SCALE, _FINE) if fine else (_SCALE,):
        picture = draw(page, frame, scale)
        image = memoryview(picture.data).cast("B", shape=[picture.height, picture.stride])
        found = zxingcpp.read_barcodes(
            image,
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            try_rotate=False,
            try_invert=False,
        )
        texts = tuple(dict.fromkeys(each.text[:_LONGEST] for each in found if each.valid and each.text))
        if texts:
            return texts
    return ()


def _has_code_shape(page: pdfium.FPDF_PAGE) -> bool:
    """Whether a page has a picture that could hold a code, or as many filled shapes as a code takes."""
    return _shapes(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0) >= _PATHS


def _shapes(holder: object, count: Callable[..., int], get: Callable[..., object], depth: int) -> int:
    total = 0
    for number in range(count(holder)):
        thing = get(holder, number)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            total += _PATHS if _is_roughly_square(thing) else 0
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            total += _squares(thing)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            total += _shapes(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)
        if total >= _PATHS:
            return total
    return total


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
