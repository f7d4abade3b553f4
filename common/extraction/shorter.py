"""A copy of a PDF with as many of its first pages as fit a size. Runs in the reading process only."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from common.errors import Unreadable
from common.extraction.limits import Limits
from common.extraction.pdfium import open_document

_WRITE_BLOCK = dict(pdfium.FPDF_FILEWRITE._fields_)["WriteBlock"]


def first_pages(data: bytes, limits: Limits, largest: int) -> tuple[bytes, int]:
    """The copy, of at most `largest` bytes, and how many pages it has; none where not one fits.

    What is no page, such as attachments, stays behind. Raises Unreadable.
    """
    document = open_document(data, limits.pages)
    try:
        count = pdfium.FPDF_GetPageCount(document)
        best, fits, over, tried = b"", 0, count + 1, count
        while fits < over - 1:
            copy = _copy(document, tried, largest)
            if copy is None:
                over = tried
            else:
                best, fits = copy, tried
            tried = (fits + over) // 2
        return best, fits
    finally:
        pdfium.FPDF_CloseDocument(document)


def _copy(document: pdfium.FPDF_DOCUMENT, pages: int, largest: int) -> bytes | None:
    made = pdfium.FPDF_CreateNewDocument()
    try:
        indices = (ctypes.c_int * pages)(*range(pages))
        if not pdfium.FPDF_ImportPagesByIndex(made, document, indices, pages, 0):
            raise Unreadable("PDF is broken: its pages can't be copied")
        return _saved(made, largest)
    finally:
        pdfium.FPDF_CloseDocument(made)


def _saved(document: pdfium.FPDF_DOCUMENT, largest: int) -> bytes | None:
    """The document's bytes; None as soon as they are more than `largest`."""
    content = bytearray()
    over = False

    def write(_: object, block: int, size: int) -> int:
        nonlocal over
        over = over or len(content) + size > largest
        if not over:
            content.extend(ctypes.string_at(block, size))
        return 0 if over else 1

    sink = pdfium.FPDF_FILEWRITE(version=1, WriteBlock=_WRITE_BLOCK(write))
    saved = pdfium.FPDF_SaveAsCopy(document, sink, pdfium.FPDF_NO_INCREMENTAL)
    # PDFium doesn't ask what became of its last block.
    return bytes(content) if saved and not over else None
