"""Small invoices drawn for a test: each has a number of its own to be told from others by."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass, field

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

_LINES = (("Steel brackets", 4, "250.00", "1,000.00"), ("Delivery boxes", 2, "100.00", "200.00"))


@dataclass(frozen=True)
class Drawn:
    """An invoice over 1,416.00 USD, and what it says."""

    number: str = field(default_factory=lambda: f"INV-{secrets.token_hex(5).upper()}")
    vendor: str = "Northwind Supplies Ltd"
    tax_id: str | None = None
    """The vendor's."""
    total: str = "1,416.00"
    padding: int = 0
    """Bytes that make the file larger without changing what it shows."""

    def pdf(self) -> bytes:
        """The document."""
        content = io.BytesIO()
        canvas = Canvas(content, pagesize=(595, 842), invariant=True, pageCompression=0)
        self._head(canvas)
        self._table(canvas)
        canvas.showPage()
        canvas.save()
        pdf = content.getvalue()
        if not self.padding:
            return pdf
        mark = b"%%EOF"
        return pdf[: pdf.rindex(mark)] + mark + b"\n%" + b"x" * self.padding + b"\n"

    def scan(self) -> bytes:
        """The document printed and scanned at 200 dpi: a picture, without a text layer."""
        page = pypdfium2.PdfDocument(self.pdf())[0]
        content = io.BytesIO()
        canvas = Canvas(content, pagesize=(595, 842), invariant=True)
        canvas.drawInlineImage(page.render(scale=200 / 72, grayscale=True).to_pil(), 0, 0, 595, 842)
        canvas.showPage()
        canvas.save()
        return content.getvalue()

    def _head(self, canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(50, 780, self.vendor)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 764, "12 Harbour Road, Boston, MA 02110, USA")
        if self.tax_id is not None:
            canvas.drawString(50, 750, f"VAT ID: {self.tax_id}")
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawRightString(545, 780, "INVOICE")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(350, 740, f"Invoice No: {self.number}")
        canvas.drawString(350, 725, "Invoice Date: 2026-03-05")
        canvas.drawString(50, 720, "Bill To:")
        canvas.drawString(50, 705, "Contoso Retail Inc")

    def _table(self, canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 10)
        for x, title in ((50, "Description"), (330, "Qty"), (400, "Unit Price"), (500, "Amount")):
            canvas.drawString(x, 650, title)
        canvas.setFont("Helvetica", 10)
        y = 630
        for description, quantity, price, amount in _LINES:
            canvas.drawString(50, y, description)
            canvas.drawRightString(350, y, str(quantity))
            canvas.drawRightString(455, y, price)
            canvas.drawRightString(545, y, amount)
            y -= 18
        for label, amount in (
            ("Subtotal", "1,200.00"),
            ("Sales tax 18%", "216.00"),
            ("Total USD", self.total),
        ):
            canvas.drawString(400, y - 20, label)
            canvas.drawRightString(545, y - 20, amount)
            y -= 16
