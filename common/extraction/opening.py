"""Reads a PDF whole: the work of the reading process."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from common.errors import Unreadable
from common.extraction.document import Attachment, Document
from common.extraction.layout import compose
from common.extraction.limits import Limits
from common.extraction.page import Page
from common.extraction.pdfium import frame, glyphs, open_document
from common.extraction.visibility import seen


def read(data: bytes, limits: Limits) -> Document:
    """Every page and attachment of a PDF; raises Unreadable."""
    document = open_document(data, limits.pages)
    try:
        pages = tuple(_page(document, index, limits) for index in range(pdfium.FPDF_GetPageCount(document)))
        return Document(pages, tuple(_attachments(document, limits)))
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: pdfium.FPDF_DOCUMENT, index: int, limits: Limits) -> Page:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        text, boxes = compose(())
        return Page(index + 1, 0.0, 0.0, text, boxes, readable=False)
    try:
        shown = frame(page)
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            sight = seen(page, shown, list(glyphs(text_page, shown, limits.characters)))
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        text, boxes = compose(sight.glyphs)
        return Page(
            index + 1, shown.width, shown.height, text, boxes, picture=sight.picture, hidden=tuple(sight.hidden)
        )
    finally:
        pdfium.FPDF_ClosePage(page)


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
