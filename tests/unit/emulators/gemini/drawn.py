"""Small documents for tests of the reader: text at places, drawn by reportlab."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from emulators.gemini.reader import job

A4 = (595.28, 841.89)


class Paper:
    """A document being drawn; `y` runs down from the top edge of the page, in points."""

    def __init__(self, *, font: str = "Helvetica", size: float = 9) -> None:
        self._out = BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4, invariant=1)
        self._font, self._size = font, size

    def text(self, x: float, y: float, text: str, *, size: float = 0, right: bool = False) -> None:
        """A line whose left edge (or right edge) is at `x`."""
        self._canvas.setFont(self._font, size or self._size)
        draw = self._canvas.drawRightString if right else self._canvas.drawString
        draw(x, A4[1] - y, text)

    def lines(self, x: float, y: float, *lines: str, step: float = 13) -> float:
        for line in lines:
            self.text(x, y, line)
            y += step
        return y

    def row(self, y: float, *cells: tuple[float, str]) -> None:
        """Cells on one line; those beyond the middle are set flush right."""
        for x, text in cells:
            self.text(x, y, text, right=x > 300)

    def colour(self, red: float, green: float, blue: float) -> None:
        self._canvas.setFillColorRGB(red, green, blue)

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """A filled rectangle in the present colour."""
        self._canvas.rect(x, A4[1] - y - height, width, height, stroke=0, fill=1)

    def next_page(self) -> None:
        self._canvas.showPage()

    def pdf(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()

    def read(self) -> dict[str, object]:
        """What the reader finds in it."""
        return values_of(self.pdf())


def values_of(pdf: bytes) -> dict[str, object]:
    found = job.done("read", [("application/pdf", pdf)], scanning=False)["values"]
    assert isinstance(found, dict)
    return found


def turned(pdf: bytes, degrees: int) -> bytes:
    """The document with its pages shown turned by so much."""
    writer = PdfWriter(BytesIO(pdf))
    for page in writer.pages:
        page.rotate(degrees)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def us_invoice() -> Paper:
    """A plain invoice: labels left of their values, a table with a heading, sums that add up."""
    paper = Paper()
    paper.text(45, 60, "Blue Ridge Consulting LLC", size=15)
    paper.lines(45, 78, "77 Elm Avenue", "Denver, CO 80203", "EIN: 84-1234567")
    paper.text(400, 60, "INVOICE", size=20)
    for y, label, value in (
        (90, "Invoice #:", "BR-2041"),
        (104, "Date:", "March 5, 2026"),
        (118, "Due Date:", "April 4, 2026"),
        (132, "PO Number:", "PO-77120"),
    ):
        paper.text(360, y, label)
        paper.text(440, y, value)
    paper.lines(45, 150, "Bill To:", "Harbor Retail Inc.", "455 Lake Shore Drive", "Chicago, IL 60611")
    paper.row(240, (45, "Description"), (350, "Qty"), (440, "Unit Price"), (550, "Amount"))
    paper.row(256, (45, "Site survey"), (350, "2"), (440, "$450.00"), (550, "$900.00"))
    paper.row(270, (45, "Workshop, half a day"), (350, "1"), (440, "$1,200.50"), (550, "$1,200.50"))
    paper.row(310, (440, "Subtotal:"), (550, "$2,100.50"))
    paper.row(324, (440, "Sales Tax (8%):"), (550, "$168.04"))
    paper.row(338, (440, "Total:"), (550, "$2,268.54"))
    paper.text(45, 380, "Payment Terms: Net 30 days")
    return paper
