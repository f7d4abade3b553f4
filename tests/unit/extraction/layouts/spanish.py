"""A Spanish invoice: both parties with a CIF."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.unit.extraction.sheet import Sheet, german


def draw() -> tuple[bytes, dict[str, Any]]:
    """The document and its true values."""
    sheet = Sheet()
    sheet.text(40, 40, "Suministros Levante, S.L.", 13)
    sheet.lines(40, 56, ["C/ Colón 45, 46004 Valencia", "CIF: B97123456"])
    sheet.text(380, 40, "FACTURA", 16)
    sheet.text(380, 58, "Número: 2024/0456")
    sheet.text(380, 72, "Fecha: 02/07/2024")
    sheet.text(380, 86, "Vencimiento: 01/08/2024")
    sheet.text(380, 100, "Pedido: P-3301")
    sheet.lines(
        40,
        110,
        ["Cliente:", "Restaurante La Marina", "Paseo Marítimo 12", "46011 Valencia", "CIF: B12345674"],
    )
    for x, title in ((40, "Concepto"), (320, "Cantidad"), (390, "Precio"), (480, "Importe")):
        sheet.text(x, 190, title)
    lines = [
        ("Aceite de oliva 5 L", 8, Decimal("38.90"), Decimal("311.20")),
        ("Servilletas (caja)", 12, Decimal("9.75"), Decimal("117.00")),
    ]
    y = 206
    for name, quantity, price, amount in lines:
        sheet.text(40, y, name)
        sheet.right(350, y, str(quantity))
        sheet.right(430, y, german(price))
        sheet.right(540, y, german(amount))
        y += 14
    for label, figure in (
        ("Base imponible", Decimal("428.20")),
        ("IVA 10 %", Decimal("42.82")),
        ("Total factura", Decimal("471.02")),
    ):
        y += 14
        sheet.text(380, y, label)
        sheet.right(540, y, german(figure) + " €")
    return sheet.pdf(), {
        "language": "Spanish",
        "document_type": "invoice",
        "vendor_name": "Suministros Levante, S.L.",
        "vendor_tax_id": "B97123456",
        "buyer_name": "Restaurante La Marina",
        "buyer_tax_id": "B12345674",
        "invoice_number": "2024/0456",
        "invoice_date": "2024-07-02",
        "due_date": "2024-08-01",
        "po_number": "P-3301",
        "currency": "EUR",
        "subtotal": Decimal("428.20"),
        "taxable_amt": Decimal("428.20"),
        "tax_amt": Decimal("42.82"),
        "total_amt": Decimal("471.02"),
        "items": [
            {"description": name, "quantity": Decimal(quantity), "unit_price": price, "amount": amount}
            for name, quantity, price, amount in lines
        ],
    }
