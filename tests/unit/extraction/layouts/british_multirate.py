"""A British invoice: two VAT rates, a line's discount in percent, carriage, a ship-to address."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, english


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(40, 40, "Thames Office Supplies Ltd", 15)
    sheet.lines(
        40,
        56,
        [
            "Unit 7, Albion Trading Estate, London SE8 5QR",
            "VAT Reg No: GB 123 4567 82",
            "Company No. 04567891",
        ],
        size=8,
    )
    sheet.lines(40, 110, ["Invoice To:", "Camden Design Studio", "22 Parkway", "London NW1 7AH"])
    sheet.lines(
        230, 110, ["Deliver To:", "Camden Design Studio", "Goods Inwards, Rear Yard", "London NW1 7AH"]
    )
    y = 110
    for label, value in (
        ("Invoice No:", "INV-30917"),
        ("Invoice Date / Tax Point:", "3 May 2024"),
        ("Account No:", "CAM001"),
        ("Order Ref:", "SO-99120"),
        ("Your Order No:", "CDS/145"),
        ("Page:", "1 of 1"),
    ):
        sheet.text(410, y, label, 8)
        sheet.text(520, y, value, 8)
        y += 12
    for x, title in (
        (40, "Code"),
        (100, "Description"),
        (310, "Qty"),
        (350, "Unit Price"),
        (410, "Disc %"),
        (450, "VAT %"),
        (500, "Net Amount"),
    ):
        sheet.text(x, 220, title, 8)
    lines = [
        (
            "P-A4-80",
            "Copier paper A4 80gsm (box)",
            10,
            Decimal("18.99"),
            10,
            20,
            Decimal("170.91"),
            Decimal("18.99"),
        ),
        ("BK-118", "Architecture yearbook", 3, Decimal("24.00"), None, 0, Decimal("72.00"), None),
        ("PN-20", "Fineliner pens (12)", 5, Decimal("9.50"), None, 20, Decimal("47.50"), None),
    ]
    y = 238
    for code, name, quantity, price, percent, rate, amount, _ in lines:
        sheet.text(40, y, code)
        sheet.text(100, y, name)
        sheet.right(325, y, str(quantity))
        sheet.right(390, y, english(price))
        sheet.right(430, y, f"{percent}.00" if percent else "")
        sheet.right(470, y, f"{rate}.00")
        sheet.right(555, y, english(amount))
        y += 15
    sheet.text(40, 420, "VAT Analysis", 8)
    sheet.text(40, 434, "Rate", 8)
    sheet.text(100, 434, "Goods", 8)
    sheet.text(170, 434, "VAT", 8)
    for number, (shown, goods, vat) in enumerate(
        (("20.00%", Decimal("230.91"), Decimal("46.18")), ("0.00%", Decimal("72.00"), Decimal("0.00")))
    ):
        sheet.text(40, 448 + 12 * number, shown, 8)
        sheet.right(130, 448 + 12 * number, english(goods), 8)
        sheet.right(190, 448 + 12 * number, english(vat), 8)
    y = 420
    for label, figure in (
        ("Goods Total", Decimal("290.41")),
        ("Carriage", Decimal("12.50")),
        ("Total Net", Decimal("302.91")),
        ("VAT", Decimal("46.18")),
        ("Invoice Total", Decimal("349.09")),
    ):
        sheet.text(420, y, label)
        sheet.right(555, y, "£" + english(figure))
        y += 14
    sheet.text(40, 520, "Payment due by 2 June 2024. Bank: Barclays, Sort Code 20-45-45, Account 12345678", 8)
    return sheet.pdf(), {
        "language": "English",
        "document_type": "invoice",
        "vendor_name": "Thames Office Supplies Ltd",
        "vendor_tax_id": "GB123456782",
        "buyer_name": "Camden Design Studio",
        "invoice_number": "INV-30917",
        "invoice_date": "2024-05-03",
        "due_date": "2024-06-02",
        "po_number": "CDS/145",
        "currency": "GBP",
        "subtotal": Decimal("290.41"),
        "shipping_amt": Decimal("12.50"),
        "charges_amt": Decimal("12.50"),
        "taxable_amt": Decimal("302.91"),
        "tax_amt": Decimal("46.18"),
        "total_amt": Decimal("349.09"),
        "taxes": [
            {
                "type": "VAT",
                "rate": Decimal(20),
                "taxable_amt": Decimal("230.91"),
                "amount": Decimal("46.18"),
            },
            {"type": "VAT", "rate": Decimal(0), "taxable_amt": Decimal("72.00"), "amount": Decimal("0.00")},
        ],
        "items": [
            {
                "description": name,
                "quantity": Decimal(quantity),
                "unit_price": price,
                "discount": None,
                "tax_rate": Decimal(rate),
                "amount": amount,
            }
            for code, name, quantity, price, percent, rate, amount, _dd in lines
        ],
    }
