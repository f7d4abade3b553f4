"""An American invoice: a grid of labels above values, a discount, a payment, a balance due."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, english


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet(612, 792)
    sheet.text(40, 50, "INVOICE", 22)
    sheet.text(400, 50, "Blue Ridge Landscaping LLC", 11)
    sheet.lines(
        400,
        64,
        ["88 Mountain Road", "Asheville, NC 28801", "(828) 555-0134", "billing@blueridgelandscaping.com"],
    )
    sheet.text(40, 120, "BILL TO", 8)
    sheet.lines(40, 132, ["Harper & Sons Realty", "410 Main Street", "Charlotte, NC 28202"])
    for x, label, value in (
        (300, "INVOICE NUMBER", "10482"),
        (400, "INVOICE DATE", "04/03/2024"),
        (500, "DUE DATE", "05/03/2024"),
    ):
        sheet.text(x, 130, label, 7)
        sheet.text(x, 142, value, 10)
    sheet.text(300, 165, "TERMS", 7)
    sheet.text(300, 177, "Net 30", 10)
    sheet.text(400, 165, "P.O. NUMBER", 7)
    sheet.text(400, 177, "HS-2291", 10)
    for x, title in ((40, "DESCRIPTION"), (360, "QTY"), (420, "RATE"), (520, "AMOUNT")):
        sheet.text(x, 220, title, 8)
    lines = [
        ("Spring cleanup, four properties", 4, Decimal("325.00"), Decimal("1300.00")),
        ("Mulch delivered and spread (cu yd)", 18, Decimal("62.50"), Decimal("1125.00")),
        ("Irrigation start-up", 4, Decimal("95.00"), Decimal("380.00")),
    ]
    y = 240
    for name, quantity, price, amount in lines:
        sheet.text(40, y, name)
        sheet.right(380, y, str(quantity))
        sheet.right(450, y, english(price))
        sheet.right(570, y, english(amount))
        y += 16
    for label, figure in (
        ("SUBTOTAL", Decimal("2805.00")),
        ("DISCOUNT 5%", Decimal("-140.25")),
        ("SALES TAX 7%", Decimal("186.53")),
        ("TOTAL", Decimal("2851.28")),
        ("PAYMENTS", Decimal("-1000.00")),
        ("BALANCE DUE", Decimal("1851.28")),
    ):
        y += 16
        sheet.text(430, y, label, 8)
        sheet.right(570, y, "$" + english(figure) if figure > 0 else "-$" + english(-figure))
    sheet.text(
        40, 700, "Thank you for your business! Please make checks payable to Blue Ridge Landscaping LLC"
    )
    return sheet.pdf(), {
        "language": "English",
        "document_type": "invoice",
        "vendor_name": "Blue Ridge Landscaping LLC",
        "vendor_address": "88 Mountain Road, Asheville, NC 28801",
        "buyer_name": "Harper & Sons Realty",
        "invoice_number": "10482",
        "invoice_date": "2024-04-03",
        "due_date": "2024-05-03",
        "payment_terms": "Net 30",
        "po_number": "HS-2291",
        "currency": "USD",
        "subtotal": Decimal("2805.00"),
        "discount_amt": Decimal("140.25"),
        "tax_amt": Decimal("186.53"),
        "total_amt": Decimal("2851.28"),
        "prepaid_amt": Decimal("1000.00"),
        "amount_due": Decimal("1851.28"),
        "items": [
            {"description": name, "quantity": Decimal(quantity), "unit_price": price, "amount": amount}
            for name, quantity, price, amount in lines
        ],
    }
