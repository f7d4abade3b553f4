"""Finds the e-invoice among a PDF's attachments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from common.extraction.document import Attachment
from common.extraction.einvoice import cii, ubl
from common.extraction.einvoice.invoice import EInvoice
from common.extraction.einvoice.tree import parse

_NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml", "zugferd_2p1.xml", "order-x.xml")
"""Names that the standards give the file, the newer ones first."""


def find(attachments: Iterable[Attachment]) -> tuple[EInvoice | None, tuple[str, ...]]:
    """The e-invoice among `attachments`, and the names of those that claim to be one and can't be read.

    Of several, the one in the newer standard counts: some PDFs carry ZUGFeRD 1 and 2 side by side.
    """
    found: list[EInvoice] = []
    broken: list[str] = []
    for attachment in _in_order(attachments):
        try:
            root = parse(attachment.data)
            reading = cii.read if root.name in cii.ROOTS else ubl.read if root.name in ubl.ROOTS else None
            if reading is not None:
                found.append(reading(root, attachment.name))
        except ValueError:
            if attachment.name.lower() in _NAMES:
                broken.append(attachment.name)
    found.sort(key=lambda each: not each.whole)
    return (found[0] if found else None), tuple(broken)


def _in_order(attachments: Iterable[Attachment]) -> Iterator[Attachment]:
    def rank(attachment: Attachment) -> int:
        name = attachment.name.lower()
        # ZUGFeRD 1.0 is told from 2.0 by the capitals of its file's name alone.
        if attachment.name == "ZUGFeRD-invoice.xml":
            return len(_NAMES)
        return _NAMES.index(name) if name in _NAMES else len(_NAMES) + 1

    yield from sorted(attachments, key=rank)
