"""A British credit note: amounts in brackets, the original invoice's number beside its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, english


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(40, 40, "Harbour Textiles Limited", 14)
    sheet.lines(40, 58, ["4 Quay Street, Bristol BS1 4RW", "VAT No. GB 980 7806 84"])
    sheet.text(400, 40, "CREDIT NOTE", 16)
    for number, (label, value) in enumerate(
        (
            ("Credit Note No", "CN-00291"),
            ("Date", "21/06/2024"),
            ("Original Invoice", "INV-20988"),
            ("Customer", "LAU004"),
        )
    ):
        sheet.text(400, 60 + 12 * number, label + ":")
        sheet.text(490, 60 + 12 * number, value)
    sheet.lines(40, 120, ["To:", "Laura's Boutique", "9 High Street", "Bath BA1 5AQ"])
    for x, title in ((40, "Description"), (320, "Quantity"), (400, "Price"), (500, "Total")):
        sheet.text(x, 200, title)
    lines = [
        ("Linen tablecloth returned, damaged", Decimal("-3"), Decimal("24.50"), Decimal("-73.50")),
        ("Carriage allowance", Decimal("-1"), Decimal("6.00"), Decimal("-6.00")),
    ]
    y = 216
    for name, quantity, price, amount in lines:
        sheet.text(40, y, name)
        sheet.right(350, y, str(quantity))
        sheet.right(430, y, english(price))
        sheet.right(540, y, "(" + english(-amount) + ")")
        y += 14
    for label, figure in (
        ("Net Total", Decimal("-79.50")),
        ("VAT @ 20%", Decimal("-15.90")),
        ("Total Credit", Decimal("-95.40")),
    ):
        y += 14
        sheet.text(420, y, label)
        sheet.right(540, y, "(" + english(-figure) + ")")
    sheet.text(40, 400, "All amounts in GBP.")
    return sheet.pdf(), {
        "language": "English",
        "document_type": "credit_note",
        "vendor_name": "Harbour Textiles Limited",
        "vendor_tax_id": "GB980780684",
        "buyer_name": "Laura's Boutique",
        "invoice_number": "CN-00291",
        "invoice_date": "2024-06-21",
        "currency": "GBP",
        "subtotal": Decimal("-79.50"),
        "taxable_amt": Decimal("-79.50"),
        "tax_amt": Decimal("-15.90"),
        "total_amt": Decimal("-95.40"),
        "items": [
            {"description": name, "quantity": quantity, "unit_price": price, "amount": amount}
            for name, quantity, price, amount in lines
        ],
    }
