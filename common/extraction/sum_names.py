"""What the sums of a document are called, and how a place is told in a sentence."""

from __future__ import annotations

from typing import NamedTuple

from common.extraction.place import Place


class Meaning(NamedTuple):
    """The labels that mean a field, those that can stand in for them, and its name for a person."""

    own: frozenset[str]
    near: frozenset[str]
    name: str


def _meaning(own: str, near: str, name: str) -> Meaning:
    return Meaning(frozenset(own.split()), frozenset(near.split()), name)


MEANINGS: dict[str, Meaning] = {
    "subtotal": _meaning("subtotal", "taxable", "subtotal"),
    "discount_amt": _meaning("discount", "", "discount"),
    "shipping_amt": _meaning("shipping", "charges", "shipping cost"),
    "charges_amt": _meaning("charges shipping", "", "charge"),
    "taxable_amt": _meaning("taxable", "subtotal", "net total"),
    "tax_amt": _meaning("tax", "", "total of tax"),
    "round_off": _meaning("round_off", "", "rounding"),
    "total_amt": _meaning("total", "due", "total"),
    "prepaid_amt": _meaning("prepaid", "", "amount already paid"),
    "amount_due": _meaning("due", "total", "amount due"),
}
UNSIGNED = frozenset({"discount_amt", "charges_amt", "shipping_amt", "prepaid_amt"})
"""Fields whose sign the page may print either way."""
SAID = {
    "subtotal": "a subtotal",
    "discount": "a discount",
    "shipping": "a shipping cost",
    "charges": "a charge",
    "taxable": "a net amount",
    "tax": "a tax",
    "tax_rate": "a tax rate",
    "round_off": "a rounding",
    "total": "a total",
    "due": "an amount due",
    "prepaid": "a payment",
    "other_amount": "another amount",
    "line_amount": "the amount of a line",
    "line_tax": "the tax of a line",
    "line_discount": "the discount of a line",
    "unit_price": "a unit price",
    "quantity": "a quantity",
    "position": "a line's number",
    "description": "a description",
    "article_number": "an article number",
    "hsn": "an HSN code",
    "unit": "a unit",
    "invoice_number": "an invoice number",
    "invoice_title": "the title",
    "title_invoice": "the title",
    "po_number": "a purchase order number",
    "order_number": "an order number",
    "customer_number": "a customer number",
    "delivery_note": "a delivery note's number",
    "reference": "another reference",
    "irn": "an IRN",
    "invoice_date": "the invoice date",
    "due_date": "the due date",
    "other_date": "another date",
    "tax_id": "a tax number",
    "bank": "bank details",
    "contact": "contact details",
    "vendor": "the seller",
    "buyer": "the buyer",
    "ship_to": "the ship-to address",
    "other_party": "another party",
}


def said(place: Place) -> str:
    """What a place says of the value that stands there, for a sentence."""
    for meaning in sorted(place.meanings):
        if meaning in SAID:
            return f"“{_short(place.text)}”, {SAID[meaning]}"
    return f"“{_short(place.text)}”"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:57] + "…"
