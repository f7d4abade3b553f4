"""Whole documents, drawn here, as the reader sees them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.emulators.gemini.drawn import Paper, turned, us_invoice, values_of


def items(found: dict[str, object]) -> list[dict[str, object]]:
    rows = found["items"]
    assert isinstance(rows, list)
    return rows


def test_a_plain_invoice_is_read_whole() -> None:
    found = us_invoice().read()
    wanted = {
        "language": "English",
        "type": "computerized",
        "document_type": "invoice",
        "vendor_name": "Blue Ridge Consulting LLC",
        "vendor_tax_id": "84-1234567",
        "vendor_address": "77 Elm Avenue, Denver, CO 80203",
        "buyer_name": "Harbor Retail Inc.",
        "buyer_tax_id": None,
        "invoice_number": "BR-2041",
        "invoice_date": "2026-03-05",
        "due_date": "2026-04-04",
        "payment_terms": "Net 30 days",
        "po_number": "PO-77120",
        "currency": "USD",
        "subtotal": Decimal("2100.50"),
        "discount_amt": None,
        "taxable_amt": Decimal("2100.50"),
        "tax_amt": Decimal("168.04"),
        "total_amt": Decimal("2268.54"),
        "amount_due": None,
        "irn": None,
    }
    assert {name: found[name] for name in wanted} == wanted
    assert items(found)[0] == {
        "description": "Site survey",
        "hsn_code": None,
        "quantity": 2,
        "unit": None,
        "unit_price": Decimal("450.00"),
        "discount": None,
        "tax_rate": None,
        "tax_amt": None,
        "amount": Decimal("900.00"),
        "page": 1,
    }


def letter() -> Paper:
    """A German letter: sender's line, address window without a label, labels over their values."""
    paper = Paper()
    paper.text(45, 60, "Weber & Söhne", size=16)
    paper.text(45, 120, "Weber & Söhne Werkzeugbau GmbH · Am Hammer 7 · 42857 Remscheid", size=6)
    paper.lines(45, 140, "Lindental Maschinen AG", "Talstraße 112", "72764 Reutlingen")
    for x, label, value in (
        (45, "Rechnungsnummer", "RE-2026-104"),
        (180, "Rechnungsdatum", "03.04.2026"),
        (320, "Bestellnummer", "B-77310"),
    ):
        paper.lines(x, 230, label, value)
    paper.row(280, (45, "Pos."), (80, "Bezeichnung"), (350, "Menge"), (440, "E-Preis"), (550, "Gesamt"))
    paper.row(296, (45, "1"), (80, "Spiralbohrer HSS-G"), (350, "40 Stk"), (440, "2,35"), (550, "94,00"))
    paper.text(80, 309, "4,2 mm, DIN 338")
    paper.row(324, (45, "2"), (80, "Spannzange ER32"), (350, "8 Stk"), (440, "18,40"), (550, "147,20"))
    paper.row(360, (440, "Nettobetrag"), (550, "241,20"))
    paper.row(374, (440, "USt 19 %"), (550, "45,83"))
    paper.row(388, (440, "Gesamtbetrag"), (550, "287,03 €"))
    paper.text(45, 420, "Zahlbar innerhalb von 14 Tagen ohne Abzug.")
    paper.text(45, 800, "USt-IdNr. DE 284 619 375   Amtsgericht Wuppertal HRB 18842", size=7)
    return paper


def test_a_letter_without_labels_for_its_parties_is_understood() -> None:
    found = letter().read()
    assert found["language"] == "German"
    assert found["vendor_name"] == "Weber & Söhne Werkzeugbau GmbH"
    assert found["vendor_address"] == "Am Hammer 7, 42857 Remscheid"
    assert found["vendor_tax_id"] == "DE284619375"
    assert found["buyer_name"] == "Lindental Maschinen AG"
    assert found["payment_terms"] == "Zahlbar innerhalb von 14 Tagen ohne Abzug."


def test_labels_over_their_values_are_read_column_by_column() -> None:
    found = letter().read()
    assert (found["invoice_number"], found["invoice_date"], found["po_number"]) == (
        "RE-2026-104",
        "2026-04-03",
        "B-77310",
    )


def test_a_description_of_two_lines_is_one_and_quantities_keep_their_unit() -> None:
    first, second = items(letter().read())
    assert first["description"] == "Spiralbohrer HSS-G 4,2 mm, DIN 338"
    assert (first["quantity"], first["unit"], first["unit_price"]) == (40, "Stk", Decimal("2.35"))
    assert second["amount"] == Decimal("147.20")


def test_items_run_over_pages_and_carried_sums_are_none_of_them() -> None:
    paper = Paper()
    paper.text(45, 60, "INVOICE", size=18)
    paper.lines(45, 90, "Invoice No: 77")
    head = ((45, "Item"), (350, "Qty"), (440, "Price"), (550, "Amount"))
    paper.row(140, *head)
    for number in range(40):
        paper.row(160 + 14 * number, (45, f"Part {number}"), (350, "1"), (440, "2.00"), (550, "2.00"))
    paper.row(740, (440, "Carried forward"), (550, "80.00"))
    paper.next_page()
    paper.row(60, (440, "Brought forward"), (550, "80.00"))
    paper.row(90, *head)
    for number in range(40, 45):
        paper.row(110 + 14 * (number - 40), (45, f"Part {number}"), (350, "1"), (440, "2.00"), (550, "2.00"))
    paper.row(220, (440, "Total"), (550, "90.00"))
    found = paper.read()
    assert [item["description"] for item in items(found)] == [f"Part {number}" for number in range(45)]
    assert [item["page"] for item in items(found)][-1] == 2
    assert found["total_amt"] == Decimal("90.00")


