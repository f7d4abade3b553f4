"""A Dutch invoice: labels and values parted by colons."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, german


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(40, 40, "De Groene Tuin B.V.", 14)
    sheet.lines(
        420,
        40,
        ["Dorpsweg 12", "1234 AB Hilversum", "KvK 12345678", "BTW NL810433941B01", "IBAN NL50INGB0683251309"],
        size=8,
    )
    sheet.lines(40, 110, ["Gemeente Laren", "t.a.v. crediteuren", "Postbus 71", "1250 AB Laren"])
    sheet.text(40, 180, "FACTUUR", 14)
    for number, (label, value) in enumerate(
        (
            ("Factuurnummer", "20240091"),
            ("Factuurdatum", "03-06-2024"),
            ("Vervaldatum", "03-07-2024"),
            ("Klantnummer", "K-118"),
            ("Uw referentie", "INK-5521"),
        )
    ):
        sheet.text(40, 198 + 12 * number, label)
        sheet.text(140, 198 + 12 * number, ": " + value)
    for x, title in ((40, "Omschrijving"), (320, "Aantal"), (380, "Prijs"), (440, "BTW"), (500, "Bedrag")):
        sheet.text(x, 280, title)
    lines = [
        ("Onderhoud plantsoen mei", 1, Decimal("1875.00"), Decimal("1875.00")),
        ("Snoeiwerk (uren)", 14, Decimal("52.50"), Decimal("735.00")),
    ]
    y = 296
    for name, quantity, price, amount in lines:
        sheet.text(40, y, name)
        sheet.right(340, y, str(quantity))
        sheet.right(410, y, german(price))
        sheet.right(465, y, "21%")
        sheet.right(540, y, german(amount))
        y += 14
    for label, figure in (
        ("Subtotaal excl. BTW", Decimal("2610.00")),
        ("BTW 21%", Decimal("548.10")),
        ("Totaal te betalen", Decimal("3158.10")),
    ):
        y += 14
        sheet.text(380, y, label)
        sheet.right(540, y, "€ " + german(figure))
    return sheet.pdf(), {
        "language": "Dutch",
        "document_type": "invoice",
        "vendor_name": "De Groene Tuin B.V.",
        "vendor_tax_id": "NL810433941B01",
        "buyer_name": "Gemeente Laren",
        "invoice_number": "20240091",
        "invoice_date": "2024-06-03",
        "due_date": "2024-07-03",
        "currency": "EUR",
        "subtotal": Decimal("2610"),
        "taxable_amt": Decimal("2610"),
        "tax_amt": Decimal("548.10"),
        "total_amt": Decimal("3158.10"),
        "items": [
            {
                "description": name,
                "quantity": Decimal(quantity),
                "unit_price": price,
                "tax_rate": Decimal(21),
                "amount": amount,
            }
            for name, quantity, price, amount in lines
        ],
    }
