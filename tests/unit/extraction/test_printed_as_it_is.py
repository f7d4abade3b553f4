"""What a document prints oddly, and what of it makes a value doubtful."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.extraction import base
from tests.unit.extraction.sheet import Sheet, concluded, doubted, german, reasons

_LETTER = (612.0, 792.0)


def _checks(result: dict[str, Any]) -> dict[str, str]:
    return {check["name"]: check["status"] for check in result["checks"]}


def _wrong_id() -> tuple[bytes, str]:
    """The invoice with a second tax number whose check digits are wrong as printed."""
    return base.sheet().lines(40, 182, ["VAT No: GB 123 4567 83"]).pdf(), "GB123456783"


def test_check_digits_that_fail_are_a_reason_though_the_number_is_printed_so() -> None:
    pdf, number = _wrong_id()
    result = concluded(pdf, base.truth(buyer_tax_id=number))
    assert _checks(result)["vat_id_buyer"] == "failed"
    assert ("bad_check_digit", "buyer_tax_id") in reasons(result)


def test_a_misread_digit_of_such_a_number_is_still_named() -> None:
    pdf, _ = _wrong_id()
    assert ("bad_check_digit", "buyer_tax_id") in reasons(
        concluded(pdf, base.truth(buyer_tax_id="GB123456784"))
    )


def test_a_net_total_is_the_total_where_nobody_speaks_of_tax() -> None:
    sheet = Sheet().text(40, 40, "Huber Dienste GmbH", 16).text(40, 90, "Rechnung Nr. 4711 vom 05.03.2024")
    sheet.table(
        150, [(40, "Beschreibung"), (-430, "Preis"), (-540, "Betrag")], [["Domain", "34,73", "34,73"]]
    )
    sheet.sums(400, 200, [("Total EUR", "34,73")])
    fields = {
        "document_type": "invoice",
        "taxable_amt": Decimal("34.73"),
        "total_amt": Decimal("34.73"),
        "currency": "EUR",
    }
    assert doubted(concluded(sheet.pdf(), fields)) == set()


def _per_thousand(amount: str) -> tuple[bytes, dict[str, Any]]:
    sheet = Sheet().text(40, 40, "Stadtwerke Nord AG", 16).text(430, 40, "RECHNUNG", 16)
    sheet.table(
        150,
        [(40, "Bezeichnung"), (-330, "Menge"), (-430, "Preis"), (-540, "Betrag")],
        [["Strom HT", "10.000", "5,20", amount], ["Grundpreis", "1", "48,00", "48,00"]],
    )
    sheet.sums(400, 220, [("Nettobetrag", "100,00"), ("Gesamtbetrag", "100,00")])
    items = [
        {
            "description": "Strom HT",
            "quantity": Decimal(10000),
            "unit_price": Decimal("5.20"),
            "amount": Decimal("52.00"),
        },
        {
            "description": "Grundpreis",
            "quantity": Decimal(1),
            "unit_price": Decimal("48.00"),
            "amount": Decimal("48.00"),
        },
    ]
    return sheet.pdf(), {
        "document_type": "invoice",
        "subtotal": Decimal("100.00"),
        "total_amt": Decimal("100.00"),
        "items": items,
    }


def test_a_price_for_a_thousand_is_no_wrong_sum_where_the_lines_add_up() -> None:
    pdf, fields = _per_thousand("52,00")
    result = concluded(pdf, fields)
    assert _checks(result)["line_amount"] == "passed"
    assert not {name for name in doubted(result) if name and name.startswith("items")}


def test_an_amount_ten_times_too_large_is_no_price_for_ten() -> None:
    pdf, fields = _per_thousand("52,00")
    fields["items"][0]["amount"] = Decimal("520.00")
    assert "items[0].amount" in doubted(concluded(pdf, fields))


def test_a_quantity_elsewhere_does_not_stand_for_the_one_in_its_column() -> None:
    sheet = base.sheet().text(40, 480, "Please pay within 30 days; 3 % off within 14 days")
    fields = base.with_item(2, quantity=Decimal(30), unit_price=None)
    assert "items[2].quantity" in doubted(concluded(sheet.pdf(), fields))


def test_a_line_over_nothing_that_was_left_out_is_missing() -> None:
    rows = [
        ("Preserving sugar", "50", "1.45", "72.50"),
        ("Preserving sugar, free", "10", "0.00", "0.00"),
        ("Citric acid", "100", "1.00", "100.00"),
    ]
    sheet = Sheet().text(40, 40, "Northwind Supplies Ltd", 16).text(430, 40, "INVOICE", 16)
    sheet.table(150, [(40, "Description"), (-330, "Quantity"), (-430, "Unit Price"), (-540, "Amount")], rows)
    sheet.sums(400, 240, [("Total", "172.50")])
    items = [
        {
            "description": name,
            "quantity": Decimal(quantity),
            "unit_price": Decimal(price),
            "amount": Decimal(amount),
        }
        for name, quantity, price, amount in rows
    ]
    pdf = sheet.pdf()
    fields = {"document_type": "invoice", "total_amt": Decimal("172.50"), "items": items}
    assert ("missing_line", "items") not in reasons(concluded(pdf, fields))
    assert ("missing_line", "items") in reasons(concluded(pdf, {**fields, "items": [items[0], items[2]]}))


def test_lines_that_do_not_add_up_are_doubted_as_a_whole() -> None:
    sheet = Sheet().text(40, 40, "Huber Dienste GmbH", 16).text(430, 40, "RECHNUNG", 16)
    sheet.table(150, [(40, "Bezeichnung"), (-540, "Betrag")], [["Beratung", german(Decimal(500))]])
    sheet.text(40, 184, "siehe Aufstellung vom März").sums(400, 240, [("Gesamtbetrag", "900,00")])
    items = [{"description": "Beratung", "amount": Decimal("500.00")}]
    fields = {"document_type": "invoice", "total_amt": Decimal("900.00"), "items": items}
    assert ("sum_mismatch", "items") in reasons(concluded(sheet.pdf(), fields))


def test_a_description_that_is_only_the_lines_number_is_doubted() -> None:
    rows = [("1", "Oak table top", "3", "250.00", "750.00"), ("2", "LED lamp", "2", "10.00", "20.00")]
    sheet = Sheet().text(40, 40, "Northwind Supplies Ltd", 16).text(430, 40, "INVOICE", 16)
    columns = [(40, "Item"), (80, "Product"), (-330, "Quantity"), (-430, "Price"), (-540, "Amount")]
    sheet.table(150, columns, rows).sums(400, 240, [("Total", "770.00")])
    items = [
        {
            "description": name,
            "quantity": Decimal(count),
            "unit_price": Decimal(price),
            "amount": Decimal(amount),
        }
        for name, _, count, price, amount in rows
    ]
    found = doubted(concluded(sheet.pdf(), {"document_type": "invoice", "items": items}))
    assert {"items[0].description", "items[1].description"} <= found


@pytest.mark.parametrize(
    "name", ["(Not to be used for payment remittance)", "Please pay to the account below", "* incl. levies"]
)
def test_a_remark_is_no_sellers_name(name: str) -> None:
    pdf = base.sheet().text(40, 500, name).pdf()
    assert ("wrong_place", "vendor_name") in reasons(concluded(pdf, base.truth(vendor_name=name)))


def test_who_stands_below_the_senders_line_is_no_seller() -> None:
    sheet = Sheet().text(45, 110, "Lindner Handel GmbH · Domplatz 9 · 50667 Köln", 7)
    sheet.lines(45, 126, ["Yuen Trading Ltd.", "93B Sai Yu Chung", "Yuen Long, Hong Kong"])
    sheet.text(45, 220, "Rechnung Nr. 4711 vom 05.03.2024", 14).sums(400, 300, [("Gesamtbetrag", "120,00")])
    pdf = sheet.pdf()
    fields = {"document_type": "invoice", "total_amt": Decimal(120)}
    wrong = concluded(pdf, {**fields, "vendor_name": "Yuen Trading Ltd."})
    assert ("wrong_place", "vendor_name") in reasons(wrong)
    right = concluded(
        pdf, {**fields, "vendor_name": "Lindner Handel GmbH", "buyer_name": "Yuen Trading Ltd."}
    )
    assert not doubted(right) & {"vendor_name", "buyer_name"}


def test_an_invoice_is_no_credit_note() -> None:
    result = concluded(base.sheet().pdf(), base.truth(document_type="credit_note"))
    assert ("wrong_place", "document_type") in reasons(result)


def test_a_title_whose_letters_are_set_apart_is_a_title() -> None:
    sheet = Sheet().text(40, 40, "Huber GmbH", 16).text(40, 80, "G U T S C H R I F T", 14)
    sheet.sums(400, 240, [("Gesamtbetrag", "120,00")])
    pdf = sheet.pdf()
    fields = {"document_type": "credit_note", "total_amt": Decimal(120)}
    assert "document_type" not in doubted(concluded(pdf, fields))
    assert "document_type" in doubted(concluded(pdf, {**fields, "document_type": "invoice"}))


@pytest.mark.parametrize(
    ("size", "day", "code"),
    [
        (_LETTER, "Jan 5, 2024", None),
        (_LETTER, "5 Jan 2024", "ambiguous_currency"),
        (None, "Jan 5, 2024", "ambiguous_currency"),
    ],
    ids=["American paper and date", "American paper alone", "American date alone"],
)
def test_dollars_on_american_paper_with_american_dates_are_american(
    size: tuple[float, float] | None, day: str, code: str | None
) -> None:
    sheet = (
        (Sheet(*size) if size else Sheet()).text(40, 40, "Maystone Repairs", 16).text(430, 40, "INVOICE", 16)
    )
    sheet.pairs(350, 70, [("Invoice No:", "INV-1"), ("Date:", day)]).sums(400, 300, [("Total", "$120.00")])
    result = concluded(sheet.pdf(), {"document_type": "invoice", "currency": "USD"})
    assert {found for found, name in reasons(result) if name == "currency"} == ({code} if code else set())


def test_a_sign_within_misread_letters_is_no_currency() -> None:
    sheet = Sheet().text(40, 40, "BRSMI€.OTT Urhoraal", 16).sums(400, 300, [("Total", "$120.00")])
    result = concluded(sheet.pdf(), {"document_type": "invoice", "currency": "EUR"})
    assert ("not_found", "currency") in reasons(result)


def test_a_tax_that_was_left_out_is_missed_among_the_taxes() -> None:
    sheet = Sheet().text(40, 40, "Northwind Supplies Ltd", 16).text(430, 40, "INVOICE", 16)
    sheet.sums(
        400,
        300,
        [
            ("Net total", "300.00"),
            ("VAT 20% of 200.00", "40.00"),
            ("VAT 5% of 100.00", "5.00"),
            ("Total VAT", "45.00"),
            ("Total", "345.00"),
        ],
    )
    taxes = [{"rate": Decimal(20), "amount": Decimal(40)}, {"rate": Decimal(5), "amount": Decimal(5)}]
    pdf = sheet.pdf()
    fields = {
        "document_type": "invoice",
        "taxable_amt": Decimal(300),
        "tax_amt": Decimal(45),
        "total_amt": Decimal(345),
        "taxes": taxes,
    }
    assert doubted(concluded(pdf, fields)) == set()
    assert ("sum_mismatch", "taxes") in reasons(concluded(pdf, {**fields, "taxes": taxes[:1]}))
