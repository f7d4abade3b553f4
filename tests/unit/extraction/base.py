"""One ordinary invoice that tests of wrong values start from."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet

_ITEMS = [
    ("Steel brackets", "4", "250.00", "1,000.00"),
    ("Delivery boxes", "2", "100.00", "200.00"),
    ("Packing straps", "10", "7.35", "73.50"),
]
_TRUTH: dict[str, Any] = {
    "language": "English",
    "type": "computerized",
    "document_type": "invoice",
    "vendor_name": "Northwind Supplies Ltd",
    "vendor_tax_id": "GB980780684",
    "vendor_address": "12 Harbour Road, Bristol BS1 4RW",
    "buyer_name": "Contoso Retail Limited",
    "buyer_tax_id": "GB123456782",
    "invoice_number": "INV-30917",
    "invoice_date": "2024-03-05",
    "due_date": "2024-04-04",
    "payment_terms": "30 days net",
    "po_number": "PO-7781",
    "currency": "GBP",
    "subtotal": Decimal("1273.50"),
    "shipping_amt": Decimal("26.50"),
    "charges_amt": Decimal("26.50"),
    "taxable_amt": Decimal("1300.00"),
    "taxes": [
        {"type": "VAT", "rate": Decimal(20), "taxable_amt": Decimal("1300.00"), "amount": Decimal("260.00")}
    ],
    "tax_amt": Decimal("260.00"),
    "total_amt": Decimal("1560.00"),
    "prepaid_amt": Decimal("500.00"),
    "amount_due": Decimal("1060.00"),
    "items": [
        {
            "description": description,
            "quantity": Decimal(quantity),
            "unit_price": Decimal(price),
            "amount": Decimal(amount.replace(",", "")),
        }
        for description, quantity, price, amount in _ITEMS
    ],
}


def truth(**changes: object) -> dict[str, Any]:
    """The invoice's true values, with what a test changes."""
    return {**copy.deepcopy(_TRUTH), **changes}


def with_item(number: int, **changes: object) -> dict[str, Any]:
    """The true values with a changed line."""
    fields = truth()
    fields["items"][number].update(changes)
    return fields


def sheet() -> Sheet:
    """The invoice, drawn, to be added to."""
    page = Sheet()
    page.text(40, 40, "Northwind Supplies Ltd", 16)
    page.lines(
        40, 58, ["12 Harbour Road, Bristol BS1 4RW", "VAT Reg No: GB 980 7806 84", "Tel: 0117 496 0200"]
    )
    page.text(430, 40, "INVOICE", 16)
    page.pairs(
        350,
        70,
        [
            ("Invoice No:", "INV-30917"),
            ("Invoice Date:", "05/03/2024"),
            ("Due Date:", "04/04/2024"),
            ("Delivery Date:", "28/02/2024"),
            ("Customer No:", "C-20044"),
            ("Your Order No:", "PO-7781"),
        ],
    )
    page.lines(
        40,
        130,
        ["Bill To:", "Contoso Retail Limited", "9 High Street, Bath BA1 5AQ", "VAT No: GB 123 4567 82"],
    )
    page.table(230, [(40, "Description"), (-330, "Quantity"), (-430, "Unit Price"), (-540, "Amount")], _ITEMS)
    page.sums(
        400,
        320,
        [
            ("Subtotal", "1,273.50"),
            ("Carriage", "26.50"),
            ("Net Total", "1,300.00"),
            ("VAT 20%", "260.00"),
            ("Total", "£1,560.00"),
            ("Paid", "500.00"),
            ("Amount Due", "£1,060.00"),
        ],
    )
    page.text(40, 460, "Payment terms: 30 days net")
    return page
