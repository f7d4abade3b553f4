"""An American invoice: USD, sales tax, a discount, freight, and a ship-to that is not the buyer."""

from __future__ import annotations

from decimal import Decimal

from emulators.samples.notation import count, long_date, western
from emulators.samples.sheet import GREY, LETTER, Sheet, manrope
from emulators.samples.table import Column, Style, Table
from emulators.samples.values import Line, Sample, Tax, Values

_BLUE = "#1f3a5f"

_ITEMS = Table(
    [
        Column("Description", 244),
        Column("Qty", 54, "right"),
        Column("Unit", 44, "centre"),
        Column("Unit price", 84, "right"),
        Column("Amount", 90, "right"),
    ],
    Style(head_fill=_BLUE, head_ink="#ffffff", padding=7, size=9),
)

VALUES = Values(
    language="English",
    document_type="invoice",
    vendor_name="Alder & Finch Instruments, Inc.",
    vendor_tax_id="74-3018264",
    vendor_address="2210 Pecan Bend Road, Austin, TX 78704",
    buyer_name="Cascade Field Research LLC",
    invoice_number="AF-2026-0417",
    invoice_date="2026-03-12",
    due_date="2026-04-11",
    payment_terms="Net 30 days. Please quote the invoice number with your payment.",
    po_number="PO-55219",
    currency="USD",
    subtotal=Decimal("2940.00"),
    discount_amt=Decimal("147.00"),
    shipping_amt=Decimal("45.00"),
    charges_amt=Decimal("45.00"),
    taxable_amt=Decimal("2838.00"),
    taxes=(Tax("Sales tax", Decimal("8.25"), Decimal("2838.00"), Decimal("234.14")),),
    tax_amt=Decimal("234.14"),
    total_amt=Decimal("3072.14"),
    amount_due=Decimal("3072.14"),
    items=(
        Line(
            "Soil moisture probe SM-40, 4-20 mA",
            Decimal("12"),
            Decimal("118.50"),
            Decimal("1422.00"),
            unit="ea",
        ),
        Line(
            "Data logger DL-8, eight channels", Decimal("2"), Decimal("496.00"), Decimal("992.00"), unit="ea"
        ),
        Line("Shielded sensor cable, 22 AWG", Decimal("150"), Decimal("1.24"), Decimal("186.00"), unit="ft"),
        Line(
            "On-site calibration with certificate",
            Decimal("2.5"),
            Decimal("136.00"),
            Decimal("340.00"),
            unit="hr",
        ),
    ),
)


def draw() -> Sample:
    """The sample, drawn on US Letter."""
    sheet = Sheet(LETTER, manrope(), f"Invoice {VALUES.invoice_number}")
    left, right = 48.0, sheet.width - 48
    _head(sheet, left, right)
    sheet.rule(left, 206, right)
    _parties(sheet, left)
    y = _ITEMS.draw(
        sheet,
        left,
        304,
        [
            [i.description, count(i.quantity), i.unit or "", western(i.unit_price), western(i.amount)]
            for i in VALUES.items
        ],
    )
    _totals(sheet, y + 26, right)
    sheet.text(left, y + 26, "Payment terms", bold=True)
    sheet.lines(left, y + 41, ["Net 30 days. Please quote the invoice number", "with your payment."])
    sheet.text(left, y + 82, "Remit to", bold=True)
    sheet.lines(left, y + 97, ["Lone Star Commercial Bank", "Account ending 2217"])
    sheet.rule(left, sheet.height - 62, right)
    sheet.text(
        sheet.width / 2,
        sheet.height - 46,
        "Questions? accounts@alderfinch.example · (512) 555-0142",
        size=8,
        colour=GREY,
        align="centre",
    )
    return Sample("us-invoice.pdf", sheet.pdf(), VALUES)


def _head(sheet: Sheet, left: float, right: float) -> None:
    sheet.fill(0, 0, sheet.width, 10, _BLUE)
    with sheet.vector(left, 92) as logo:
        logo.setFillColor(_BLUE)
        logo.roundRect(0, 0, 40, 40, 8, stroke=0, fill=1)
        logo.setStrokeColor("#ffffff")
        logo.setLineWidth(2.4)
        logo.lines([(10, 10, 20, 31), (20, 31, 30, 10), (14, 18, 26, 18)])
    sheet.text(left + 52, 70, VALUES.vendor_name, size=13, bold=True, colour=_BLUE)
    sheet.text(left + 52, 86, "Measuring what matters outdoors", size=8.5, colour=GREY)
    sheet.lines(
        left,
        120,
        ["2210 Pecan Bend Road", "Austin, TX 78704", f"EIN {VALUES.vendor_tax_id}"],
        colour=GREY,
    )
    sheet.text(right, 74, "INVOICE", size=25, bold=True, colour=_BLUE, align="right")
    sheet.pairs(
        right - 190,
        right - 92,
        120,
        [
            ("Invoice no.", VALUES.invoice_number),
            ("Invoice date", long_date(VALUES.invoice_date)),
            ("Due date", long_date(VALUES.due_date or "")),
            ("Customer PO", VALUES.po_number or ""),
            ("Currency", VALUES.currency),
        ],
    )


def _parties(sheet: Sheet, left: float) -> None:
    sheet.text(left, 228, "BILL TO", size=8, bold=True, colour=GREY)
    sheet.lines(
        left,
        244,
        ["Cascade Field Research LLC", "Accounts Payable", "810 NW Larkspur Street", "Portland, OR 97209"],
        first_bold=True,
    )
    sheet.text(left + 240, 228, "SHIP TO", size=8, bold=True, colour=GREY)
    sheet.lines(
        left + 240,
        244,
        ["Hill Country Test Plot", "c/o M. Ortega", "RR 12, Gate 3", "Dripping Springs, TX 78620"],
        first_bold=True,
    )


def _totals(sheet: Sheet, y: float, right: float) -> None:
    x = right - 210
    y = sheet.sums(
        x,
        right - 7,
        y,
        [
            ("Subtotal", western(VALUES.subtotal)),
            ("Discount 5%", "-" + western(VALUES.discount_amt or Decimal(0))),
            ("Shipping", western(VALUES.shipping_amt or Decimal(0))),
            ("Taxable amount", western(VALUES.taxable_amt)),
            ("Sales tax 8.25%", western(VALUES.tax_amt)),
        ],
    )
    sheet.rule(x, y - 8, right)
    sheet.text(x, y + 8, "Total", size=10, bold=True)
    sheet.text(right - 7, y + 8, "$" + western(VALUES.total_amt), size=10, bold=True, align="right")
    sheet.fill(x - 8, y + 20, 218, 28, _BLUE, radius=3)
    sheet.text(x, y + 38, "Amount due", size=11, bold=True, colour="#ffffff")
    sheet.text(
        right - 7,
        y + 38,
        "$" + western(VALUES.amount_due or Decimal(0)),
        size=11,
        bold=True,
        colour="#ffffff",
        align="right",
    )
