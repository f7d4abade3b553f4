"""A British invoice that was printed and scanned: a picture, a little askew, with no text layer."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from emulators.samples.notation import count, day_month_year, western
from emulators.samples.sheet import A4, GREY, HELVETICA, Sheet
from emulators.samples.table import Column, Style, Table
from emulators.samples.values import Line, Sample, Tax, Values

_DOTS_PER_INCH = 200
_ASKEW = 0.5
"""Degrees that the paper lay turned on the glass."""
_LEFT, _RIGHT = 60.0, A4[0] - 60

_ITEMS = Table(
    [
        Column("Description", 235.28),
        Column("Quantity", 70, "right"),
        Column("Unit Price", 80, "right"),
        Column("Amount", 90, "right"),
    ],
    Style(head_fill="#d9d9d9", rule="#777777", size=10.5, padding=7, grid=True),
)

VALUES = Values(
    language="English",
    document_type="invoice",
    vendor_name="Marlow Print Works Ltd",
    vendor_tax_id="GB773192458",
    vendor_address="9 Station Yard, Marlow SL7 1NX",
    buyer_name="Thameside Theatre Trust",
    invoice_number="20617",
    invoice_date="2026-02-27",
    due_date="2026-03-29",
    payment_terms="Please pay within 30 days.",
    currency="GBP",
    subtotal=Decimal("1186.00"),
    taxable_amt=Decimal("1186.00"),
    taxes=(Tax("VAT", Decimal("20"), Decimal("1186.00"), Decimal("237.20")),),
    tax_amt=Decimal("237.20"),
    total_amt=Decimal("1423.20"),
    items=(
        Line("Season brochure, 24 pages, A5", Decimal("2000"), Decimal("0.42"), Decimal("840.00")),
        Line("Poster A2, silk 170 gsm", Decimal("150"), Decimal("1.64"), Decimal("246.00")),
        Line("Artwork corrections", Decimal("2"), Decimal("50.00"), Decimal("100.00")),
    ),
)


def draw() -> Sample:
    """The sample: the sheet of `printed`, as a scanner sends it."""
    picture = _scanned(printed())
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle("Scan 2026-03-02")
    canvas.drawImage(ImageReader(BytesIO(picture)), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return Sample("scanned-invoice.pdf", out.getvalue(), VALUES)


def printed() -> bytes:
    """The PDF that was printed, with its text, before it was scanned."""
    sheet = Sheet(A4, HELVETICA, f"Invoice {VALUES.invoice_number}")
    sheet.text(_LEFT, 84, VALUES.vendor_name, size=20, bold=True)
    sheet.lines(
        _LEFT,
        102,
        ["9 Station Yard, Marlow SL7 1NX", f"VAT Reg No: {VALUES.vendor_tax_id}", "Tel: 01632 960417"],
        size=10,
        colour=GREY,
    )
    sheet.text(_RIGHT, 84, "INVOICE", size=20, bold=True, align="right")
    sheet.rule(_LEFT, 152, _RIGHT, colour="#000000", weight=1.2)
    sheet.text(_LEFT, 178, "Bill to:", size=10, colour=GREY)
    sheet.lines(
        _LEFT,
        194,
        [VALUES.buyer_name or "", "Riverside Walk", "Staines TW18 4AA"],
        size=11,
        first_bold=True,
    )
    sheet.pairs(
        _RIGHT - 200,
        _RIGHT - 98,
        178,
        [
            ("Invoice No:", VALUES.invoice_number),
            ("Invoice Date:", day_month_year(VALUES.invoice_date)),
            ("Due Date:", day_month_year(VALUES.due_date or "")),
            ("Job ref:", "J-3391"),
        ],
        size=10.5,
    )
    y = _ITEMS.draw(
        sheet,
        _LEFT,
        276,
        [[i.description, count(i.quantity), western(i.unit_price), western(i.amount)] for i in VALUES.items],
    )
    x, edge = _RIGHT - 190, _RIGHT - 7
    y = sheet.sums(
        x,
        edge,
        y + 28,
        [("Subtotal", western(VALUES.subtotal)), ("VAT 20%", western(VALUES.tax_amt))],
        size=10.5,
    )
    sheet.rule(x, y - 8, _RIGHT, colour="#000000")
    sheet.text(x, y + 10, "Total", size=13, bold=True)
    sheet.text(edge, y + 10, "£" + western(VALUES.total_amt), size=13, bold=True, align="right")
    sheet.lines(
        _LEFT,
        y + 70,
        ["Please pay within 30 days.", "Thames Valley Bank   Sort code 00-00-17   Account 31926570"],
        size=10,
    )
    sheet.text(_LEFT, A4[1] - 60, "Registered in England no. 04417726", size=8.5, colour=GREY)
    return sheet.pdf()


def _scanned(pdf: bytes) -> bytes:
    """The first page as a scanner's JPEG: grey, turned a little, softened, with grain."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].render(scale=_DOTS_PER_INCH / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    turned = page.rotate(_ASKEW, resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.6))
    # The seed makes the grain, and so the file, the same each time.
    grain = np.random.default_rng(2026).normal(0, 7, (soft.height, soft.width))
    paper = np.clip(np.asarray(soft, dtype=np.float64) * 0.93 + 8 + grain, 0, 255).astype(np.uint8)
    out = BytesIO()
    Image.fromarray(paper).save(out, "JPEG", quality=72, dpi=(_DOTS_PER_INCH, _DOTS_PER_INCH))
    return out.getvalue()
