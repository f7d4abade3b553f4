"""Dates and currencies that can mean several things, and what decides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.extraction.sheet import Sheet, concluded, reasons


def _pdf(date: str, *more: str, total: str = "$120.00") -> bytes:
    sheet = Sheet().text(40, 40, "Northwind Supplies", 16).text(430, 40, "INVOICE", 16)
    sheet.pairs(350, 70, [("Invoice No:", "INV-1"), ("Invoice Date:", date)])
    return sheet.lines(40, 100, more).sums(350, 300, [("Total", total)]).pdf()


def _fields(**fields: object) -> dict[str, Any]:
    return {"document_type": "invoice", "invoice_number": "INV-1", "total_amt": 120, **fields}


@pytest.mark.parametrize("day", ["2024-03-05", "2024-05-03"])
def test_a_date_that_nothing_decides_is_ambiguous_either_way(day: str) -> None:
    found = reasons(concluded(_pdf("05/03/2024"), _fields(invoice_date=day)))
    assert ("ambiguous_date", "invoice_date") in found


@pytest.mark.parametrize(
    ("more", "right"),
    [
        (("Delivered 25/02/2024",), "2024-03-05"),
        (("Delivered 02/25/2024",), "2024-05-03"),
        (("GSTIN: 27AAPFU0939F1ZV",), "2024-03-05"),
        (("Springfield, IL 62704",), "2024-05-03"),
        (("9 High Street, Bath BA1 5AQ",), "2024-03-05"),
        (("Factura", "Cliente", "Cantidad", "Precio", "Importe", "Base", "Pago", "Fecha"), "2024-03-05"),
    ],
    ids=[
        "another date",
        "another American date",
        "an Indian seller",
        "an American seller",
        "a British seller",
        "a language in which the day stands first",
    ],
)
def test_the_rest_of_the_document_decides_day_and_month(more: tuple[str, ...], right: str) -> None:
    pdf = _pdf("05/03/2024", *more)
    wrong = {"2024-03-05": "2024-05-03", "2024-05-03": "2024-03-05"}[right]
    assert not {
        each for each in reasons(concluded(pdf, _fields(invoice_date=right))) if each[1] == "invoice_date"
    }
    assert ("not_found", "invoice_date") in reasons(concluded(pdf, _fields(invoice_date=wrong)))


def test_the_sellers_country_decides_where_the_buyers_is_another() -> None:
    pdf = _pdf("05/03/2024", "GSTIN: 27AAPFU0939F1ZV", "Bill to: Dana Whitfield, Austin, TX 78701")
    fields = _fields(
        vendor_name="Northwind Supplies", vendor_tax_id="27AAPFU0939F1ZV", invoice_date="2024-03-05"
    )
    assert "invoice_date" not in {name for _, name in reasons(concluded(pdf, fields))}


def test_days_of_payment_decide_day_and_month() -> None:
    pdf = _pdf("05/03/2024", "Payment terms: 30 days", "Due Date: 04/04/2024")
    right = _fields(invoice_date="2024-03-05", due_date="2024-04-04")
    wrong = _fields(invoice_date="2024-05-03", due_date="2024-04-04")
    assert not {each for each in reasons(concluded(pdf, right)) if each[0] == "ambiguous_date"}
    assert ("ambiguous_date", "invoice_date") in reasons(concluded(pdf, wrong))


@pytest.mark.parametrize("printed", ["05.03.2024", "5 March 2024", "2024-03-05", "05 Mar 24", "05/05/2024"])
def test_a_date_with_one_meaning_is_not_ambiguous(printed: str) -> None:
    day = "2024-05-05" if printed == "05/05/2024" else "2024-03-05"
    found = reasons(concluded(_pdf(printed), _fields(invoice_date=day)))
    assert not {each for each in found if each[1] == "invoice_date"}


def test_thirty_days_are_no_due_date() -> None:
    pdf = _pdf("2024-03-05", "Payment terms: 30 days net")
    assert ("not_found", "due_date") in reasons(concluded(pdf, _fields(due_date="2024-04-04")))


def test_a_date_for_early_payment_is_not_the_due_date() -> None:
    sheet = "Zahlbar ohne Abzug bis 05.03.2024. Bei Zahlung bis 14.02.2024 gewähren wir 2 % Skonto."
    pdf = _pdf("04.02.2024", sheet)
    assert not {
        each for each in reasons(concluded(pdf, _fields(due_date="2024-03-05"))) if each[1] == "due_date"
    }
    assert ("wrong_place", "due_date") in reasons(concluded(pdf, _fields(due_date="2024-02-14")))


@pytest.mark.parametrize(
    ("total", "more", "code", "reason"),
    [
        ("$120.00", (), "USD", "ambiguous_currency"),
        ("$120.00", ("Austin, TX 78701",), "USD", None),
        ("$120.00", ("Austin, TX 78701",), "CAD", "wrong_place"),
        ("$120.00", ("Toronto, ON M5V 2T6",), "CAD", None),
        ("$120.00", ("All charges are in US Dollars",), "USD", None),
        ("$120.00", (), "EUR", "not_found"),
        ("120.00 EUR", (), "EUR", None),
        ("120.00 EUR", (), "USD", "not_found"),
        ("€120,00", (), "EUR", None),
        ("Rs. 120.00", ("GSTIN: 27AAPFU0939F1ZV",), "INR", None),
        ("Rs. 120.00", (), "INR", "ambiguous_currency"),
        ("₹120.00", (), "INR", "not_found"),  # the font has no such sign
        ("¥120.00", (), "JPY", "ambiguous_currency"),
        ("kr 120,00", ("Sverige",), "SEK", None),
        ("£120.00", (), "GBP", None),
        ("120.00", (), "EUR", "not_found"),
        ("120.00", ("Amount (RM)",), "MYR", None),
        ("120.00", ("Amount (RM)",), "USD", "not_found"),
        ("$120.00", ("12 Jalan Tampoi, Johor Bahru",), "MYR", None),
    ],
)
def test_a_currency_is_what_the_document_shows(
    total: str, more: tuple[str, ...], code: str, reason: str | None
) -> None:
    found = {
        each
        for each, field in reasons(concluded(_pdf("2024-03-05", *more, total=total), _fields(currency=code)))
        if field == "currency"
    }
    assert found == ({reason} if reason else set())
