"""A Swiss invoice in German: apostrophes in amounts, sender line above the address window."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, swiss


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(400, 40, "Alpenglas AG", 13)
    sheet.lines(400, 56, ["Seestrasse 91", "8002 Zürich", "www.alpenglas.ch", "CHE-109.322.551 MWST"])
    sheet.text(40, 120, "Alpenglas AG, Seestrasse 91, 8002 Zürich", 6)
    sheet.lines(40, 132, ["Hotel Bellevue", "Frau Regula Meier", "Quai 4", "6300 Zug"], size=10)
    sheet.text(40, 230, "Rechnung Nr. 2024-1183", 13)
    sheet.text(400, 230, "Zürich, 17. April 2024")
    sheet.text(40, 248, "Kundennummer 50012   Auftrag vom 02.04.2024")
    for x, title in (
        (40, "Pos."),
        (70, "Bezeichnung"),
        (330, "Menge"),
        (400, "Einzelpreis"),
        (500, "Betrag CHF"),
    ):
        sheet.text(x, 280, title)
    lines = [
        ("Weinglas Modell Säntis", 240, Decimal("11.80"), Decimal("2832.00")),
        ("Karaffe 1 Liter", 24, Decimal("39.50"), Decimal("948.00")),
        ("Gravur Logo", 264, Decimal("1.25"), Decimal("330.00")),
    ]
    y = 298
    for row, (name, quantity, price, amount) in enumerate(lines):
        sheet.text(40, y, str(row + 1))
        sheet.text(70, y, name)
        sheet.right(360, y, str(quantity))
        sheet.right(450, y, swiss(price))
        sheet.right(550, y, swiss(amount))
        y += 15
    for label, figure in (
        ("Zwischensumme", Decimal("4110.00")),
        ("Versand und Verpackung", Decimal("85.00")),
        ("Total exkl. MwSt.", Decimal("4195.00")),
        ("MwSt. 8,1 %", Decimal("339.80")),
        ("Rundung", Decimal("0.00")),
        ("Total CHF", Decimal("4534.80")),
    ):
        y += 15
        sheet.text(330, y, label)
        sheet.right(550, y, swiss(figure))
    sheet.text(40, 560, "Zahlbar innert 30 Tagen, rein netto, bis 17.05.2024.")
    return sheet.pdf(), {
        "language": "German",
        "document_type": "invoice",
        "vendor_name": "Alpenglas AG",
        "vendor_tax_id": "CHE-109.322.551",
        "buyer_name": "Hotel Bellevue",
        "invoice_number": "2024-1183",
        "invoice_date": "2024-04-17",
        "due_date": "2024-05-17",
        "currency": "CHF",
        "subtotal": Decimal("4110.00"),
        "shipping_amt": Decimal("85.00"),
        "charges_amt": Decimal("85.00"),
        "taxable_amt": Decimal("4195.00"),
        "tax_amt": Decimal("339.80"),
        "total_amt": Decimal("4534.80"),
        "items": [
            {"description": name, "quantity": Decimal(quantity), "unit_price": price, "amount": amount}
            for name, quantity, price, amount in lines
        ],
    }
