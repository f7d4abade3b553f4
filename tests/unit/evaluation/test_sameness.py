"""When a value that was read counts as the true one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.sameness import same, same_cell


def test_the_same_number_is_the_same_however_many_zeros_it_has() -> None:
    assert same("total_amt", Decimal("529.87"), Decimal("529.8700"))
    assert same_cell("quantity", Decimal(20), Decimal("20.0000"))


def test_a_cent_or_a_sign_makes_another_number() -> None:
    assert not same("total_amt", Decimal("529.87"), Decimal("529.88"))
    assert not same("total_amt", Decimal("-5.00"), Decimal("5.00"))


def test_zero_is_not_nothing() -> None:
    assert not same("tax_amt", Decimal(0), None)
    assert not same("tax_amt", None, Decimal(0))
    assert same("tax_amt", None, None)


@pytest.mark.parametrize(
    ("true", "read"),
    [
        ("Müller & Söhne GmbH", "MULLER UND SOHNE GMBH".replace("UND", "&")),
        ("Coolblue B.V.", "coolblue bv"),
        ("Straße 5", "STRASSE 5"),
        ("Crème Fraîche S.à r.l.", "Creme Fraiche SARL"),
    ],
)
def test_names_are_the_same_by_their_letters_and_digits(true: str, read: str) -> None:
    assert same("vendor_name", true, read)


def test_another_letter_makes_another_name() -> None:
    assert not same("vendor_name", "Kunden AG Mitte", "Kunden AG")


def test_the_number_of_a_document_keeps_its_punctuation() -> None:
    assert same("invoice_number", "re-2024/17", "RE-2024/17")
    assert same("invoice_number", "RE 2024", "RE2024")
    assert not same("invoice_number", "952047-1", "9520471")


def test_a_tax_number_is_the_same_with_and_without_spaces_and_points() -> None:
    assert same("vendor_tax_id", "DE 232 446 240", "DE232446240")
    assert not same("vendor_tax_id", "DE232446240", "DE232446241")


def test_days_are_the_same_only_as_days() -> None:
    assert same("invoice_date", "2024-03-05", "2024-03-05")
    assert not same("invoice_date", "2024-03-05", "2024-05-03")


def test_tax_rows_count_in_any_order_by_the_cells_that_the_truth_gives() -> None:
    true = [
        {"rate": Decimal(19), "amount": Decimal("37.62")},
        {"rate": Decimal(7), "amount": Decimal("19.25")},
    ]
    read = [
        {"type": "USt", "rate": Decimal("7.00"), "taxable_amt": Decimal(275), "amount": Decimal("19.25")},
        {"type": "USt", "rate": Decimal("19.00"), "taxable_amt": Decimal(198), "amount": Decimal("37.62")},
    ]
    assert same("taxes", true, read)
    assert not same("taxes", true, read[:1])
    assert not same("taxes", true, [read[0], read[0]])
    assert not same("taxes", [], read)
    assert not same("taxes", true, None)


@given(st.text(max_size=40), st.text(max_size=40))
def test_sameness_of_names_is_mutual(one: str, other: str) -> None:
    assert same("vendor_name", one, other) == same("vendor_name", other, one)
    assert same("vendor_name", one, one.upper().lower()) or one.casefold() != one.upper().lower().casefold()
