"""An Indian tax invoice between two states: IGST, amounts in lakhs, "Rs.", a UPI code to pay by."""

from __future__ import annotations

from decimal import Decimal

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing

from emulators.samples.notation import count, day_month_year, indian
from emulators.samples.sheet import A4, GREY, HELVETICA, Sheet
from emulators.samples.table import Column, Style, Table
from emulators.samples.values import Line, Sample, Tax, Values

_TEAL = "#0f5c63"
_LEFT, _RIGHT = 54.0, A4[0] - 54

_ITEMS = Table(
    [
        Column("#", 20),
        Column("Service", 202),
        Column("SAC", 46, "centre"),
        Column("Qty", 32, "right"),
        Column("Unit", 42, "centre"),
        Column("Rate (Rs.)", 68, "right"),
        Column("Amount (Rs.)", 77.28, "right"),
    ],
    Style(head_fill="#e3eeee", head_ink=_TEAL, size=8.8, padding=6),
)

VALUES = Values(
    language="English",
    document_type="invoice",
    vendor_name="Kaveri Cloudworks LLP",
    vendor_tax_id="29AAGCK6150Q1ZU",
    vendor_address="3rd Floor, 41 Residency Lane, Bengaluru 560025, Karnataka",
    buyer_name="Meridian Freight Services Limited",
    buyer_tax_id="07AACCM9047E1ZH",
    invoice_number="KCW-2026-0098",
    invoice_date="2026-09-05",
    due_date="2026-09-20",
    currency="INR",
    subtotal=Decimal("437500.00"),
    taxable_amt=Decimal("437500.00"),
    taxes=(Tax("IGST", Decimal("18"), Decimal("437500.00"), Decimal("78750.00")),),
    tax_amt=Decimal("78750.00"),
    total_amt=Decimal("516250.00"),
    amount_due=Decimal("516250.00"),
    items=(
        Line(
            "Fleet tracking platform, monthly subscription",
            Decimal("3"),
            Decimal("85000.00"),
            Decimal("255000.00"),
            "Month",
            "998315",
        ),
        Line(
            "Data migration from legacy system",
            Decimal("1"),
            Decimal("122500.00"),
            Decimal("122500.00"),
            "Job",
            "998313",
        ),
        Line(
            "Operator training at Delhi office",
            Decimal("4"),
            Decimal("15000.00"),
            Decimal("60000.00"),
            "Day",
            "999293",
        ),
    ),
)


def draw() -> Sample:
    """The sample, drawn on A4."""
    sheet = Sheet(A4, HELVETICA, f"Tax invoice {VALUES.invoice_number}")
    sheet.fill(0, 0, 22, A4[1], _TEAL)
    _head(sheet)
    y = _ITEMS.draw(
        sheet,
        _LEFT,
        264,
        [
            [
                str(number),
                i.description,
                i.hsn_code or "",
                count(i.quantity),
                i.unit or "",
                indian(i.unit_price),
                indian(i.amount),
            ]
            for number, i in enumerate(VALUES.items, 1)
        ],
    )
    _sums(sheet, y + 26)
    _pay(sheet, y + 26)
    sheet.text(_LEFT, 530, "Rupees Five Lakh Sixteen Thousand Two Hundred Fifty Only", size=9, bold=True)
    sheet.lines(
        _LEFT,
        552,
        [
            "Tax is not payable under reverse charge. Supply between states: integrated tax applies.",
            "This is a computer generated invoice and needs no signature.",
        ],
        size=8,
        colour=GREY,
    )
    return Sample("igst-invoice.pdf", sheet.pdf(), VALUES)


def _head(sheet: Sheet) -> None:
    with sheet.vector(_LEFT, 86) as logo:
        logo.setFillColor(_TEAL)
        for x, height in ((0, 14), (11, 24), (22, 34)):
            logo.roundRect(x, 0, 8, height, 2, stroke=0, fill=1)
    sheet.text(_LEFT + 42, 66, VALUES.vendor_name, size=16, bold=True, colour=_TEAL)
    sheet.lines(
        _LEFT + 42,
        80,
        [
            "3rd Floor, 41 Residency Lane, Bengaluru 560025, Karnataka",
            f"GSTIN {VALUES.vendor_tax_id}   LLPIN AAX-4471",
        ],
        size=8.2,
        colour=GREY,
    )
    sheet.rule(_LEFT, 112, _RIGHT, colour=_TEAL, weight=1.2)
    sheet.text(_LEFT, 140, "Tax Invoice", size=18, bold=True)
    sheet.text(_LEFT, 170, "Billed to", size=8, colour=GREY)
    sheet.lines(
        _LEFT,
        185,
        [
            VALUES.buyer_name or "",
            "Plot 22, Okhla Phase II, New Delhi 110020",
            f"GSTIN {VALUES.buyer_tax_id}",
            "Place of supply: Delhi (07)",
        ],
        size=9.5,
        first_bold=True,
    )
    sheet.pairs(
        _RIGHT - 190,
        _RIGHT - 96,
        170,
        [
            ("Invoice number", VALUES.invoice_number),
            ("Invoice date", day_month_year(VALUES.invoice_date)),
            ("Pay by", day_month_year(VALUES.due_date or "")),
            ("Service period", "Jul - Sep 2026"),
            ("Customer code", "MFS-114"),
        ],
    )


def _sums(sheet: Sheet, y: float) -> None:
    x, edge = _RIGHT - 206, _RIGHT - 6
    y = sheet.sums(
        x,
        edge,
        y,
        [("Taxable value", indian(VALUES.taxable_amt)), ("IGST @ 18%", indian(VALUES.tax_amt))],
    )
    sheet.rule(x, y - 8, _RIGHT, colour=_TEAL)
    sheet.text(x, y + 8, "Total", size=10, bold=True)
    sheet.text(edge, y + 8, "Rs. " + indian(VALUES.total_amt), size=10, bold=True, align="right")
    sheet.fill(x - 8, y + 22, 214, 28, _TEAL)
    sheet.text(x, y + 40, "Amount due", size=11, bold=True, colour="#ffffff")
    sheet.text(
        edge,
        y + 40,
        "Rs. " + indian(VALUES.amount_due or Decimal(0)),
        size=11,
        bold=True,
        colour="#ffffff",
        align="right",
    )


def _pay(sheet: Sheet, y: float) -> None:
    code = QrCodeWidget(
        f"upi://pay?pa=kaveri.cloudworks@examplebank&pn=Kaveri%20Cloudworks&am={VALUES.total_amt}&cu=INR",
        barLevel="M",
    )
    code.barWidth = code.barHeight = 84
    drawing = Drawing(84, 84)
    drawing.add(code)
    with sheet.vector(_LEFT - 8, y + 78) as canvas:
        renderPDF.draw(drawing, canvas, 0, 0)
    sheet.text(_LEFT + 86, y + 8, "Scan to pay by UPI", bold=True)
    sheet.lines(
        _LEFT + 86,
        y + 24,
        ["or transfer to Mysuru United Bank", "A/c 6620 1184 0275", "IFSC MYUB0002204"],
        size=8.5,
        colour=GREY,
    )
