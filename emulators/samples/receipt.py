"""A Canadian till receipt: a narrow roll, "$" that means CAD, no buyer, paid by card."""

from __future__ import annotations

from decimal import Decimal

from emulators.samples.notation import count, western
from emulators.samples.sheet import COURIER, Sheet
from emulators.samples.values import Line, Sample, Tax, Values

_WIDTH, _HEIGHT = 226.77, 430.0  # an 80 mm roll
_LEFT, _RIGHT = 14.0, _WIDTH - 14

VALUES = Values(
    language="English",
    document_type="receipt",
    vendor_name="Blue Anchor Bakery Inc.",
    vendor_tax_id="843215674RT0001",
    vendor_address="118 Harbourfront Lane, Toronto, ON M5J 0A7",
    invoice_number="004-18273",
    invoice_date="2026-10-03",
    currency="CAD",
    subtotal=Decimal("44.30"),
    taxable_amt=Decimal("44.30"),
    taxes=(Tax("HST", Decimal("13"), Decimal("44.30"), Decimal("5.76")),),
    tax_amt=Decimal("5.76"),
    total_amt=Decimal("50.06"),
    items=(
        Line("Sourdough loaf", Decimal("2"), Decimal("7.90"), Decimal("15.80")),
        Line("Cinnamon roll", Decimal("6"), Decimal("3.25"), Decimal("19.50")),
        Line("Flat white", Decimal("2"), Decimal("4.50"), Decimal("9.00")),
    ),
)


def draw() -> Sample:
    """The sample, drawn on one length of the roll."""
    sheet = Sheet((_WIDTH, _HEIGHT), COURIER, f"Receipt {VALUES.invoice_number}")
    middle = _WIDTH / 2
    sheet.text(middle, 34, VALUES.vendor_name, size=12.5, bold=True, align="centre")
    y = 50.0
    for line in (
        "118 Harbourfront Lane",
        "Toronto, ON M5J 0A7",
        "Tel. (416) 555-0188",
        f"HST # {VALUES.vendor_tax_id}",
    ):
        sheet.text(middle, y, line, size=8.5, align="centre")
        y += 12
    sheet.rule(_LEFT, y, _RIGHT, colour="#1d2433", dashed=True)
    sheet.text(_LEFT, y + 16, f"Receipt no. {VALUES.invoice_number}", size=8.5)
    sheet.text(_LEFT, y + 28, f"Date {VALUES.invoice_date}", size=8.5)
    sheet.text(_RIGHT, y + 28, "08:42", size=8.5, align="right")
    sheet.text(_LEFT, y + 40, "Till 4   Served by Amara", size=8.5)
    sheet.rule(_LEFT, y + 50, _RIGHT, colour="#1d2433", dashed=True)
    y = _items(sheet, y + 66)
    sheet.rule(_LEFT, y - 6, _RIGHT, colour="#1d2433", dashed=True)
    y = sheet.sums(
        _LEFT,
        _RIGHT,
        y + 10,
        [("Subtotal", western(VALUES.subtotal)), ("HST 13%", western(VALUES.tax_amt))],
        size=8.5,
    )
    sheet.text(_LEFT, y + 8, "TOTAL", size=13, bold=True)
    sheet.text(_RIGHT, y + 8, "$" + western(VALUES.total_amt), size=13, bold=True, align="right")
    sheet.text(_LEFT, y + 30, "Paid by debit card ****4417", size=8.5)
    sheet.text(_LEFT, y + 42, "Approved 083311", size=8.5)
    sheet.rule(_LEFT, y + 54, _RIGHT, colour="#1d2433", dashed=True)
    sheet.text(middle, y + 72, "Thank you, see you soon!", size=8.5, align="centre")
    return Sample("receipt.pdf", sheet.pdf(), VALUES)


def _items(sheet: Sheet, y: float) -> float:
    for item in VALUES.items:
        sheet.text(_LEFT, y, item.description, size=8.5)
        sheet.text(_LEFT + 10, y + 11, f"{count(item.quantity)} x {western(item.unit_price)}", size=8.5)
        sheet.text(_RIGHT, y + 11, western(item.amount), size=8.5, align="right")
        y += 26
    return y
