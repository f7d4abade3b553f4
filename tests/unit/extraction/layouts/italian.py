"""An Italian invoice: number and date in one title line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, german


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(40, 40, "Officine Rossi S.r.l.", 14)
    sheet.lines(40, 56, ["Via Garibaldi 21 - 10122 Torino (TO)", "P.IVA IT00743110157", "Tel. 011 5551234"])
    sheet.lines(340, 56, ["Spett.le", "Trattoria da Gino", "Corso Francia 8", "10143 Torino"])
    sheet.text(40, 130, "Fattura n. 84/2024 del 09/05/2024", 11)
    sheet.text(40, 146, "Scadenza pagamento: 08/06/2024")
    sheet.text(40, 160, "Codice cliente: 00231")
    for x, title in (
        (40, "Descrizione"),
        (300, "Q.tà"),
        (350, "Prezzo unitario"),
        (440, "IVA %"),
        (490, "Importo"),
    ):
        sheet.text(x, 190, title)
    lines = [
        ("Revisione forno a legna", 1, Decimal("420.00"), Decimal("420.00")),
        ("Ricambio valvola gas", 2, Decimal("57.30"), Decimal("114.60")),
    ]
    y = 206
    for name, quantity, price, amount in lines:
        sheet.text(40, y, name)
        sheet.right(320, y, str(quantity))
        sheet.right(410, y, german(price))
        sheet.right(465, y, "22")
        sheet.right(540, y, german(amount))
        y += 14
    for label, figure in (
        ("Totale imponibile", Decimal("534.60")),
        ("IVA 22%", Decimal("117.61")),
        ("Totale documento", Decimal("652.21")),
    ):
        y += 14
        sheet.text(380, y, label)
        sheet.right(540, y, "€ " + german(figure))
    return sheet.pdf(), {
        "language": "Italian",
        "document_type": "invoice",
        "vendor_name": "Officine Rossi S.r.l.",
        "vendor_tax_id": "IT00743110157",
        "buyer_name": "Trattoria da Gino",
        "invoice_number": "84/2024",
        "invoice_date": "2024-05-09",
        "due_date": "2024-06-08",
        "currency": "EUR",
        "subtotal": Decimal("534.60"),
        "taxable_amt": Decimal("534.60"),
        "tax_amt": Decimal("117.61"),
        "total_amt": Decimal("652.21"),
        "items": [
            {
                "description": name,
                "quantity": Decimal(quantity),
                "unit_price": price,
                "tax_rate": Decimal(22),
                "amount": amount,
            }
            for name, quantity, price, amount in lines
        ],
    }
