"""One job of the reading process."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from . import invoice, textlayer
from .page import Page

MOST_PAGES = 1_000
Blob = tuple[str, bytes]


def done(job: str, blobs: list[Blob], *, scanning: bool) -> dict[str, object]:
    """The answer: `pages` (0 for what is no document), and for "read" also `text` and `values`.

    `scanned` says that a page is a picture and that this process does not read pictures.
    """
    count = sum(_count(blob) for blob in blobs) if all(_count(blob) for blob in blobs) else 0
    if job == "count" or not 0 < count <= MOST_PAGES:
        return {"pages": count}
    pages = [page for blob in blobs for page in _pages(blob, scanning=scanning)]
    if not scanning and any(page.pictured for page in pages):
        return {"pages": count, "scanned": True}
    for number, page in enumerate(pages, 1):
        page.number = number
    values, text = invoice.read(pages)
    return {"pages": count, "text": text, "values": values}


def _count(blob: Blob) -> int:
    mime_type, data = blob
    if mime_type != "application/pdf":
        return 1
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def _pages(blob: Blob, *, scanning: bool) -> Iterator[Page]:
    mime_type, data = blob
    if mime_type != "application/pdf":
        page = Page(1, 0, 0, pictured=True)
        if scanning:
            from . import scan

            page = scan.picture(data)
        yield page
        return
    document = pdfium.PdfDocument(data)
    try:
        for index, page in enumerate(textlayer.pages(document)):
            if page.pictured and scanning:
                from . import scan

                page = scan.page(document[index], page)
            yield page
            if page.pictured and not scanning:
                return
    finally:
        document.close()
