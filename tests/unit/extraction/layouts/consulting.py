"""A Singapore consultant's invoice: no table, amounts behind descriptions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(300 - 60, 40, "KESTREL ADVISORY", 16)
    sheet.text(
        300 - 110,
        54,
        "Kestrel Advisory Pte. Ltd.  |  10 Anson Road #12-08, Singapore 079903  |  GST Reg No. 201912345K",
        7,
    )
    sheet.text(40, 100, "Tax Invoice", 14)
    sheet.text(40, 118, "Attn: Finance Department")
    sheet.lines(40, 130, ["Orchid Logistics Pte Ltd", "3 Changi South Lane", "Singapore 486118"])
    for number, (label, value) in enumerate(
        (
            ("Invoice #", "KA-2024-088"),
            ("Issue date", "1 Nov 2024"),
            ("Payment terms", "14 days"),
            ("Project", "OL/Restructuring"),
        )
    ):
        sheet.text(360, 118 + 13 * number, label)
        sheet.text(460, 118 + 13 * number, value)
    sheet.text(40, 220, "Professional services for October 2024")
    sheet.right(540, 220, "S$18,500.00")
    sheet.text(40, 236, "Travel expenses at cost")
    sheet.right(540, 236, "S$642.30")
    for number, (label, value) in enumerate(
        (("Amount before GST", "S$19,142.30"), ("9% GST", "S$1,722.81"), ("Amount payable", "S$20,865.11"))
    ):
        sheet.text(360, 264 + 14 * number, label)
        sheet.right(540, 264 + 14 * number, value)
    return sheet.pdf(), {
        "language": "English",
        "document_type": "invoice",
        "vendor_name": "Kestrel Advisory Pte. Ltd.",
        "vendor_tax_id": "201912345K",
        "buyer_name": "Orchid Logistics Pte Ltd",
        "invoice_number": "KA-2024-088",
        "invoice_date": "2024-11-01",
        "payment_terms": "14 days",
        "currency": "SGD",
        "taxable_amt": Decimal("19142.30"),
        "tax_amt": Decimal("1722.81"),
        "total_amt": Decimal("20865.11"),
        "items": [
            {"description": "Professional services for October 2024", "amount": Decimal("18500.00")},
            {"description": "Travel expenses at cost", "amount": Decimal("642.30")},
        ],
    }
