"""When two readings are the same invoice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from common.domain.likeness import likeness

VALUES: dict[str, object] = {
    "vendor_name": "Northwind Supplies Ltd",
    "vendor_tax_id": None,
    "invoice_number": "INV-001/A",
    "invoice_date": "2026-03-05",
    "total_amt": Decimal("100.00"),
}


def reading(**changes: object) -> dict[str, object]:
    return {"status": True, "data": {**VALUES, **changes}}


@pytest.mark.parametrize(
    "changes",
    [
        {"vendor_name": "NORTHWIND  supplies, Ltd."},
        {"invoice_number": "inv 001 a"},
        {"total_amt": Decimal("100")},
        {"total_amt": Decimal("1E+2")},
    ],
)
def test_case_spaces_punctuation_and_trailing_zeros_make_no_other_invoice(changes: dict[str, object]) -> None:
    assert likeness(reading(**changes)) == likeness(reading())


@pytest.mark.parametrize(
    "changes",
    [
        {"vendor_name": "Southwind Supplies Ltd"},
        {"invoice_number": "INV-001/B"},
        {"invoice_date": "2026-05-03"},
        {"total_amt": Decimal("100.01")},
        {"total_amt": Decimal("-100")},
        {"total_amt": Decimal("1000")},
    ],
)
def test_another_vendor_number_day_or_total_does(changes: dict[str, object]) -> None:
    assert likeness(reading(**changes)) != likeness(reading())


def test_a_tax_id_stands_for_the_name() -> None:
    one = likeness(reading(vendor_tax_id="DE 232 446 240"))
    other = likeness(reading(vendor_tax_id="DE232446240", vendor_name="QualityHosting"))
    without = likeness(reading())
    assert one and other and without
    assert one.own == other.own != without.own


def test_a_reading_without_the_tax_id_is_known_by_the_name() -> None:
    whole = likeness(reading(vendor_tax_id="DE232446240"))
    without = likeness(reading())
    assert whole and without
    assert whole.named == without.named == without.own


@pytest.mark.parametrize("name", ["vendor_name", "invoice_number", "invoice_date", "total_amt"])
def test_a_reading_that_lacks_a_part_is_like_no_other(name: str) -> None:
    assert likeness(reading(**{name: None})) is None


def test_a_failed_reading_is_like_no_other() -> None:
    assert likeness({"status": False, "message": "broken"}) is None
