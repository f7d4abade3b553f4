"""A French invoice with a prepayment: address window without a label, TTC and net à payer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, french


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(40, 40, "SARL Dupont Menuiserie", 14)
    sheet.lines(
        40,
        56,
        [
            "12 rue des Lilas",
            "69003 Lyon",
            "SIRET 812 345 678 00012",
            "TVA intracommunautaire FR40303265045",
            "Tél : 04 72 00 00 00",
        ],
    )
    sheet.lines(340, 130, ["Boulangerie Martin", "5 avenue de la Gare", "38000 Grenoble"])
    sheet.text(40, 190, "FACTURE N° F2024-0117", 13)
    sheet.text(40, 206, "Date de facture : 07/03/2024")
    sheet.text(40, 220, "Date d'échéance : 06/04/2024")
    sheet.text(40, 234, "N° client : C00451")
    sheet.text(300, 206, "Votre commande : BC-778")
    for x, title in (
        (40, "Désignation"),
        (300, "Qté"),
        (350, "Prix unitaire HT"),
        (460, "TVA"),
        (500, "Montant HT"),
    ):
        sheet.text(x, 270, title)
    lines = [
        ("Porte en chêne massif", 2, Decimal("640.00"), Decimal("1280.00")),
        ("Pose et ajustement", 6, Decimal("45.50"), Decimal("273.00")),
        ("Quincaillerie laiton", 4, Decimal("18.25"), Decimal("73.00")),
    ]
    y = 288
    for name, quantity, price, amount in lines:
        sheet.text(40, y, name)
        sheet.right(320, y, str(quantity))
        sheet.right(420, y, french(price))
        sheet.right(480, y, "20 %")
        sheet.right(550, y, french(amount))
        y += 16
    for label, figure in (
        ("Total HT", Decimal("1626.00")),
        ("TVA 20 %", Decimal("325.20")),
        ("Total TTC", Decimal("1951.20")),
        ("Acompte versé", Decimal("500.00")),
        ("Net à payer", Decimal("1451.20")),
    ):
        y += 16
        sheet.right(440, y, label)
        sheet.right(550, y, french(figure) + " €")
    sheet.text(40, 760, "Paiement à 30 jours. IBAN FR76 3000 6000 0112 3456 7890 189")
    return sheet.pdf(), {
        "language": "French",
        "document_type": "invoice",
        "vendor_name": "SARL Dupont Menuiserie",
        "vendor_tax_id": "FR40303265045",
        "vendor_address": "12 rue des Lilas, 69003 Lyon",
        "buyer_name": "Boulangerie Martin",
        "invoice_number": "F2024-0117",
        "invoice_date": "2024-03-07",
        "due_date": "2024-04-06",
        "po_number": "BC-778",
        "currency": "EUR",
        "taxable_amt": Decimal("1626.00"),
        "subtotal": Decimal("1626.00"),
        "taxes": [{"type": "TVA", "rate": Decimal(20), "amount": Decimal("325.20")}],
        "tax_amt": Decimal("325.20"),
        "total_amt": Decimal("1951.20"),
        "prepaid_amt": Decimal("500"),
        "amount_due": Decimal("1451.20"),
        "payment_terms": "Paiement à 30 jours",
        "items": [
            {
                "description": name,
                "quantity": Decimal(quantity),
                "unit_price": price,
                "amount": amount,
                "tax_rate": Decimal(20),
            }
            for name, quantity, price, amount in lines
        ],
    }
