"""Invoices of a dozen countries: what is true is left alone, what is wrong is found."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.extraction.layouts import LAYOUTS
from tests.unit.extraction.sheet import concluded, doubted, reasons

_SUMS = ("subtotal", "taxable_amt", "tax_amt", "total_amt", "prepaid_amt", "amount_due")
_DRAWN = {name: draw() for name, draw in LAYOUTS.items()}


@pytest.mark.parametrize("name", LAYOUTS)
def test_true_values_raise_no_alarm(name: str) -> None:
    pdf, truth = _DRAWN[name]
    assert reasons(concluded(pdf, truth)) == set()


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sum_in_anothers_place_is_named(name: str) -> None:
    pdf, truth = _DRAWN[name]
    for field in _SUMS:
        for other in _SUMS:
            if truth.get(field) and truth.get(other) and abs(truth[field]) != abs(truth[other]):
                result = concluded(pdf, {**truth, field: truth[other]})
                assert field in doubted(result), (field, other)


@pytest.mark.parametrize("name", LAYOUTS)
def test_parties_exchanged_are_named(name: str) -> None:
    pdf, truth = _DRAWN[name]
    if truth.get("buyer_name"):
        swapped = {**truth, "vendor_name": truth["buyer_name"], "buyer_name": truth["vendor_name"]}
        assert "vendor_name" in doubted(concluded(pdf, swapped))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_line_left_out_is_noticed(name: str) -> None:
    pdf, truth = _DRAWN[name]
    items: list[dict[str, Any]] = truth.get("items", [])
    if len(items) > 1:
        found = doubted(concluded(pdf, {**truth, "items": items[:-1]}))
        assert any(each is not None and each.startswith("items") for each in found)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_misread_digit_is_named(name: str) -> None:
    pdf, truth = _DRAWN[name]
    for field in _SUMS:
        if truth.get(field):
            assert field in doubted(concluded(pdf, {**truth, field: truth[field] + Decimal("30.07")}))


@pytest.mark.parametrize("name", LAYOUTS)
def test_dates_exchanged_are_named(name: str) -> None:
    pdf, truth = _DRAWN[name]
    if truth.get("due_date") and truth["due_date"] != truth["invoice_date"]:
        swapped = {**truth, "invoice_date": truth["due_date"], "due_date": truth["invoice_date"]}
        assert {"invoice_date", "due_date"} <= doubted(concluded(pdf, swapped))
