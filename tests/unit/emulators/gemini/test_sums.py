"""What the lines below the items are called, and which total adds up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emulators.gemini.reader.columns import kind_of as column_of
from emulators.gemini.reader.layout import folded
from emulators.gemini.reader.sumwords import kind_of
from tests.unit.emulators.gemini.drawn import Paper


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Subtotal:", "subtotal"),
        ("Zwischensumme (netto)", "subtotal"),
        ("Total excl. VAT", "net"),
        ("Summe (netto)", "net"),
        ("Montant HT", "net"),
        ("Totale imponibile", "net"),
        ("Taxable Value", "net"),
        ("Sales Tax (8.25%)", "tax"),
        ("zzgl. 19% MwSt.", "tax"),
        ("TVA à 20%", "tax"),
        ("Add: SGST 9%", "tax"),
        ("VAT - Germany (0% on $588.00)", "tax"),
        ("Grand Total", "total"),
        ("Rechnungsbetrag", "total"),
        ("Total TTC", "total"),
        ("Totaal incl. BTW", "total"),
        ("Total Amount (DEM)", "total"),
        ("Total for this invoice", "total"),
        ("Balance Due", "due"),
        ("Net à payer", "due"),
        ("TOTAL AMOUNT DUE ON December 3, 2025", "due"),
        ("Anzahlung vom 27.03.2026", "prepaid"),
        ("Less: Discount", "discount"),
        ("Frais de port", "shipping"),
        ("Round Off", "round_off"),
        ("Agency Commission", "commission"),
        ("Übertrag", "carry"),
    ],
)
def test_a_label_names_its_sum(label: str, kind: str) -> None:
    found = kind_of(folded(label))
    assert found is not None and found[0] == kind


@pytest.mark.parametrize("label", ["Weekly lawn service", "Invoice Number", "Bank", "", "Thank you"])
def test_other_words_name_no_sum(label: str) -> None:
    assert kind_of(folded(label)) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Qty", "quantity"),
        ("Description of goods and services", "description"),
        ("Einzelpreis (EUR)", "price"),
        ("Prix unit. HT", "price"),
        ("Nettobetrag", "amount"),
        ("HSN/SAC", "hsn"),
        ("MwSt-%", "tax_rate"),
        ("Art.-Nr.", "code"),
        ("Taxable value", "net"),
    ],
)
def test_a_head_names_its_column(head: str, kind: str) -> None:
    assert column_of(folded(head)) == kind


def sums(*rows: tuple[str, str]) -> dict[str, object]:
    paper = Paper()
    paper.text(45, 60, "Invoice 1001", size=18)
    for index, (label, value) in enumerate(rows):
        paper.text(330, 300 + 14 * index, label)
        paper.text(550, 300 + 14 * index, value, right=True)
    return paper.read()


def test_the_total_is_the_sum_that_adds_up_not_the_largest_number() -> None:
    found = sums(
        ("Previous balance", "$9,000.00"),
        ("Subtotal", "$100.00"),
        ("Tax 8%", "$8.00"),
        ("Total", "$108.00"),
    )
    assert (found["subtotal"], found["tax_amt"], found["total_amt"]) == (
        Decimal("100.00"),
        Decimal("8.00"),
        Decimal("108.00"),
    )


def test_discount_freight_and_rounding_stand_between_the_sums() -> None:
    found = sums(
        ("Subtotal", "2,940.00"),
        ("Discount 5%", "-147.00"),
        ("Shipping", "45.00"),
        ("Sales tax 8.25%", "234.14"),
        ("Round off", "-0.14"),
        ("Total", "3,072.00"),
    )
    assert found["discount_amt"] == Decimal("147.00")
    assert found["shipping_amt"] == found["charges_amt"] == Decimal("45.00")
    assert found["round_off"] == Decimal("-0.14")
    assert found["total_amt"] == Decimal("3072.00")
    assert found["taxable_amt"] is None


def test_a_net_sum_alone_is_both_subtotal_and_taxable_amount() -> None:
    found = sums(("Net amount", "200.00"), ("VAT 20%", "40.00"), ("Total", "240.00"))
    assert found["subtotal"] == found["taxable_amt"] == Decimal("200.00")
    assert found["taxes"] == [
        {"type": "VAT", "rate": 20, "taxable_amt": Decimal("200.00"), "amount": Decimal("40.00")}
    ]


def test_two_taxes_without_a_printed_sum_have_none() -> None:
    found = sums(
        ("Taxable value", "1,000.00"), ("CGST 9%", "90.00"), ("SGST 9%", "90.00"), ("Grand total", "1,180.00")
    )
    assert found["tax_amt"] is None
    assert [tax["type"] for tax in found["taxes"]] == ["CGST", "SGST"]  # type: ignore[attr-defined]
    assert found["total_amt"] == Decimal("1180.00")


def test_a_prepayment_leaves_the_total_and_lowers_what_is_due() -> None:
    found = sums(
        ("Nettobetrag", "1.000,00"),
        ("USt 19 %", "190,00"),
        ("Gesamtbetrag", "1.190,00 €"),
        ("Anzahlung vom 27.03.2026", "-500,00"),
        ("Zahlbetrag", "690,00 €"),
    )
    assert (found["total_amt"], found["prepaid_amt"], found["amount_due"]) == (
        Decimal("1190.00"),
        Decimal("500.00"),
        Decimal("690.00"),
    )


def test_an_agencys_commission_does_not_lower_the_total() -> None:
    found = sums(
        ("Gross Total", "$1,160.00"), ("Agency Commission", "$174.00"), ("Net Amount Due", "$986.00")
    )
    assert found["total_amt"] == Decimal("1160.00")


def test_signs_stay_as_they_are_printed() -> None:
    found = sums(("Nettobetrag", "224,80-"), ("MwSt. 19 %", "42,71-"), ("Gutschriftsbetrag EUR", "267,51-"))
    assert found["total_amt"] == Decimal("-267.51")


def test_a_tax_that_the_document_rules_out_is_nought_and_a_silent_one_null() -> None:
    silent = sums(("Total", "£100.00"))
    assert silent["tax_amt"] is None
    ruled_out = sums(("VAT reverse charge applies to this supply", ""), ("Total", "£100.00"))
    assert ruled_out["tax_amt"] == 0
