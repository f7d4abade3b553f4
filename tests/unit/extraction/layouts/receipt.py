"""An Irish receipt: prices with tax, no unit prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet(226, 500)
    sheet.text(113 - 40, 20, "CAFE AURORA", 12)
    sheet.lines(30, 36, ["21 King Street, Dublin 2", "VAT No IE6388047V", "Tel 01 555 0199"], size=8)
    sheet.text(30, 80, "Receipt No: 004417", 8)
    sheet.text(30, 92, "Date: 14/10/2024 13:42", 8)
    y = 112
    for name, amount in (("2 x Flat white", "7.60"), ("1 x Chicken wrap", "8.95"), ("1 x Brownie", "3.20")):
        sheet.text(30, y, name, 8)
        sheet.right(200, y, amount, 8)
        y += 11
    for label, amount in (
        ("Subtotal", "19.75"),
        ("VAT 13.5% incl.", "2.35"),
        ("TOTAL EUR", "19.75"),
        ("Card", "19.75"),
    ):
        y += 11
        sheet.text(30, y, label, 8)
        sheet.right(200, y, amount, 8)
    return sheet.pdf(), {
        "language": "English",
        "document_type": "receipt",
        "vendor_name": "CAFE AURORA",
        "vendor_tax_id": "IE6388047V",
        "invoice_number": "004417",
        "invoice_date": "2024-10-14",
        "currency": "EUR",
        "subtotal": Decimal("19.75"),
        "tax_amt": Decimal("2.35"),
        "total_amt": Decimal("19.75"),
        "items": [
            {"description": "Flat white", "quantity": Decimal(2), "amount": Decimal("7.60")},
            {"description": "Chicken wrap", "quantity": Decimal(1), "amount": Decimal("8.95")},
            {"description": "Brownie", "quantity": Decimal(1), "amount": Decimal("3.20")},
        ],
    }
