"""Reads a PDF whole: the work of the reading process."""

from __future__ import annotations

import ctypes
import time
from array import array

import pypdfium2.raw as pdfium

from common.extraction.characters import Characters
from common.extraction.document import Attachment, Document
from common.extraction.layout import compose, direction
from common.extraction.limits import Limits
from common.extraction.page import Page, is_garbled
from common.extraction.page_objects import objects
from common.extraction.pdfium import Frame, frame, open_document
from common.extraction.qr import codes
from common.extraction.text_page import characters_of
from common.extraction.visibility import seen

_WRITTEN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_EARLY = 0.5
"""Share of the time within which QR codes are looked for and pictures recognised; text comes first."""
_FINE_PAGES = 3


def read(data: bytes, limits: Limits) -> Document:
    """Every page and attachment of a PDF; raises Unreadable."""
    document = open_document(data, limits.pages)
    started = time.monotonic()
    try:
        pages: list[Page] = []
        for index in range(pdfium.FPDF_GetPageCount(document)):
            early = time.monotonic() - started < limits.seconds * _EARLY
            recognised = sum(page.source == "ocr" for page in pages)
            recognise = limits.ocr and early and recognised < limits.ocr_pages
            pages.append(_page(document, index, limits, codes_too=early, recognise=recognise))
        return Document(tuple(pages), tuple(_attachments(document, limits)))
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(
    document: pdfium.FPDF_DOCUMENT, index: int, limits: Limits, *, codes_too: bool, recognise: bool
) -> Page:
    page = _loaded(document, index)
    if not page:
        text, boxes = compose(Characters())
        return Page(index + 1, 0.0, 0.0, text, boxes, readable=False)
    try:
        shown = frame(page)
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            characters = characters_of(text_page, shown, limits.characters)
            words = "".join(characters.signs).lower()
            fine = index < _FINE_PAGES and (not words or "gst" in words)
            things = objects(page, shown)
            found = codes(page, shown, things, fine=fine) if codes_too else ()
            sight = seen(page, shown, things, characters)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        text, boxes = compose(sight.characters)
        source = "text"
        if recognise and (not text or is_garbled(text)) and (sight.picture or text):
            recognised = _recognised(document, index, shown)
            # Where nothing was recognised, a text that nobody can read still tells that there is one.
            if recognised is not None and (recognised[0] or not text):
                (text, boxes), source = recognised, "ocr"
        return Page(
            index + 1,
            shown.width,
            shown.height,
            text,
            boxes,
            source,
            picture=sight.picture,
            turn=0 if source == "ocr" else direction(sight.characters),
            hidden=tuple(sight.hidden),
            qr=found,
        )
    finally:
        pdfium.FPDF_ClosePage(page)


def _recognised(document: pdfium.FPDF_DOCUMENT, index: int, shown: Frame) -> tuple[str, array[float]] | None:
    """The text that a page's picture shows, of the page as it was before its texts were switched off."""
    from common.extraction.ocr import text_of

    page = _loaded(document, index)
    try:
        return text_of(page, shown)
    finally:
        pdfium.FPDF_ClosePage(page)


def _loaded(document: pdfium.FPDF_DOCUMENT, index: int) -> pdfium.FPDF_PAGE:
    """A page with what is filled in and written on it made part of it, as a reader sees it."""
    page = pdfium.FPDF_LoadPage(document, index)
    if (
        page
        and _has_written(page)
        and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
    ):
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
    return page


def _has_written(page: pdfium.FPDF_PAGE) -> bool:
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), 2000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _WRITTEN:
            return True
    return False


def _attachments(document: pdfium.FPDF_DOCUMENT, limits: Limits) -> list[Attachment]:
    """Embedded files that end in .xml, within the limit of size."""
    found: list[Attachment] = []
    for index in range(min(pdfium.FPDFDoc_GetAttachmentCount(document), 100)):
        attachment = pdfium.FPDFDoc_GetAttachment(document, index)
        name = _name(attachment)
        size = ctypes.c_ulong()
        if not name.lower().endswith(".xml") or not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size):
            continue
        if not 0 < size.value <= limits.attachment_bytes:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        if pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size):
            found.append(Attachment(name, buffer.raw))
    return found


def _name(attachment: pdfium.FPDF_ATTACHMENT) -> str:
    length = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAttachment_GetName(attachment, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
