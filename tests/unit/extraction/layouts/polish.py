"""A Polish invoice: net and gross columns, a row of sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, french


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(40, 40, "Faktura VAT nr FV/112/2024", 13)
    sheet.text(400, 40, "Data wystawienia: 2024-05-20")
    sheet.text(400, 54, "Data sprzedazy: 2024-05-18")
    sheet.text(400, 68, "Termin platnosci: 2024-06-03")
    sheet.lines(
        40, 90, ["Sprzedawca:", "Meble Wolski Sp. z o.o.", "ul. Lipowa 7, 30-702 Krakow", "NIP: PL5252344078"]
    )
    sheet.lines(
        320, 90, ["Nabywca:", "Biuro Projektowe Arka", "ul. Dluga 15, 31-147 Krakow", "NIP: PL6762484560"]
    )
    for x, title in (
        (40, "Lp."),
        (60, "Nazwa towaru"),
        (250, "Ilosc"),
        (290, "J.m."),
        (320, "Cena netto"),
        (390, "VAT"),
        (420, "Wartosc netto"),
        (500, "Wartosc brutto"),
    ):
        sheet.text(x, 170, title, 8)
    lines = [
        ("Biurko debowe", 3, Decimal("1150.00"), Decimal("3450.00"), Decimal("4243.50")),
        ("Krzeslo obrotowe", 6, Decimal("480.00"), Decimal("2880.00"), Decimal("3542.40")),
    ]
    y = 186
    for row, (name, quantity, price, amount, gross) in enumerate(lines):
        sheet.text(40, y, str(row + 1))
        sheet.text(60, y, name)
        sheet.right(270, y, str(quantity))
        sheet.text(290, y, "szt")
        sheet.right(370, y, french(price))
        sheet.right(410, y, "23%")
        sheet.right(480, y, french(amount))
        sheet.right(560, y, french(gross))
        y += 15
    sheet.text(330, y + 10, "Razem")
    sheet.right(480, y + 10, french(Decimal("6330.00")))
    sheet.right(560, y + 10, french(Decimal("7785.90")))
    sheet.text(330, y + 26, "w tym VAT 23%")
    sheet.right(560, y + 26, french(Decimal("1455.90")))
    sheet.text(330, y + 46, "Do zaplaty:", 11)
    sheet.right(560, y + 46, french(Decimal("7785.90")) + " PLN", 11)
    return sheet.pdf(), {
        "language": "Polish",
        "document_type": "invoice",
        "vendor_name": "Meble Wolski Sp. z o.o.",
        "vendor_tax_id": "PL5252344078",
        "buyer_name": "Biuro Projektowe Arka",
        "buyer_tax_id": "PL6762484560",
        "invoice_number": "FV/112/2024",
        "invoice_date": "2024-05-20",
        "due_date": "2024-06-03",
        "currency": "PLN",
        "taxable_amt": Decimal("6330.00"),
        "tax_amt": Decimal("1455.90"),
        "total_amt": Decimal("7785.90"),
        "amount_due": Decimal("7785.90"),
        "items": [
            {
                "description": name,
                "quantity": Decimal(quantity),
                "unit_price": price,
                "tax_rate": Decimal(23),
                "amount": amount,
            }
            for name, quantity, price, amount, gross in lines
        ],
    }
