"""When two readings are the same invoice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from common.duplicates import identity, with_duplicates

VALUES: dict[str, object] = {
    "vendor_name": "Northwind Supplies Ltd",
    "vendor_tax_id": None,
    "invoice_number": "INV-001/A",
    "invoice_date": "2026-03-05",
    "total_amt": Decimal("100.00"),
}


def reading(**changes: object) -> dict[str, object]:
    return {"status": True, "data": {**VALUES, **changes}, "review": {"needed": False, "reasons": []}}


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
    assert identity(reading(**changes)) == identity(reading())


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
    assert identity(reading(**changes)) != identity(reading())


def test_a_tax_id_stands_for_the_name() -> None:
    one = reading(vendor_tax_id="DE 232 446 240")
    other = reading(vendor_tax_id="DE232446240", vendor_name="QualityHosting")
    assert identity(one) == identity(other) != identity(reading())


@pytest.mark.parametrize("name", ["vendor_name", "invoice_number", "invoice_date", "total_amt"])
def test_a_reading_that_lacks_a_part_is_like_no_other(name: str) -> None:
    assert identity(reading(**{name: None})) is None


def test_a_failed_reading_is_like_no_other() -> None:
    assert identity({"status": False, "message": "broken"}) is None


def test_a_duplicate_is_a_reason_about_the_document_and_changes_no_value() -> None:
    told = with_duplicates(reading(), [3, 7], "invoice")
    assert told["duplicates"] == [3, 7]
    assert told["data"] == reading()["data"]
    review = told["review"]
    assert isinstance(review, dict)
    assert review["needed"] is True
    (reason,) = review["reasons"]
    assert (reason["code"], reason["field"]) == ("duplicate", None)
    assert "3, 7" in reason["message"]


def test_without_duplicates_nothing_is_added() -> None:
    assert with_duplicates(reading(), [], "invoice")["review"] == {"needed": False, "reasons": []}
