"""From pages to the values of an invoice."""

from __future__ import annotations

from . import currency, header, layout, numbers, totals
from .page import Page


def read(pages: list[Page]) -> tuple[dict[str, object], str]:
    """The values by the names of the fields, and the text that they were read from."""
    document = layout.document(pages)
    style = numbers.style_of(line.text for line in document.lines)
    code = currency.of(document)
    values: dict[str, object] = {"currency": code}
    values.update(header.read(document, code))
    values.update(vars(totals.read(document, style, set(), None)))
    return values, document.text
