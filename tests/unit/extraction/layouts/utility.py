"""An American utility bill: previous balance and payment above the current charges."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet(612, 792)
    sheet.text(40, 40, "Riverton Water & Power", 14)
    sheet.lines(
        40,
        56,
        ["PO Box 1182, Riverton, WY 82501", "Customer Service: (307) 555-0188", "www.rivertonwp.com"],
        size=8,
    )
    for number, (label, value) in enumerate(
        (
            ("Account Number", "7781-2234-01"),
            ("Bill Number", "55092817"),
            ("Bill Date", "11/14/2024"),
            ("Due Date", "12/05/2024"),
        )
    ):
        sheet.text(380, 40 + 13 * number, label, 8)
        sheet.text(480, 40 + 13 * number, value, 8)
    sheet.lines(40, 120, ["JANE Q PUBLIC", "2217 ELM AVE", "RIVERTON WY 82501"])
    y = 190
    for label, value in (
        ("Previous Balance", "$142.18"),
        ("Payment Received 10/28 - Thank You", "-$142.18"),
        ("Balance Forward", "$0.00"),
        ("Electric Service 812 kWh", "$97.44"),
        ("Water Service 4,200 gal", "$31.85"),
        ("City Tax", "$6.46"),
        ("Current Charges", "$135.75"),
        ("TOTAL AMOUNT DUE", "$135.75"),
    ):
        sheet.text(60, y, label)
        sheet.right(420, y, value)
        y += 15
    return sheet.pdf(), {
        "language": "English",
        "document_type": "invoice",
        "vendor_name": "Riverton Water & Power",
        "buyer_name": "JANE Q PUBLIC",
        "invoice_number": "55092817",
        "invoice_date": "2024-11-14",
        "due_date": "2024-12-05",
        "currency": "USD",
        "tax_amt": Decimal("6.46"),
        "total_amt": Decimal("135.75"),
        "amount_due": Decimal("135.75"),
    }
