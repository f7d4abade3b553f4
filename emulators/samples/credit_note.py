"""An Irish credit note: EUR, every amount printed with a minus, the credited invoice's number nearby."""

from __future__ import annotations

from decimal import Decimal

from emulators.samples.notation import count, day_month_year, western
from emulators.samples.sheet import A4, GREY, TIMES, Sheet
from emulators.samples.table import Column, Style, Table
from emulators.samples.values import Line, Sample, Tax, Values

_GREEN = "#24523b"
_LEFT, _RIGHT = 64.0, A4[0] - 64

_ITEMS = Table(
    [
        Column("Description", 239.28),
        Column("Quantity", 62, "right"),
        Column("Price €", 76, "right"),
        Column("Amount €", 90, "right"),
    ],
    Style(rule=_GREEN, size=10.5, padding=6),
)

VALUES = Values(
    language="English",
    document_type="credit_note",
    vendor_name="Liffey Office Supply Ltd",
    vendor_tax_id="IE3628190NH",
    vendor_address="Unit 5, Grange Business Park, Dublin 13",
    buyer_name="Burren Architects Partnership",
    invoice_number="CN-00731",
    invoice_date="2026-05-21",
    currency="EUR",
    subtotal=Decimal("-1210.00"),
    taxable_amt=Decimal("-1210.00"),
    taxes=(Tax("VAT", Decimal("23"), Decimal("-1210.00"), Decimal("-278.30")),),
    tax_amt=Decimal("-278.30"),
    total_amt=Decimal("-1488.30"),
    items=(
        Line("Task chair, grey, returned unopened", Decimal("-5"), Decimal("214.00"), Decimal("-1070.00")),
        Line("Desk lamp, damaged in transit", Decimal("-4"), Decimal("35.00"), Decimal("-140.00")),
    ),
)


def draw() -> Sample:
    """The sample, drawn on A4 in a serif face."""
    sheet = Sheet(A4, TIMES, f"Credit note {VALUES.invoice_number}")
    middle = A4[0] / 2
    sheet.text(middle, 74, VALUES.vendor_name, size=22, bold=True, colour=_GREEN, align="centre")
    sheet.text(middle, 92, "Unit 5, Grange Business Park, Dublin 13", size=10, colour=GREY, align="centre")
    sheet.text(middle, 106, f"VAT No. {VALUES.vendor_tax_id}", size=10, colour=GREY, align="centre")
    sheet.rule(_LEFT, 122, _RIGHT, colour=_GREEN, weight=1.4)
    sheet.rule(_LEFT, 125, _RIGHT, colour=_GREEN, weight=0.5)
    sheet.text(_LEFT, 166, "CREDIT NOTE", size=18, bold=True)
    sheet.text(_LEFT, 196, "Customer", size=9.5, colour=GREY)
    sheet.lines(
        _LEFT,
        212,
        [VALUES.buyer_name or "", "The Old Mill, Mill Road", "Ennis, Co. Clare V95 X2A4"],
        size=11,
        first_bold=True,
    )
    sheet.pairs(
        _RIGHT - 216,
        _RIGHT - 100,
        166,
        [
            ("Credit note no.", VALUES.invoice_number),
            ("Date", day_month_year(VALUES.invoice_date)),
            ("Credits invoice", "INV-48812"),
            ("of", "30 April 2026"),
            ("Account", "BUR002"),
        ],
        size=10.5,
    )
    y = _ITEMS.draw(
        sheet,
        _LEFT,
        282,
        [[i.description, count(i.quantity), western(i.unit_price), western(i.amount)] for i in VALUES.items],
    )
    x, edge = _RIGHT - 200, _RIGHT - 6
    y = sheet.sums(
        x,
        edge,
        y + 26,
        [("Net", western(VALUES.taxable_amt)), ("VAT 23%", western(VALUES.tax_amt))],
        size=10.5,
    )
    sheet.rule(x, y - 9, _RIGHT, colour=_GREEN)
    sheet.text(x, y + 9, "Total credit", size=12.5, bold=True)
    sheet.text(edge, y + 9, "-€" + western(-VALUES.total_amt), size=12.5, bold=True, align="right")
    sheet.text(_LEFT, y + 60, "The amount will be set against your account. No payment is needed.", size=10.5)
    sheet.text(middle, A4[1] - 50, "Registered in Ireland no. 551208", size=9, colour=GREY, align="centre")
    return Sample("credit-note.pdf", sheet.pdf(), VALUES)
