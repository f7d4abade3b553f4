"""From pages to the values of an invoice."""

from __future__ import annotations

import re
from decimal import Decimal

from emulators.gemini.reader import (
    currency,
    header,
    headings,
    items,
    kind,
    layout,
    numbers,
    parties,
    sums,
    taxids,
    taxtable,
    terms,
    totals,
)
from emulators.gemini.reader.layout import Document
from emulators.gemini.reader.page import Page


def read(pages: list[Page]) -> tuple[dict[str, object], str]:
    """The values by the names of the fields, and the text that they were read from."""
    document = layout.document(pages)
    if not document.lines:
        return {}, ""
    style = numbers.style_of(line.text for line in document.lines)
    code = currency.of(document)
    heads = headings.heads(document, style)
    document.table = min((head.first for head in heads), default=len(document.lines))
    heading_lines = {number for head in heads for number in range(head.first, head.last + 1)}
    tabled = taxtable.tables(document, style, heading_lines)
    lines = items.read(document, heads, style, tabled.lines)
    if lines:
        document.items = range(min(document.table, lines[0].lines[0]), lines[-1].lines[0] + 1)
    found = parties.read(document)
    vendor_id, buyer_id = taxids.read(document, found)
    values: dict[str, object] = {
        "language": kind.language(document),
        "type": "computerized",
        "currency": code,
        "vendor_name": found.vendor.name,
        "vendor_tax_id": vendor_id,
        "vendor_address": found.vendor.full_address,
        "buyer_name": found.buyer.name,
        "buyer_tax_id": buyer_id,
        "buyer_address": found.buyer.full_address,
        "irn": _irn(document),
        "payment_terms": terms.read(document),
    }
    values.update(header.read(document, code))
    rows = _sums(document, style, tabled, lines)
    values.update(vars(totals.read(rows, document, _sum(lines))))
    _settle_items(lines, values)
    values["items"] = [one.values() for one in lines]
    values["document_type"] = kind.document_type(
        document, numbered=values["invoice_number"] is not None, total=values["total_amt"] is not None
    )
    if values["document_type"] == "other":
        values["invoice_number"] = None
    return values, document.text


def _sums(
    document: Document, style: numbers.Style, tabled: taxtable.Tables, lines: list[items.Item]
) -> list[sums.Sum]:
    """All named sums outside the items."""
    taken = {number for one in lines for number in one.lines}
    last = max(taken, default=-1)
    found = tabled.sums + sums.all_sums(document, style, taken, tabled.cells)
    return found + (totals.bare_subtotal(document, style, last, _sum(lines)) if taken else [])


def _settle_items(lines: list[items.Item], values: dict[str, object]) -> None:
    """What the items and the sums tell of each other."""
    nets = [one.net for one in lines if one.net is not None]
    if nets and len(nets) == len(lines) and sum(nets) == values["subtotal"] != _sum(lines):
        # Of a net and a gross sum a line, the net one is the line's (BT-131).
        for one in lines:
            one.amount = one.net
    taxes = values["taxes"]
    rates = {one.tax_rate for one in lines}
    if isinstance(taxes, list) and len(taxes) == 1 and taxes[0]["rate"] is None and len(rates) == 1:
        (rate,) = rates
        base, tax = values["taxable_amt"], taxes[0]["amount"]
        if rate is not None and isinstance(base, Decimal) and sums.fits(base, rate, tax):
            taxes[0].update(rate=rate, taxable_amt=base)


def _sum(lines: list[items.Item]) -> Decimal | None:
    """What the items add up to; None when one has no amount."""
    amounts = [one.amount for one in lines if one.amount is not None]
    return sum(amounts, Decimal(0)) if amounts and len(amounts) == len(lines) else None


def _irn(document: Document) -> str | None:
    """The Indian invoice reference number: 64 hexadecimal digits, maybe broken over two lines."""
    for index, line in enumerate(document.lines):
        if re.search(r"\birn\b", line.fold) or re.search(r"\b[0-9a-f]{32,64}\b", line.fold):
            joined = "".join(other.text for other in document.lines[index : index + 3])
            found = re.search(r"[0-9a-fA-F]{64}", re.sub(r"[\s:.-]", "", joined))
            if found:
                return found.group()
    return None
