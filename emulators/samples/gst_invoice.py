"""An Indian tax invoice within one state: CGST and SGST per line, two rates, a round-off, an IRN."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from emulators.samples.notation import count, indian, short_date
from emulators.samples.sheet import A4, GREY, Sheet, manrope
from emulators.samples.table import Column, Style, Table
from emulators.samples.values import Line, Sample, Tax, Values

_LINE = "#6b7280"
_TINT = "#eef1f6"
_NUMBER = "SSE/26-27/0183"
_SELLER = "27AAKCS4821M1ZW"

_TAXES = Table(
    [
        Column("Tax", 60),
        Column("Rate", 50, "right"),
        Column("On taxable value", 110, "right"),
        Column("Tax amount", 90, "right"),
    ],
    Style(head_fill=_TINT, rule=_LINE, grid=True, size=8, padding=3.5),
)

_ITEMS = Table(
    [
        Column("Sl", 20, "centre"),
        Column("Description of goods and services", 139.3),
        Column("HSN/ SAC", 44, "centre"),
        Column("Qty", 32, "right"),
        Column("Unit", 30, "centre"),
        Column("Rate", 58, "right"),
        Column("Taxable value", 62, "right"),
        Column("GST", 34, "right"),
        Column("CGST", 52, "right"),
        Column("SGST", 52, "right"),
    ],
    Style(head_fill=_TINT, rule=_LINE, grid=True, size=8, padding=4),
)

VALUES = Values(
    language="English",
    document_type="invoice",
    vendor_name="Sahyadri Solar & Electricals Pvt. Ltd.",
    vendor_tax_id=_SELLER,
    vendor_address="Plot 14, MIDC Industrial Estate, Chakan, Pune 410501, Maharashtra",
    buyer_name="Deccan Fresh Dairy Co-operative",
    buyer_tax_id="27AABFD7390K1Z4",
    invoice_number=_NUMBER,
    invoice_date="2026-07-18",
    due_date="2026-08-17",
    payment_terms="Payment within 30 days of the invoice date.",
    po_number="DFD/PO/2291",
    currency="INR",
    subtotal=Decimal("112820.00"),
    taxable_amt=Decimal("112820.00"),
    taxes=(
        Tax("CGST", Decimal("2.5"), Decimal("74400.00"), Decimal("1860.00")),
        Tax("SGST", Decimal("2.5"), Decimal("74400.00"), Decimal("1860.00")),
        Tax("CGST", Decimal("9"), Decimal("38420.00"), Decimal("3457.80")),
        Tax("SGST", Decimal("9"), Decimal("38420.00"), Decimal("3457.80")),
    ),
    tax_amt=Decimal("10635.60"),
    round_off=Decimal("0.40"),
    total_amt=Decimal("123456.00"),
    # The rule of the e-invoice portal: seller, financial year, type, number.
    irn=sha256(f"{_SELLER}2026-27INV{_NUMBER}".encode()).hexdigest(),
    items=(
        Line(
            "Solar module 540 Wp, mono PERC",
            Decimal("6"),
            Decimal("12400.00"),
            Decimal("74400.00"),
            "Nos",
            "854143",
            tax_rate=Decimal("5"),
        ),
        Line(
            "Hybrid inverter 5 kVA, 48 V",
            Decimal("1"),
            Decimal("28500.00"),
            Decimal("28500.00"),
            "Nos",
            "850440",
            tax_rate=Decimal("18"),
        ),
        Line(
            "Copper DC cable 6 sq mm, red",
            Decimal("120"),
            Decimal("46.00"),
            Decimal("5520.00"),
            "Mtr",
            "854449",
            tax_rate=Decimal("18"),
        ),
        Line(
            "Installation and earthing",
            Decimal("1"),
            Decimal("4400.00"),
            Decimal("4400.00"),
            "Job",
            "995463",
            tax_rate=Decimal("18"),
        ),
    ),
)


def draw() -> Sample:
    """The sample, drawn on A4 in the boxed form that accounting packages print."""
    sheet = Sheet(A4, manrope(), f"Tax invoice {_NUMBER}")
    left, width = 36.0, sheet.width - 72
    sheet.text(sheet.width / 2, 52, "TAX INVOICE", size=14, bold=True, align="centre")
    sheet.text(left + width, 52, "ORIGINAL FOR RECIPIENT", size=7, colour=GREY, align="right")
    sheet.text(left, 70, f"IRN: {VALUES.irn}", size=7)
    sheet.text(left, 81, "Ack. No.: 182614207735519   Ack. Date: 18-Jul-2026", size=7)
    _parties(sheet, left, width)
    y = _items(sheet, left, 290)
    y = _sums(sheet, left, width, y)
    y = _tax_table(sheet, left, y + 16)
    sheet.text(left, y + 18, "Amount in words", size=7.5, colour=GREY)
    sheet.text(
        left, y + 31, "Rupees One Lakh Twenty-Three Thousand Four Hundred Fifty-Six Only", size=8.5, bold=True
    )
    _foot(sheet, left, width, y + 52)
    return Sample("gst-invoice.pdf", sheet.pdf(), VALUES)


def _parties(sheet: Sheet, left: float, width: float) -> None:
    half = width / 2
    sheet.frame(left, 90, width, 186, colour=_LINE)
    sheet.bar(left + half, 90, 276, colour=_LINE)
    sheet.rule(left, 190, left + half, colour=_LINE)
    sheet.text(left + 8, 108, VALUES.vendor_name, size=10.5, bold=True)
    sheet.lines(
        left + 8,
        123,
        [
            "Plot 14, MIDC Industrial Estate, Chakan",
            "Pune 410501, Maharashtra",
            f"GSTIN: {VALUES.vendor_tax_id}",
            "State: Maharashtra, Code: 27",
            "billing@sahyadrisolar.example",
        ],
        size=8.5,
    )
    sheet.text(left + 8, 204, "Buyer (Bill to)", size=7.5, colour=GREY)
    sheet.text(left + 8, 218, VALUES.buyer_name or "", size=10, bold=True)
    sheet.lines(
        left + 8,
        232,
        [
            "Survey 88, Satara Road, Shirwal 412801",
            f"GSTIN: {VALUES.buyer_tax_id}",
            "State: Maharashtra, Code: 27",
        ],
        size=8.5,
    )
    sheet.pairs(
        left + half + 8,
        left + half + 116,
        110,
        [
            ("Invoice No.", _NUMBER),
            ("Dated", short_date(VALUES.invoice_date)),
            ("Due Date", short_date(VALUES.due_date or "")),
            ("Buyer's Order No.", VALUES.po_number or ""),
            ("Delivery Note", "DN-0771"),
            ("E-Way Bill No.", "2716 4480 9153"),
            ("Vehicle No.", "MH 14 GT 5520"),
            ("Place of Supply", "Maharashtra (27)"),
            ("Reverse Charge", "No"),
        ],
        size=8.8,
    )


def _items(sheet: Sheet, left: float, y: float) -> float:
    rows = []
    for number, item in enumerate(VALUES.items, 1):
        half_tax = item.amount * (item.tax_rate or Decimal(0)) / 200
        rows.append(
            [
                str(number),
                item.description,
                item.hsn_code or "",
                count(item.quantity),
                item.unit or "",
                indian(item.unit_price),
                indian(item.amount),
                f"{count(item.tax_rate or Decimal(0))}%",
                indian(half_tax),
                indian(half_tax),
            ]
        )
    return _ITEMS.draw(sheet, left, y, rows)


def _sums(sheet: Sheet, left: float, width: float, y: float) -> float:
    x, edge = left + width - 210, left + width - 6
    halves = VALUES.tax_amt / 2
    y = sheet.sums(
        x,
        edge,
        y + 22,
        [
            ("Taxable amount", indian(VALUES.taxable_amt)),
            ("CGST", indian(halves)),
            ("SGST", indian(halves)),
            ("Total tax", indian(VALUES.tax_amt)),
            ("Round off", indian(VALUES.round_off or Decimal(0))),
        ],
        size=8.8,
    )
    sheet.fill(x - 8, y - 8, 218, 24, _TINT)
    sheet.text(x, y + 8, "Grand total", size=10.5, bold=True)
    sheet.text(edge, y + 8, "₹ " + indian(VALUES.total_amt), size=10.5, bold=True, align="right")
    return y + 18


def _tax_table(sheet: Sheet, left: float, y: float) -> float:
    rows = [[t.type, f"{count(t.rate)}%", indian(t.taxable_amt), indian(t.amount)] for t in VALUES.taxes]
    return _TAXES.draw(sheet, left, y, rows)


def _foot(sheet: Sheet, left: float, width: float, y: float) -> None:
    sheet.text(left, y, "Terms", size=7.5, colour=GREY)
    sheet.lines(
        left,
        y + 12,
        [VALUES.payment_terms or "", "Goods once sold will not be taken back. Subject to Pune jurisdiction."],
        size=8,
    )
    sheet.text(
        left, y + 44, "Bank: Maratha Gramin Bank, Chakan · A/c 00 4471 2093 518 · IFSC MGBX0000417", size=8
    )
    right = left + width
    sheet.text(right, y, f"for {VALUES.vendor_name}", size=8.5, bold=True, align="right")
    sheet.rule(right - 130, y + 50, right, colour=_LINE)
    sheet.text(right, y + 61, "Authorised Signatory", size=8, colour=GREY, align="right")
