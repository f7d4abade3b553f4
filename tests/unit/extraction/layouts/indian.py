"""An Indian tax invoice within one state: labels above values, CGST and SGST, a round-off, HSN sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, indian


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(200, 30, "TAX INVOICE", 13)
    sheet.text(40, 50, "Shree Ganesh Traders Private Limited", 12)
    sheet.lines(
        40,
        64,
        [
            "Plot 14, MIDC Industrial Area, Andheri East",
            "Mumbai, Maharashtra 400093",
            "GSTIN/UIN: 27AAPFU0939F1ZV",
            "State Name : Maharashtra, Code : 27",
        ],
    )
    sheet.lines(
        40,
        130,
        [
            "Buyer (Bill to)",
            "Konkan Hardware Stores",
            "Shop 3, Station Road, Ratnagiri",
            "GSTIN/UIN : 27AAACI1195H1ZM",
            "Place of Supply : Maharashtra",
        ],
    )
    sheet.lines(
        320, 50, ["Invoice No.", "SGT/24-25/0412", "Delivery Note", "DN-5521", "Buyer's Order No.", "PO/1187"]
    )
    sheet.lines(450, 50, ["Dated", "12-Aug-24", "Mode/Terms of Payment", "45 Days", "Dated", "9-Aug-24"])
    for x, t in (
        (40, "Sl"),
        (60, "Description of Goods"),
        (230, "HSN/SAC"),
        (290, "GST Rate"),
        (345, "Quantity"),
        (410, "Rate"),
        (450, "per"),
        (520, "Amount"),
    ):
        sheet.text(x, 230, t)
    lines = [
        ("Brass ball valve 25 mm", "84818030", 18, 120, "pcs", Decimal("845.50"), Decimal("101460.00")),
        ("PVC pipe 6 m", "39172390", 18, 60, "pcs", Decimal("412.25"), Decimal("24735.00")),
    ]
    y = 250
    for row, (name, hsn, rate, quantity, unit, price, amount) in enumerate(lines):
        sheet.text(40, y, str(row + 1))
        sheet.text(60, y, name)
        sheet.text(230, y, hsn)
        sheet.text(300, y, f"{rate} %")
        sheet.right(385, y, f"{quantity} {unit}")
        sheet.right(440, y, indian(price))
        sheet.text(450, y, unit)
        sheet.right(560, y, indian(amount))
        y += 18
    net = Decimal("126195.00")
    half_tax = Decimal("11357.55")
    total = Decimal("148910.00")
    sheet.right(560, y + 10, indian(net))
    for label, figure in (("CGST @ 9%", half_tax), ("SGST @ 9%", half_tax), ("Round Off", Decimal("-0.10"))):
        y += 16
        sheet.text(220, y + 10, label)
        sheet.right(560, y + 10, indian(figure))
    y += 30
    sheet.text(60, y, "Total")
    sheet.right(385, y, "180 pcs")
    sheet.right(560, y, "Rs. " + indian(total))
    sheet.text(
        40, y + 20, "Amount Chargeable (in words): INR One Lakh Forty Eight Thousand Nine Hundred Ten Only"
    )
    y += 50
    for x, title in (
        (40, "HSN/SAC"),
        (140, "Taxable Value"),
        (240, "CGST Rate"),
        (300, "CGST Amount"),
        (390, "SGST Rate"),
        (450, "SGST Amount"),
    ):
        sheet.text(x, y, title)
    for code, amount, tax in (
        ("84818030", Decimal("101460.00"), Decimal("9131.40")),
        ("39172390", Decimal("24735.00"), Decimal("2226.15")),
    ):
        y += 14
        sheet.text(40, y, code)
        sheet.right(200, y, indian(amount))
        sheet.right(270, y, "9%")
        sheet.right(360, y, indian(tax))
        sheet.right(430, y, "9%")
        sheet.right(520, y, indian(tax))
    y += 14
    sheet.text(40, y, "Total")
    sheet.right(200, y, indian(net))
    sheet.right(360, y, indian(half_tax))
    sheet.right(520, y, indian(half_tax))
    sheet.text(40, 780, "Company's Bank Details: HDFC Bank A/c No. 50200012345678 IFSC HDFC0000123")
    sheet.text(400, 800, "for Shree Ganesh Traders Private Limited")
    return sheet.pdf(), {
        "language": "English",
        "document_type": "invoice",
        "vendor_name": "Shree Ganesh Traders Private Limited",
        "vendor_tax_id": "27AAPFU0939F1ZV",
        "buyer_name": "Konkan Hardware Stores",
        "buyer_tax_id": "27AAACI1195H1ZM",
        "invoice_number": "SGT/24-25/0412",
        "invoice_date": "2024-08-12",
        "po_number": "PO/1187",
        "payment_terms": "45 Days",
        "currency": "INR",
        "subtotal": net,
        "taxable_amt": net,
        "taxes": [
            {"type": "CGST", "rate": Decimal(9), "taxable_amt": net, "amount": half_tax},
            {"type": "SGST", "rate": Decimal(9), "taxable_amt": net, "amount": half_tax},
        ],
        "tax_amt": Decimal("22715.10"),
        "round_off": Decimal("-0.10"),
        "total_amt": total,
        "items": [
            {
                "description": name,
                "hsn_code": hsn,
                "quantity": Decimal(quantity),
                "unit": unit,
                "unit_price": price,
                "tax_rate": Decimal(rate),
                "amount": amount,
            }
            for name, hsn, rate, quantity, unit, price, amount in lines
        ],
    }
