"""Heads, titles and remarks that could be taken for something else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emulators.gemini.reader.dates import order_of
from tests.unit.emulators.gemini.drawn import Paper, us_invoice


def _rows(found: dict[str, object]) -> list[dict[str, object]]:
    rows = found["items"]
    assert isinstance(rows, list)
    return rows


def test_a_number_below_the_bare_word_for_an_invoice_is_read() -> None:
    paper = Paper()
    paper.text(45, 60, "Saeco Winkel B.V.", size=14)
    for x, head, value in (
        (45, "Klant", "SC0303"),
        (150, "Order", "SO-0444"),
        (250, "Factuurdatum", "8-9-2022"),
        (350, "Factuur", "VF1005193039"),
        (460, "Vervaldatum", "22-9-2022"),
    ):
        paper.text(x, 150, head)
        paper.text(x, 164, value)
    paper.row(220, (45, "Omschrijving"), (350, "Aantal"), (440, "Prijs"), (550, "Bedrag"))
    paper.row(236, (45, "Onderhoudsset"), (350, "1"), (440, "49,99"), (550, "49,99"))
    paper.row(270, (440, "Totaal EUR"), (550, "49,99"))
    found = paper.read()
    assert (found["invoice_number"], found["invoice_date"]) == ("VF1005193039", "2022-09-08")


def test_an_invoice_of_any_kind_is_an_invoice() -> None:
    paper = Paper()
    paper.text(45, 60, "Muster Autovermietung GmbH", size=14)
    paper.text(45, 100, "Mietrechnung (387) Nr. 9314110911/00/M vom 01.10.2018")
    paper.text(45, 114, "Bestellung: B123456789")
    paper.row(300, (440, "Gesamtbetrag"), (550, "340,96"))
    found = paper.read()
    assert (found["document_type"], found["invoice_number"]) == ("invoice", "9314110911/00/M")


@pytest.mark.parametrize("remark", ["(Not to be used for payment remittance)", "Please quote with payment"])
def test_a_remark_below_a_label_is_no_sellers_name(remark: str) -> None:
    paper = Paper()
    paper.text(45, 60, "Invoice", size=18)
    paper.lines(45, 90, "Invoice Number: 42183017", "Invoice Date: March 5, 2026")
    paper.lines(350, 90, "Service Provider:", remark, "Amber Cloud Services, Inc.", "410 Terry Ave North")
    paper.row(300, (440, "Total"), (550, "$4.11"))
    assert paper.read()["vendor_name"] == "Amber Cloud Services, Inc."


def test_the_description_is_where_words_stand() -> None:
    paper = Paper()
    paper.text(45, 60, "Northwind Supplies Ltd", size=14)
    paper.text(400, 60, "INVOICE", size=18)
    heads = ((45, "Item"), (80, "Product"), (350, "Qty"), (440, "Price"), (550, "Amount"))
    paper.row(240, *heads)
    paper.row(256, (45, "1"), (80, "Oak table top"), (350, "3"), (440, "250.00"), (550, "750.00"))
    paper.row(270, (45, "2"), (80, "LED lamp"), (350, "2"), (440, "10.00"), (550, "20.00"))
    paper.row(310, (440, "Total"), (550, "770.00"))
    assert [row["description"] for row in _rows(paper.read())] == ["Oak table top", "LED lamp"]


def test_what_is_to_be_paid_is_the_total_beside_an_advance() -> None:
    paper = Paper()
    paper.text(45, 60, "Officine Rossi S.r.l.", size=14)
    paper.text(400, 60, "FATTURA", size=18)
    paper.row(240, (45, "Descrizione"), (350, "Quantità"), (440, "Prezzo"), (550, "Importo"))
    paper.row(256, (45, "Manodopera"), (350, "2"), (440, "100,00"), (550, "200,00"))
    for y, label, value in (
        (290, "Imponibile", "200,00"),
        (304, "IVA 22%", "44,00"),
        (318, "Totale a pagare", "244,00"),
        (332, "Acconto", "44,00"),
        (346, "Saldo", "200,00"),
    ):
        paper.row(y, (440, label), (550, value))
    found = paper.read()
    assert (found["total_amt"], found["amount_due"]) == (Decimal("244.00"), Decimal("200.00"))


def test_a_total_of_items_in_money_is_a_subtotal() -> None:
    paper = us_invoice()
    assert paper.read()["subtotal"] == Decimal("2100.50")
    paper = Paper()
    paper.text(45, 60, "Oakfield Dairy", size=14)
    paper.text(400, 60, "INVOICE", size=18)
    paper.row(240, (45, "Description"), (350, "Qty"), (440, "Price"), (550, "Amount"))
    paper.row(256, (45, "Training day"), (350, "2"), (440, "100.00"), (550, "200.00"))
    for y, label, value in (
        (290, "Total items", "200.00"),
        (304, "Discount", "-20.00"),
        (318, "Total net", "180.00"),
        (332, "VAT 20%", "36.00"),
        (346, "Grand Total", "216.00"),
    ):
        paper.row(y, (440, label), (550, value))
    found = paper.read()
    assert (found["subtotal"], found["taxable_amt"]) == (Decimal("200.00"), Decimal("180.00"))


def test_a_sort_code_is_no_date_that_shows_an_order() -> None:
    assert order_of(["Sort code 20-00-00", "Invoice date 06/11/2024"], "mdy") == "mdy"
