"""A document that calls several amounts its total has one: rounded, of all rates, and with tax."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.extraction.sheet import Sheet, concluded, doubted, reasons


def _receipt(*rows: tuple[str, ...]) -> bytes:
    sheet = Sheet(340, 500)
    sheet.text(80, 30, "CORNER SHOP SDN BHD", 11)
    sheet.text(40, 60, "TAX INVOICE").text(40, 75, "Date: 22-11-2017")
    for number, row in enumerate(rows):
        sheet.text(40, 110 + 14 * number, row[0])
        for column, words in enumerate(row[1:]):
            sheet.right(200 + 60 * column, 110 + 14 * number, words)
    return sheet.pdf()


_ROUNDED = (
    ("Total Sales (Inclusive GST)", "RM 181.98"),
    ("Rounding Adjustment", "RM 0.02"),
    ("Rounding", "RM 182.00"),
    ("CASH", "RM 200.00"),
    ("CHANGE", "RM 18.00"),
)
_ROUNDED_DOWN = (
    ("Total Amount:", "RM7.72"),
    ("GST @0%:", "RM0.00"),
    ("Rounding:", "-RM0.02"),
    ("Nett Total:", "RM7.70"),
)
_BY_RATE = (
    ("Total 0% supplies:", "54.31"),
    ("Total 6% supplies (Inc. GST):", "14.10"),
    ("Total Payable:", "68.41"),
)
_WITH_A_SUMMARY = (
    ("Sub Total :", "234.00"),
    ("Rounding", "0.01"),
    ("Total", "248.05"),
    ("GST SUMMARY", "Amount", "GST"),
    ("SR 6%", "234.00", "14.04"),
    ("Total:", "234.00", "14.04"),
)
_NET_TAX_GROSS = (
    ("", "Net", "Tax", "Gross"),
    ("7%", "5,997.60", "419.83", "6,417.43"),
    ("19%", "8,166.34", "1,551.60", "9,717.94"),
    ("Grand Total", "14,163.94", "1,971.43", "16,135.37"),
)
_INCLUDING = (("Total (incl GST)", "70.30"), ("TOTAL INCLUDES 6% GST", "3.98"))


@pytest.mark.parametrize(
    ("rows", "right", "wrong"),
    [
        (_NET_TAX_GROSS, "16135.37", "14163.94"),
        (_ROUNDED, "182.00", "181.98"),
        (_ROUNDED, "182.00", "200.00"),
        (_ROUNDED, "182.00", "18.00"),
        (_ROUNDED_DOWN, "7.70", "7.72"),
        (_BY_RATE, "68.41", "54.31"),
        (_BY_RATE, "68.41", "14.10"),
        (_WITH_A_SUMMARY, "248.05", "234.00"),
        (_INCLUDING, "70.30", "3.98"),
    ],
)
def test_only_one_of_several_totals_is_the_documents(
    rows: tuple[tuple[str, ...], ...], right: str, wrong: str
) -> None:
    pdf = _receipt(*rows)
    assert "total_amt" not in doubted(concluded(pdf, {"total_amt": Decimal(right)}))
    found = reasons(concluded(pdf, {"total_amt": Decimal(wrong)}))
    assert ("wrong_place", "total_amt") in found


def test_a_total_of_which_only_what_is_paid_is_rounded_is_the_total() -> None:
    pdf = _receipt(("Total", "CHF 100.03"), ("Rundung", "-0.03"), ("Zu zahlen", "CHF 100.00"))
    assert "total_amt" not in doubted(concluded(pdf, {"total_amt": Decimal("100.03")}))


def test_a_commission_leads_from_the_total_to_what_is_due() -> None:
    sheet = Sheet().text(40, 40, "Harbour Broadcast Inc", 16).text(430, 40, "INVOICE", 16)
    sums = [("Gross Total", "$1,160.00"), ("Agency Commission", "$174.00"), ("Net Amount Due", "$986.00")]
    pdf = sheet.sums(350, 300, sums).pdf()
    fields = {"document_type": "invoice", "total_amt": Decimal(1160), "amount_due": Decimal(986)}
    assert doubted(concluded(pdf, fields)) == set()
    assert "amount_due" in doubted(concluded(pdf, {**fields, "amount_due": Decimal(174)}))


def test_a_word_that_sums_up_in_one_language_and_ends_in_another_is_either() -> None:
    sheet = Sheet().text(40, 40, "Suministros Sol S.L.", 16).text(430, 40, "FACTURA", 16)
    pdf = sheet.sums(350, 300, [("Suma", "100,00"), ("21% IVA", "21,00"), ("Total a pagar", "121,00")]).pdf()
    right = {"document_type": "invoice", "subtotal": Decimal(100), "total_amt": Decimal(121)}
    assert doubted(concluded(pdf, right)) == set()
    assert "total_amt" in doubted(concluded(pdf, {**right, "total_amt": Decimal(100)}))
    sheet = (
        Sheet()
        .text(40, 40, "Sklep Nowak", 16)
        .text(430, 40, "PARAGON", 16)
        .sums(350, 300, [("Suma", "121,00")])
    )
    assert "total_amt" not in doubted(concluded(sheet.pdf(), {"total_amt": Decimal(121)}))
