"""What the reading process hands over: pages and attachments, in a form that can't carry code."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass

from common.extraction.page import Hidden, Page


@dataclass(frozen=True)
class Attachment:
    """A file embedded in the PDF."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Document:
    """A PDF that was read: all of its pages and the attachments that look like e-invoices."""

    pages: tuple[Page, ...]
    attachments: tuple[Attachment, ...]


def encode(document: Document) -> tuple[bytes, bytes]:
    """The document as a JSON head and a body of raw bytes."""
    body = bytearray()
    pages = []
    for page in document.pages:
        body += page.boxes.tobytes()
        pages.append(
            [
                page.number,
                page.width,
                page.height,
                page.text,
                page.source,
                page.picture,
                page.readable,
                page.turn,
                [list(hidden) for hidden in page.hidden],
                list(page.qr),
            ]
        )
    attachments = []
    for attachment in document.attachments:
        body += attachment.data
        attachments.append([attachment.name, len(attachment.data)])
    head = json.dumps({"pages": pages, "attachments": attachments}).encode()
    return head, bytes(body)


def decode(head: bytes, body: bytes) -> Document:
    """The document behind `encode`; raises ValueError for anything that does not fit together."""
    try:
        fields = json.loads(head)
        view = memoryview(body)
        at = 0
        pages = []
        for number, width, height, text, source, picture, readable, turn, hidden, qr in fields["pages"]:
            boxes: array[float] = array("f")
            size = len(text) * 4 * boxes.itemsize
            boxes.frombytes(view[at : at + size])
            if len(boxes) != len(text) * 4:
                raise ValueError("boxes are missing")
            at += size
            pages.append(
                Page(
                    int(number),
                    float(width),
                    float(height),
                    str(text),
                    boxes,
                    str(source),
                    bool(picture),
                    bool(readable),
                    int(turn) % 4,
                    tuple(Hidden(str(each), str(why)) for each, why in hidden),
                    tuple(str(each) for each in qr),
                )
            )
        attachments = []
        for name, size in fields["attachments"]:
            attachments.append(Attachment(str(name), bytes(view[at : at + int(size)])))
            at += int(size)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError("not a document") from fault
    return Document(tuple(pages), tuple(attachments))
