"""An invoice of one page that says its own number."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

_HEAD = ("INVOICE", "Northwind Supplies Ltd", "12 Harbour Road, Boston, MA 02110, USA")
_ITEMS = (("Steel brackets", "4", "250.00", "1,000.00"), ("Delivery boxes", "2", "100.00", "200.00"))
_SUMS = (("Subtotal", "1,200.00"), ("Sales tax 18%", "216.00"), ("Total USD", "1,416.00"))


def plain_invoice(number: str) -> bytes:
    """A PDF; the same bytes for the same number."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 11)
    for row, text in enumerate((*_HEAD, f"Invoice No: {number}", "Invoice Date: 2026-03-05")):
        canvas.drawString(50, 780 - 18 * row, text)
    for row, cells in enumerate((("Description", "Qty", "Unit Price", "Amount"), *_ITEMS)):
        for x, cell in zip((50, 330, 400, 500), cells, strict=True):
            canvas.drawString(x, 650 - 18 * row, cell)
    for row, (label, amount) in enumerate(_SUMS):
        canvas.drawString(400, 560 - 18 * row, label)
        canvas.drawString(500, 560 - 18 * row, amount)
    canvas.showPage()
    canvas.save()
    return content.getvalue()
