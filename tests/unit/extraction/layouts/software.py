"""An American online service billing a Polish customer: dates in words, tax on the buyer's side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet(612, 792)
    sheet.text(40, 40, "Invoice", 20)
    y = 60
    for label, value in (
        ("Invoice number", "A1B2C3D4-0007"),
        ("Date of issue", "September 9, 2024"),
        ("Date due", "September 9, 2024"),
    ):
        sheet.text(40, y, label)
        sheet.text(140, y, value)
        y += 13
    sheet.lines(
        40,
        120,
        [
            "Cloudline, Inc.",
            "548 Market St",
            "San Francisco, California 94104",
            "United States",
            "billing@cloudline.io",
        ],
    )
    sheet.lines(
        300, 120, ["Bill to", "Marta Kowalska", "Studio Nord", "ul. Prosta 51", "00-838 Warszawa", "Poland"]
    )
    sheet.text(40, 220, "$49.20 USD due September 9, 2024", 14)
    for x, title in ((40, "Description"), (360, "Qty"), (420, "Unit price"), (500, "Tax"), (540, "Amount")):
        sheet.text(x, 260, title, 8)
    sheet.text(40, 276, "Pro plan (per seat)")
    sheet.text(40, 288, "Sep 9 – Oct 9, 2024", 7)
    sheet.right(370, 276, "2")
    sheet.right(460, 276, "$20.00")
    sheet.right(520, 276, "23%")
    sheet.right(580, 276, "$40.00")
    y = 310
    for label, value in (
        ("Subtotal", "$40.00"),
        ("Total excluding tax", "$40.00"),
        ("VAT - Poland (23% on $40.00)", "$9.20"),
        ("Total", "$49.20"),
        ("Amount due", "$49.20 USD"),
    ):
        sheet.text(360, y, label)
        sheet.right(580, y, value)
        y += 14
    return sheet.pdf(), {
        "language": "English",
        "document_type": "invoice",
        "vendor_name": "Cloudline, Inc.",
        "buyer_name": "Studio Nord",
        "invoice_number": "A1B2C3D4-0007",
        "invoice_date": "2024-09-09",
        "due_date": "2024-09-09",
        "currency": "USD",
        "subtotal": Decimal("40"),
        "taxable_amt": Decimal("40"),
        "tax_amt": Decimal("9.20"),
        "total_amt": Decimal("49.20"),
        "amount_due": Decimal("49.20"),
        "taxes": [
            {"type": "VAT", "rate": Decimal(23), "taxable_amt": Decimal(40), "amount": Decimal("9.20")}
        ],
        "items": [
            {
                "description": "Pro plan (per seat)",
                "quantity": Decimal(2),
                "unit_price": Decimal(20),
                "tax_rate": Decimal(23),
                "amount": Decimal(40),
            }
        ],
    }