def test_an_indian_tax_invoice_is_read_with_both_gstins() -> None:
    paper = Paper()
    paper.text(250, 50, "TAX INVOICE", size=13)
    paper.text(45, 70, "IRN: 6f23b5e3d08c7f74be1ad7eebd9ec6cc0992a0ab15e7fe09a5ee24fb74c37750")
    paper.lines(45, 100, "Sahyadri Solar Pvt. Ltd.", "Plot 14, MIDC, Pune 410501", "GSTIN: 27AAKCS4821M1ZW")
    paper.lines(330, 100, "Invoice No. SSE/26-27/0183", "Dated 18-Jul-2026")
    paper.lines(
        45, 160, "Buyer (Bill to)", "Deccan Dairy", "Satara Road, Shirwal 412801", "GSTIN: 27AABFD7390K1Z4"
    )
    paper.row(
        230, (45, "Description of Goods"), (250, "HSN/SAC"), (350, "Qty"), (440, "Rate"), (550, "Amount")
    )
    paper.row(
        246, (45, "Solar module"), (250, "854143"), (350, "6 Nos"), (440, "12,400.00"), (550, "74,400.00")
    )
    paper.row(280, (440, "Taxable Value"), (550, "74,400.00"))
    paper.row(294, (440, "CGST @ 2.5%"), (550, "1,860.00"))
    paper.row(308, (440, "SGST @ 2.5%"), (550, "1,860.00"))
    paper.row(322, (440, "Grand Total Rs."), (550, "78,120.00"))
    found = paper.read()
    assert found["irn"] == "6f23b5e3d08c7f74be1ad7eebd9ec6cc0992a0ab15e7fe09a5ee24fb74c37750"
    assert found["invoice_number"] == "SSE/26-27/0183"
    assert (found["vendor_name"], found["buyer_name"]) == ("Sahyadri Solar Pvt. Ltd.", "Deccan Dairy")
    assert (found["vendor_tax_id"], found["buyer_tax_id"]) == ("27AAKCS4821M1ZW", "27AABFD7390K1Z4")
    assert (items(found)[0]["hsn_code"], items(found)[0]["unit"]) == ("854143", "Nos")
    assert (found["currency"], found["total_amt"]) == ("INR", Decimal("78120.00"))


@pytest.mark.parametrize("title", ["QUOTATION", "Contract", "Sales Order", "Angebot"])
def test_what_is_no_invoice_has_no_invoice_number(title: str) -> None:
    paper = Paper()
    paper.text(45, 60, title, size=20)
    paper.lines(45, 100, "No. 4711", "Invoice to: Harbor Retail Inc.", "Total: 450.00 EUR")
    found = paper.read()
    assert (found["document_type"], found["invoice_number"]) == ("other", None)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("CREDIT NOTE", "credit_note"),
        ("Gutschrift", "credit_note"),
        ("Debit Note", "debit_note"),
        ("Facture", "invoice"),
    ],
)
def test_the_title_names_the_type_of_a_document(title: str, kind: str) -> None:
    paper = Paper()
    paper.text(45, 60, title, size=20)
    paper.lines(45, 100, "Nr. 4711", "Total: 450,00 EUR")
    assert paper.read()["document_type"] == kind


def test_thirty_days_are_terms_and_no_date() -> None:
    paper = Paper()
    paper.text(45, 60, "Invoice 8", size=18)
    paper.lines(45, 100, "Terms: 30 days", "Total: 12.00")
    found = paper.read()
    assert (found["payment_terms"], found["due_date"]) == ("30 days", None)


def test_a_bare_dollar_without_a_country_has_no_currency() -> None:
    paper = Paper()
    paper.lines(45, 60, "Invoice 8", "Total: $12.00")
    assert paper.read()["currency"] is None


def test_a_page_without_words_has_no_values() -> None:
    assert values_of(Paper().pdf()) == {}


def test_words_that_nobody_sees_are_not_read() -> None:
    paper = us_invoice()
    paper.colour(1, 1, 1)
    paper.lines(45, 30, "Invoice #: HIDDEN-1", "Total: $9,999.00")
    paper.colour(0, 0, 0)
    paper.text(45, 20, "Invoice #: TINY-1", size=0.8)
    paper.text(45, -40, "Invoice #: OUTSIDE-1")
    found = paper.read()
    assert (found["invoice_number"], found["total_amt"]) == ("BR-2041", Decimal("2268.54"))


def test_words_under_a_cover_are_not_read() -> None:
    paper = Paper()
    paper.lines(45, 60, "Invoice No: C-1", "Total: 9,999.00 EUR")
    paper.colour(1, 1, 1)
    paper.box(40, 62, 300, 14)
    paper.colour(0, 0, 0)
    paper.text(45, 120, "Total: 12.00 EUR")
    found = paper.read()
    assert (found["invoice_number"], found["total_amt"]) == ("C-1", Decimal("12.00"))


def test_white_words_on_a_dark_ground_are_read() -> None:
    paper = Paper()
    paper.colour(0.1, 0.1, 0.3)
    paper.box(30, 40, 500, 40)
    paper.colour(1, 1, 1)
    paper.text(45, 62, "Invoice No: W-77", size=12)
    paper.colour(0, 0, 0)
    paper.text(45, 120, "Total: 12.00 EUR")
    assert paper.read()["invoice_number"] == "W-77"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_in_its_own_direction(degrees: int) -> None:
    found = values_of(turned(us_invoice().pdf(), degrees))
    assert (found["invoice_number"], found["total_amt"]) == ("BR-2041", Decimal("2268.54"))
    assert found["buyer_name"] == "Harbor Retail Inc."
