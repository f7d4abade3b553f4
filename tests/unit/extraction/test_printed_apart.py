"""What a page prints in parts, or close together, and what it is all the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.extraction.sheet import Sheet, concluded, doubted


def _invoice() -> Sheet:
    sheet = Sheet()
    sheet.text(40, 50, "Shree Ganesh Enterprises", 16).lines(40, 66, ["Plot 7", "Chennai 600002"])
    return sheet.pairs(350, 50, [("Invoice No.", "SG-2026-114"), ("Date", "2026-03-12")])


_HEAD = {
    "document_type": "invoice",
    "vendor_name": "Shree Ganesh Enterprises",
    "invoice_number": "SG-2026-114",
}


@pytest.mark.parametrize(
    ("tax", "flagged"), [("1258.56", False), ("629.28", True), ("1285.56", True), ("1887.84", True)]
)
def test_a_tax_is_the_sum_of_its_printed_halves_where_nothing_adds_them_up(
    tax: str, *, flagged: bool
) -> None:
    rows = [
        ("Taxable Value", "6,992.00"),
        ("CGST @ 9%", "629.28"),
        ("SGST @ 9%", "629.28"),
        ("Total", "8,250.56"),
    ]
    pdf = _invoice().sums(340, 300, rows).pdf()
    sums = {"taxable_amt": Decimal("6992.00"), "total_amt": Decimal("8250.56"), "tax_amt": Decimal(tax)}
    assert ("tax_amt" in doubted(concluded(pdf, {**_HEAD, **sums}))) is flagged


@pytest.mark.parametrize(("total", "found"), [("1234567.89", True), ("234567.89", False), ("567.89", False)])
def test_millions_parted_by_spaces_are_one_number(total: str, *, found: bool) -> None:
    pdf = _invoice().sums(340, 300, [("Subtotal", "1 028 806,57"), ("Total", "1 234 567,89")]).pdf()
    values = {**_HEAD, "subtotal": Decimal("1028806.57"), "total_amt": Decimal(total)}
    assert ("total_amt" not in doubted(concluded(pdf, values))) is found


@pytest.mark.parametrize("label", ["Customer", "To", "Buyer (if other than consignee)"])
def test_the_party_above_its_sender_is_the_buyer_where_a_label_says_so(label: str) -> None:
    sheet = Sheet().lines(40, 50, [label, "Oakfield School District", "2200 Lake Ave"])
    sheet.lines(40, 130, ["Kestrel Logistics Inc.", "14 Mill Lane"])
    pdf = sheet.pairs(350, 50, [("Invoice No.", "K-114"), ("Date", "2026-03-12")]).pdf()
    right: dict[str, Any] = {
        "vendor_name": "Kestrel Logistics Inc.",
        "buyer_name": "Oakfield School District",
    }
    assert not {"vendor_name", "buyer_name"} & doubted(concluded(pdf, right))
    assert "vendor_name" in doubted(concluded(pdf, {"vendor_name": "Oakfield School District"}))


def test_a_quantity_taken_for_the_thousands_of_its_price_is_named() -> None:
    sheet = _invoice()
    sheet.canvas.setFont("Courier", 9)
    sheet.table(240, [(40, "Description"), (-345, "Qty"), (-390, "Unit price"), (-540, "Amount")], [])
    for y, cells in ((258, ("8", "863,85", "6.910,80")), (273, ("3", "120,00", "360,00"))):
        sheet.text(40, y, "Papier A4")
        for x, cell in zip((345, 390, 540), cells, strict=True):
            sheet.right(x, y, cell)
    read = [
        {"description": "Papier A4", "unit_price": Decimal("8863.85"), "amount": Decimal("6910.80")},
        {
            "description": "Papier A4",
            "quantity": 3,
            "unit_price": Decimal("120.00"),
            "amount": Decimal("360.00"),
        },
    ]
    assert "items[0].unit_price" in doubted(concluded(sheet.pdf(), {**_HEAD, "items": read}))


@pytest.mark.parametrize("other", ["50667", "3704", "2026", "0044"])
def test_a_figure_among_words_is_no_number_of_the_column_above_it(other: str) -> None:
    sheet = (
        Sheet()
        .text(40, 50, "Rechnung", 14)
        .lines(40, 70, ["Nordlicht Druck GmbH", "Hauptstraße 12", "50667 Köln"])
    )
    sheet.lines(40, 130, ["Rechnungs-Nr.", "A55-546", "Datum", "3. April 2026"])
    sheet.text(40, 300, "Hauptstraße 12, 50667 Köln - IBAN DE89 3704 0044 0532 0130 00")
    pdf = sheet.pdf()
    assert "invoice_number" not in doubted(concluded(pdf, {"invoice_number": "A55-546"}))
    assert "invoice_number" in doubted(concluded(pdf, {"invoice_number": other}))


@pytest.mark.parametrize("printed", ["N° TVA: FR40303265045", "VAT No. 40303265045"])
def test_the_number_of_a_tax_payer_is_no_tax(printed: str) -> None:
    pdf = (
        _invoice().text(40, 110, printed).sums(340, 300, [("Total HT", "100,00"), ("TVA 20%", "20,00")]).pdf()
    )
    for amount, flagged in ((Decimal("20.00"), False), (Decimal(40303265045), True)):
        row = {"type": "TVA", "rate": None, "taxable_amt": None, "amount": amount}
        assert ("taxes" in doubted(concluded(pdf, {"taxes": [row]}))) is flagged


def test_taxes_of_the_same_figures_have_a_row_of_the_page_each() -> None:
    sheet = _invoice()
    sheet.table(
        300,
        [(40, "Tax"), (-180, "Rate"), (-280, "Taxable value"), (-360, "Tax amount")],
        [("CGST", "9%", "6,992.00", "629.28"), ("SGST", "9%", "6,992.00", "629.28")],
    )
    rows = [
        {"type": kind, "rate": 9, "taxable_amt": Decimal("6992.00"), "amount": Decimal("629.28")}
        for kind in ("CGST", "SGST")
    ]
    found = concluded(sheet.pdf(), {**_HEAD, "taxes": rows})["evidence"]["taxes"]["rows"]
    tops = [(row["amount"]["box"][1], row["rate"]["box"][1]) for row in found]
    assert tops[1][0] - tops[0][0] == tops[1][1] - tops[0][1] == 15
