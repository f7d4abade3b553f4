"""A German invoice over two pages: amounts carried over, a term for early payment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, german


def draw() -> tuple[bytes, dict[str, Any]]:  # noqa: PLR0915  a page is drawn from its top to its end
    """The document and its true values."""
    sheet = Sheet()

    def head(page: int) -> None:
        sheet.text(40, 30, "Nordlicht Elektrogroßhandel GmbH", 12)
        sheet.text(40, 44, "Hafenstr. 3 · 24103 Kiel", 7)
        sheet.text(450, 30, f"Seite {page} von 2", 8)

    head(1)
    sheet.text(40, 100, "Nordlicht Elektrogroßhandel GmbH · Hafenstr. 3 · 24103 Kiel", 6)
    sheet.lines(40, 112, ["Elektro Petersen e.K.", "Dorfstraße 9", "24837 Schleswig"])
    y = 112
    for label, value in (
        ("Rechnungsnummer", "RG-88213"),
        ("Rechnungsdatum", "04.02.2024"),
        ("Lieferdatum", "31.01.2024"),
        ("Kundennummer", "14772"),
        ("Ihre Bestellung", "B-0031"),
    ):
        sheet.text(380, y, label + ":")
        sheet.text(480, y, value)
        y += 12

    def cols(y: float) -> None:
        for x, title in (
            (40, "Pos"),
            (70, "Artikel"),
            (330, "Menge"),
            (380, "ME"),
            (430, "E-Preis"),
            (500, "Gesamtpreis"),
        ):
            sheet.text(x, y, title)

    cols(220)
    lines = []
    y = 236
    for row in range(20):
        quantity = row % 5 + 1
        price = Decimal("12.35") + row * 3
        amount = quantity * price
        lines.append((f"Leitungsschutzschalter B{10 + row}A", quantity, price, amount))
        sheet.text(40, y, str(row + 1))
        sheet.text(70, y, lines[-1][0])
        sheet.right(350, y, str(quantity))
        sheet.text(380, y, "Stk")
        sheet.right(460, y, german(price))
        sheet.right(550, y, german(amount))
        y += 24
    carried = sum((x[3] for x in lines), Decimal(0))
    sheet.text(430, y, "Übertrag")
    sheet.right(550, y, german(carried))
    sheet.next_page()
    head(2)
    cols(80)
    sheet.text(430, 96, "Übertrag")
    sheet.right(550, 96, german(carried))
    y = 112
    for row in range(20, 26):
        quantity = row % 5 + 1
        price = Decimal("12.35") + row * 3
        amount = quantity * price
        lines.append((f"Leitungsschutzschalter B{10 + row}A", quantity, price, amount))
        sheet.text(40, y, str(row + 1))
        sheet.text(70, y, lines[-1][0])
        sheet.right(350, y, str(quantity))
        sheet.text(380, y, "Stk")
        sheet.right(460, y, german(price))
        sheet.right(550, y, german(amount))
        y += 24
    net = sum((x[3] for x in lines), Decimal(0))
    tax = (net * Decimal("0.19")).quantize(Decimal("0.01"))
    for label, figure in (("Summe netto", net), ("zzgl. 19 % MwSt.", tax), ("Gesamtbetrag", net + tax)):
        y += 14
        sheet.text(400, y, label)
        sheet.right(550, y, german(figure) + " EUR")
    sheet.text(
        40, y + 40, "Zahlbar ohne Abzug bis 05.03.2024. Bei Zahlung bis 14.02.2024 gewähren wir 2 % Skonto."
    )
    sheet.text(40, 780, "USt-IdNr. DE136695976 · IBAN DE02120300000000202051 · Amtsgericht Kiel HRB 1234", 7)
    return sheet.pdf(), {
        "language": "German",
        "document_type": "invoice",
        "vendor_name": "Nordlicht Elektrogroßhandel GmbH",
        "vendor_tax_id": "DE136695976",
        "buyer_name": "Elektro Petersen e.K.",
        "invoice_number": "RG-88213",
        "invoice_date": "2024-02-04",
        "due_date": "2024-03-05",
        "po_number": "B-0031",
        "currency": "EUR",
        "subtotal": net,
        "taxable_amt": net,
        "tax_amt": tax,
        "total_amt": net + tax,
        "taxes": [{"type": "MwSt", "rate": Decimal(19), "amount": tax}],
        "items": [
            {
                "description": name,
                "quantity": Decimal(quantity),
                "unit": "Stk",
                "unit_price": price,
                "amount": amount,
            }
            for name, quantity, price, amount in lines
        ],
    }
