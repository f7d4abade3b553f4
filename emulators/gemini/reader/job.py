"""One job of the reading process."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from emulators.gemini.reader import invoice, scan, textlayer
from emulators.gemini.reader.page import Page

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
    """The pages of one document; without `scanning`, it stops at the first that is a picture."""
    mime_type, data = blob
    if mime_type != "application/pdf":
        yield scan.picture(data) if scanning else Page(1, 0, 0, pictured=True)
        return
    document = pdfium.PdfDocument(data)
    try:
        for index, page in enumerate(textlayer.pages(document)):
            yield scan.page(document[index], page) if page.pictured and scanning else page
            if page.pictured and not scanning:
                return
    finally:
        document.close()
