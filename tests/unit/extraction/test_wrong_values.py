"""A true answer raises no alarm, and every kind of wrong value is named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.extraction import base
from tests.unit.extraction.sheet import concluded, doubted, reasons


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return base.sheet().pdf()


def test_true_values_raise_no_alarm(pdf: bytes) -> None:
    result = concluded(pdf, base.truth())
    assert reasons(result) == set()
    assert result["review"] == {"needed": False, "reasons": []}


def test_every_true_value_is_found_with_its_box(pdf: bytes) -> None:
    result = concluded(pdf, base.truth())
    fields = [
        name for name, value in base.truth().items() if value and name not in ("language", "type", "items")
    ]
    assert [name for name in fields if result["evidence"][name] is None] == []
    for row in result["evidence"]["items"]:
        assert [
            cell for cell in ("description", "quantity", "unit_price", "amount") if row[cell] is None
        ] == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("total_amt", Decimal("1580.00"), "not_found"),  # a digit misread
        ("total_amt", Decimal("15600.00"), "not_found"),  # the point moved
        ("total_amt", Decimal("1300.00"), "wrong_place"),  # the net total
        ("total_amt", Decimal("1060.00"), "wrong_place"),  # the amount due
        ("total_amt", Decimal("1273.50"), "wrong_place"),  # the subtotal
        ("total_amt", Decimal(20), "wrong_place"),  # the rate
        ("total_amt", Decimal("73.50"), "wrong_place"),  # a line's amount
        ("tax_amt", Decimal(20), "wrong_place"),
        ("tax_amt", Decimal("26.50"), "wrong_place"),
        ("taxable_amt", Decimal("1560.00"), "wrong_place"),
        ("amount_due", Decimal("500.00"), "wrong_place"),
        ("prepaid_amt", Decimal("260.00"), "wrong_place"),
        ("invoice_number", "INV-30971", "not_found"),
        ("invoice_number", "30917", "wrong_place"),  # a part of it
        ("invoice_number", "C-20044", "wrong_place"),
        ("invoice_number", "PO-7781", "wrong_place"),
        ("po_number", "INV-30917", "wrong_place"),
        ("invoice_date", "2024-04-04", "wrong_place"),  # the due date
        ("invoice_date", "2024-02-28", "wrong_place"),  # the delivery date
        ("invoice_date", "2024-05-03", "not_found"),  # day and month exchanged
        ("due_date", "2024-03-05", "wrong_place"),
        ("due_date", "2019-02-17", "not_found"),
        ("vendor_name", "Acme Trading", "not_found"),
        ("vendor_name", "Contoso Retail Limited", "wrong_place"),
        ("buyer_name", "Northwind Supplies Ltd", "wrong_place"),
        ("vendor_tax_id", "GB123456782", "wrong_place"),
        ("buyer_tax_id", "GB980780684", "wrong_place"),
        ("vendor_tax_id", "GB980780648", "not_found"),
        ("vendor_address", "77 Elsewhere Lane, Leeds LS1 1AA", "not_found"),
        ("currency", "EUR", "not_found"),
        ("currency", "POUND", "bad_format"),
        ("language", "German", "not_found"),
        ("type", "handwritten", "not_found"),
        ("document_type", "credit_note", "wrong_place"),
        ("irn", "a" * 64, "not_found"),
        ("irn", "4711", "bad_format"),
    ],
)
def test_a_wrong_value_is_named(pdf: bytes, field: str, value: object, code: str) -> None:
    result = concluded(pdf, base.truth(**{field: value}))
    assert (code, field) in reasons(result)
    assert result["data"]["confidence"][field] < Decimal("0.5")
    assert result["review"]["needed"] is True


@pytest.mark.parametrize(
    ("number", "changes", "cell"),
    [
        (0, {"amount": Decimal("1060.00")}, "amount"),
        (0, {"amount": Decimal("250.00")}, "amount"),
        (0, {"unit_price": Decimal("1000.00")}, "unit_price"),
        (1, {"quantity": Decimal(3)}, "quantity"),
        (1, {"amount": Decimal("73.50")}, "amount"),
        (2, {"unit_price": Decimal("73.5")}, "unit_price"),
        (2, {"description": "Garden furniture set"}, "description"),
        (0, {"hsn_code": "84818030"}, "hsn_code"),
        (0, {"unit": "litres"}, "unit"),
    ],
)
def test_a_wrong_cell_is_named(pdf: bytes, number: int, changes: dict[str, object], cell: str) -> None:
    result = concluded(pdf, base.with_item(number, **changes))
    assert f"items[{number}].{cell}" in doubted(result)
    assert result["data"]["confidence"]["items"][number] < Decimal("0.5")


def test_both_parties_exchanged_are_both_named(pdf: bytes) -> None:
    swapped = base.truth(vendor_name="Contoso Retail Limited", buyer_name="Northwind Supplies Ltd")
    assert {"vendor_name", "buyer_name"} <= doubted(concluded(pdf, swapped))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_line_left_out_is_a_missing_line(pdf: bytes, number: int) -> None:
    fields = base.truth()
    left_out = fields["items"].pop(number)
    result = concluded(pdf, fields)
    assert ("missing_line", "items") in reasons(result)
    (message,) = [each["message"] for each in result["review"]["reasons"] if each["code"] == "missing_line"]
    assert left_out["description"] in message


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_line_read_twice_is_a_doubled_line(pdf: bytes, number: int) -> None:
    fields = base.truth()
    fields["items"].insert(number + 1, dict(fields["items"][number]))
    found = reasons(concluded(pdf, fields))
    assert found & {("doubled_line", f"items[{number}]"), ("doubled_line", f"items[{number + 1}]")}


def test_two_equal_lines_on_the_page_are_two_lines() -> None:
    page = base.sheet()
    page.text(40, 293, "Packing straps").right(330, 293, "10").right(430, 293, "7.35").right(
        540, 293, "73.50"
    )
    fields = base.truth()
    fields["items"].append(dict(fields["items"][2]))
    assert not [each for each in reasons(concluded(page.pdf(), fields)) if each[0] == "doubled_line"]


def test_a_total_that_was_not_read_is_told(pdf: bytes) -> None:
    result = concluded(pdf, base.truth(total_amt=None))
    assert ("not_found", "total_amt") in reasons(result)
    assert result["data"]["confidence"]["total_amt"] is None


def test_nothing_that_is_doubted_is_changed(pdf: bytes) -> None:
    result = concluded(pdf, base.truth(total_amt=Decimal("1300.00"), invoice_number="C-20044"))
    assert result["data"]["total_amt"] == Decimal("1300.00")
    assert result["data"]["invoice_number"] == "C-20044"


def test_a_true_value_beside_a_wrong_one_keeps_its_certainty(pdf: bytes) -> None:
    result = concluded(pdf, base.truth(total_amt=Decimal("1300.00")))
    assert doubted(result) == {"total_amt"}


def _doubtful(result: dict[str, Any]) -> set[str]:
    sure = result["data"]["confidence"]
    return {
        name
        for name, value in sure.items()
        if name != "items" and value is not None and value < Decimal("0.5")
    }


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"total_amt": Decimal("1300.00")},
        {"invoice_date": "2024-04-04", "currency": "EUR"},
        {"tax_amt": None},
    ],
)
def test_confidence_is_under_a_half_exactly_where_a_reason_names_it(
    pdf: bytes, changes: dict[str, Any]
) -> None:
    result = concluded(pdf, base.truth(**changes))
    named = {each for each in doubted(result) if each is not None and not each.startswith("items")}
    assert _doubtful(result) == {name for name in named if result["data"][name] is not None}
    for name, value in result["data"].items():
        if name not in ("confidence", "items", "taxes"):
            assert (result["data"]["confidence"][name] is None) == (value is None)
