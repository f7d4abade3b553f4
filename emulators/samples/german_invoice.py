"""A German letter invoice over two pages: 1.234,56, carry-overs, two VAT rates, a prepayment."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from emulators.samples.german_items import lines
from emulators.samples.notation import count, dotted_date, german
from emulators.samples.sheet import A4, GREY, HELVETICA, Sheet
from emulators.samples.table import Column, Style, Table
from emulators.samples.values import Line, Sample, Tax, Values

_LINES = lines()
_ON_FIRST_PAGE = 19
_LEFT, _RIGHT = 71.0, A4[0] - 57
_RED = "#a3262a"
_TABLE = Table(
    [
        Column("Pos.", 28),
        Column("Artikel", 50),
        Column("Bezeichnung", 185),
        Column("Menge", 38, "right"),
        Column("Einh.", 34),
        Column("E-Preis", 46, "right"),
        Column("USt", 34, "right"),
        Column("Gesamt", 52.28, "right"),
    ],
    Style(rule="#d6d9df", size=8.5, padding=3.6),
)

VALUES = Values(
    language="German",
    document_type="invoice",
    vendor_name="Weber & Söhne Werkzeugbau GmbH",
    vendor_tax_id="DE284619375",
    vendor_address="Am Eisenhammer 7, 42857 Remscheid",
    buyer_name="Maschinenfabrik Lindental AG",
    invoice_number="RE-2026-10482",
    invoice_date="2026-04-14",
    due_date="2026-05-14",
    payment_terms="Zahlbar bis 14.05.2026 ohne Abzug, bei Zahlung innerhalb von 10 Tagen 2 % Skonto.",
    po_number="B-77310",
    currency="EUR",
    subtotal=Decimal("5480.45"),
    shipping_amt=Decimal("24.90"),
    charges_amt=Decimal("24.90"),
    taxable_amt=Decimal("5505.35"),
    taxes=(
        Tax("USt", Decimal("19"), Decimal("5256.25"), Decimal("998.69")),
        Tax("USt", Decimal("7"), Decimal("249.10"), Decimal("17.44")),
    ),
    tax_amt=Decimal("1016.13"),
    total_amt=Decimal("6521.48"),
    prepaid_amt=Decimal("1500.00"),
    amount_due=Decimal("5021.48"),
    items=tuple(line for _, line in _LINES),
)


def draw() -> Sample:
    """The sample, drawn after DIN 5008: address window, information block, folding marks."""
    sheet = Sheet(A4, HELVETICA, f"Rechnung {VALUES.invoice_number}")
    first, second = _LINES[:_ON_FIRST_PAGE], _LINES[_ON_FIRST_PAGE:]
    carried = sum((line.amount for _, line in first), Decimal(0))
    _letterhead(sheet)
    _foot(sheet, 1)
    y = _TABLE.draw(sheet, _LEFT, 344, _rows(first, 1))
    _carry(sheet, y + 15, "Übertrag", carried)
    sheet.next_page()
    sheet.text(_LEFT, 60, VALUES.vendor_name, bold=True, colour=_RED)
    sheet.text(_RIGHT, 60, f"Rechnung {VALUES.invoice_number}", align="right", colour=GREY)
    sheet.rule(_LEFT, 68, _RIGHT, colour=_RED)
    _carry(sheet, 88, "Übertrag von Seite 1", carried)
    y = _TABLE.draw(sheet, _LEFT, 98, _rows(second, _ON_FIRST_PAGE + 1))
    y = _sums(sheet, y + 24)
    y = sheet.lines(
        _LEFT,
        y + 26,
        [
            VALUES.payment_terms or "",
            "Bitte geben Sie bei der Überweisung die Rechnungsnummer an.",
            "Das Leistungsdatum entspricht dem Lieferdatum 09.04.2026.",
        ],
    )
    sheet.text(_LEFT, y + 12, "Vielen Dank für Ihren Auftrag.")
    _foot(sheet, 2)
    return Sample("german-invoice.pdf", sheet.pdf(), VALUES)


def _letterhead(sheet: Sheet) -> None:
    with sheet.vector(_LEFT, 74) as logo:
        logo.setStrokeColor(_RED)
        logo.setLineWidth(3)
        logo.circle(17, 17, 13)
        logo.circle(17, 17, 5)
        logo.setLineWidth(4)
        logo.line(17, 30, 17, 36)
        logo.line(17, -2, 17, 4)
        logo.line(-2, 17, 4, 17)
        logo.line(30, 17, 36, 17)
    sheet.text(_LEFT + 48, 56, "Weber & Söhne", size=17, bold=True, colour=_RED)
    sheet.text(_LEFT + 48, 71, "Werkzeugbau seit 1961", size=9, colour=GREY)
    sheet.text(
        _LEFT,
        134,
        "Weber & Söhne Werkzeugbau GmbH · Am Eisenhammer 7 · 42857 Remscheid",
        size=6.5,
        colour=GREY,
    )
    sheet.rule(_LEFT, 138, _LEFT + 232, colour=GREY, weight=0.4)
    sheet.lines(
        _LEFT,
        156,
        ["Maschinenfabrik Lindental AG", "Einkauf, Frau Dr. Krüger", "Talstraße 112", "72764 Reutlingen"],
        size=10,
    )
    sheet.pairs(
        _RIGHT - 186,
        _RIGHT - 84,
        156,
        [
            ("Rechnungsnummer", VALUES.invoice_number),
            ("Rechnungsdatum", dotted_date(VALUES.invoice_date)),
            ("Fällig am", dotted_date(VALUES.due_date or "")),
            ("Lieferdatum", "09.04.2026"),
            ("Kundennummer", "K-20418"),
            ("Ihre Bestellung", VALUES.po_number or ""),
            ("Sachbearbeiter", "Jonas Weber"),
        ],
        size=8.5,
    )
    sheet.text(_LEFT, 294, "Rechnung", size=15, bold=True)
    sheet.lines(
        _LEFT,
        314,
        [
            "Sehr geehrte Frau Dr. Krüger,",
            "für unsere Lieferung vom 09.04.2026 berechnen wir Ihnen (alle Preise in EUR):",
        ],
    )
    for mark, end in ((297, 20), (421, 26), (595, 20)):  # folds at 105 and 210 mm, the punch between
        sheet.rule(10, mark, end, colour=GREY, weight=0.4)


def _rows(numbered: Sequence[tuple[str, Line]], first: int) -> list[list[str]]:
    return [
        [
            str(position),
            article,
            line.description,
            count(line.quantity).replace(".", ","),
            line.unit or "",
            german(line.unit_price),
            f"{count(line.tax_rate or Decimal(0))} %",
            german(line.amount),
        ]
        for position, (article, line) in enumerate(numbered, first)
    ]


def _carry(sheet: Sheet, y: float, label: str, amount: Decimal) -> None:
    sheet.text(_LEFT + 82, y, label, size=8.5, bold=True)
    sheet.text(_RIGHT - 3.6, y, german(amount), size=8.5, bold=True, align="right")


def _sums(sheet: Sheet, y: float) -> float:
    x, edge = _RIGHT - 250, _RIGHT - 3.6
    y = sheet.sums(
        x,
        edge,
        y,
        [
            ("Zwischensumme netto", german(VALUES.subtotal)),
            ("Versandkosten (19 % USt)", german(VALUES.shipping_amt or Decimal(0))),
            ("Nettobetrag", german(VALUES.taxable_amt)),
            *((f"{t.type} {t.rate} % auf {german(t.taxable_amt)}", german(t.amount)) for t in VALUES.taxes),
            ("Umsatzsteuer gesamt", german(VALUES.tax_amt)),
        ],
    )
    sheet.rule(x, y - 10, _RIGHT, colour=_RED, weight=1)
    sheet.text(x, y + 5, "Gesamtbetrag", size=10.5, bold=True)
    sheet.text(edge, y + 5, german(VALUES.total_amt) + " €", size=10.5, bold=True, align="right")
    y = sheet.sums(
        x, edge, y + 24, [("Anzahlung vom 27.03.2026", "-" + german(VALUES.prepaid_amt or Decimal(0)))]
    )
    sheet.text(x, y, "Zahlbetrag", size=10.5, bold=True)
    sheet.text(edge, y, german(VALUES.amount_due or Decimal(0)) + " €", size=10.5, bold=True, align="right")
    sheet.rule(x, y + 6, _RIGHT, colour=_RED, weight=1)
    sheet.rule(x, y + 8.5, _RIGHT, colour=_RED, weight=1)
    return y


def _foot(sheet: Sheet, page: int) -> None:
    y = A4[1] - 74
    sheet.rule(_LEFT, y, _RIGHT, colour=_RED)
    blocks = [
        ["Weber & Söhne Werkzeugbau GmbH", "Am Eisenhammer 7", "42857 Remscheid"],
        [
            "Amtsgericht Wuppertal HRB 18842",
            "Geschäftsführer: Jonas Weber",
            f"USt-IdNr. {VALUES.vendor_tax_id}",
        ],
        ["Bergische Handelsbank", "IBAN DE02 1203 0000 0000 2020 51", "BIC BHBKDE33XXX"],
    ]
    for x, block in zip((_LEFT, _LEFT + 160, _LEFT + 322), blocks, strict=True):
        sheet.lines(x, y + 14, block, size=7.5, colour=GREY)
    sheet.text(_RIGHT, A4[1] - 24, f"Seite {page} von 2", size=7.5, colour=GREY, align="right")
