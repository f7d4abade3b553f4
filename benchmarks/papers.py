"""The documents that are measured with: the project's own samples, long ones, or a folder of one's own."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from chaos.paper import plain_invoice
from emulators.samples import samples

MOST = 60
"""Of a folder; they are taken at equal steps through its names."""

_ON_A_PAGE = 36
_A4 = (595, 842)
_HEADS = ("Description", "Qty", "Unit Price", "Amount")
_COLUMNS = (50, 330, 400, 500)


def drawn() -> list[bytes]:
    """Every layout that the project draws and that has text, and two that run over several pages."""
    layouts = [sample.pdf for sample in samples() if sample.name != "scan"]
    return [*layouts, plain_invoice("INV-2026-0042"), of_lines(90), of_lines(200)]


def of_folder(folder: Path) -> list[bytes]:
    """The PDFs below a folder, MOST at the most."""
    names = sorted(folder.rglob("*.pdf"))
    step = max(1, -(-len(names) // MOST))
    return [name.read_bytes() for name in names[::step]]


def of_lines(count: int, pages: int | None = None) -> bytes:
    """An invoice of `count` lines over as many pages as they need, or so many pages."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=_A4, invariant=True)
    each = _ON_A_PAGE if pages is None else -(-count // pages)
    total = 0
    for start in range(0, count, each):
        page = start // each + 1
        _head(canvas, page)
        for row, number in enumerate(range(start, min(start + each, count))):
            quantity, price = number % 7 + 1, 1000 + 37 * (number % 90)
            total += quantity * price
            cells = (
                f"Steel bracket no. {number + 1:04d}",
                str(quantity),
                _money(price),
                _money(quantity * price),
            )
            for x, cell in zip(_COLUMNS, cells, strict=True):
                canvas.drawString(x, 690 - 16 * row, cell)
        if start + each >= count:
            for row, (label, cents) in enumerate((("Subtotal", total), ("Total USD", total))):
                canvas.drawString(400, 90 - 16 * row, label)
                canvas.drawString(500, 90 - 16 * row, _money(cents))
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _head(canvas: Canvas, page: int) -> None:
    canvas.setFont("Helvetica", 10)
    lines = ("INVOICE", "Northwind Supplies Ltd", "Invoice No: INV-2026-0300", "Invoice Date: 2026-03-05")
    for row, text in enumerate(lines if page == 1 else (f"INV-2026-0300, page {page}",)):
        canvas.drawString(50, 790 - 16 * row, text)
    for x, head in zip(_COLUMNS, _HEADS, strict=True):
        canvas.drawString(x, 710, head)


def _money(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d}"
