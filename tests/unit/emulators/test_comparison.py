"""The demo's marks: a value is right when it is the sample's own, and nothing else is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from common.domain.exact_json import dumps, loads
from emulators.demo.comparison import compare
from emulators.samples import Sample, samples

DRAWN = samples()


def as_read(sample: Sample) -> dict[str, object]:
    """The truth as an answer of the system gives it: through JSON and back."""
    value = loads(dumps(sample.truth))
    assert isinstance(value, dict)
    return value


def wrong(sample: Sample, **changes: object) -> list[str]:
    return [mark.field for mark in compare(sample.values, as_read(sample) | changes) if not mark.right]


@pytest.mark.parametrize("sample", DRAWN, ids=[sample.name for sample in DRAWN])
def test_the_truth_itself_has_every_mark_right(sample: Sample) -> None:
    assert wrong(sample) == []


@pytest.mark.parametrize(
    "change",
    [
        {"invoice_number": "AF-2026-0418"},
        {"invoice_date": "2026-04-11"},
        {"vendor_name": "Cascade Field Research LLC"},
        {"buyer_name": None},
        {"currency": "CAD"},
        {"total_amt": Decimal("2940.00")},
        {"tax_amt": None},
        {"round_off": Decimal("0.00")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_wrong_value_is_the_one_wrong_mark(change: dict[str, object]) -> None:
    assert wrong(DRAWN[0], **change) == list(change)


def test_an_amount_is_the_same_however_many_zeros_end_it() -> None:
    assert wrong(DRAWN[0], total_amt=Decimal("3072.1400"), subtotal=2940) == []


def test_an_amount_read_as_text_is_wrong_where_it_is_written_otherwise() -> None:
    assert wrong(DRAWN[0], total_amt="3,072.14") == ["total_amt"]


def test_a_missing_line_spoils_the_number_and_the_amounts_of_items() -> None:
    items = as_read(DRAWN[0])["items"]
    assert isinstance(items, list)
    assert wrong(DRAWN[0], items=items[1:]) == ["number of items", "amounts of items"]


def test_lines_in_another_order_are_wrong() -> None:
    items = as_read(DRAWN[0])["items"]
    assert isinstance(items, list)
    assert wrong(DRAWN[0], items=items[::-1]) == ["amounts of items"]


def test_the_order_of_taxes_does_not_matter_and_their_rates_do() -> None:
    gst = next(sample for sample in DRAWN if sample.name == "gst-invoice.pdf")
    taxes = as_read(gst)["taxes"]
    assert isinstance(taxes, list)
    assert wrong(gst, taxes=taxes[::-1]) == []
    assert wrong(gst, taxes=[{**tax, "rate": 18} for tax in taxes]) == ["taxes"]


def test_an_answer_without_anything_has_the_shown_values_wrong_and_does_not_fail() -> None:
    marks = {mark.field: mark for mark in compare(DRAWN[0].values, {"items": "none", "taxes": [None]})}
    assert not marks["total_amt"].right
    assert not marks["number of items"].right
    assert not marks["taxes"].right
    assert marks["prepaid_amt"].right
