"""PDFium's documents and the space of their pages. Runs in the reading process only."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from common.errors import Unreadable
from common.extraction.page import Box


def called_bare(function: Any, result: Any) -> Any:
    """A function of PDFium without the names of its arguments' types, and without letting other threads run.

    ctypes looks at each argument of a function with named types, which takes longer than
    the function itself. Arguments must be instances of ctypes' own types, or small whole numbers.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


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
