"""A second answer mends what it can prove, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from common.extraction import pipeline
from common.extraction.answer import tidy
from common.extraction.prepared import Prepared
from common.extraction.second_reading import Conclude, Result, doubtful, mended, told
from tests.unit.extraction import base
from tests.unit.extraction.sheet import answered, doubted, reasons


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return pipeline.prepare(base.sheet().pdf(), pipeline.Limits())


def conclude(prepared: Prepared, fields: Mapping[str, object]) -> Result:
    return pipeline.conclude(
        prepared, answered(fields), profile="v1", model="asked", usage={}, message="done"
    )


def both(
    prepared: Prepared, first: Mapping[str, Any], second: Mapping[str, Any]
) -> tuple[Result, tuple[str, ...], tuple[str, ...]]:
    """The conclusion on two answers, the fields that were in doubt and those that the second mended."""
    asked = doubtful(conclude(prepared, first), prepared.wanted)
    said = {name: second.get(name) for name in asked}
    result, taken = mended(first, said, asked, lambda fields: conclude(prepared, fields))
    return told(result, said, [name for name in asked if name not in taken], "the stronger"), asked, taken


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("total_amt", Decimal("1580.00")),
        ("total_amt", Decimal("1300.00")),
        ("invoice_number", "C-20044"),
        ("invoice_date", "2024-04-04"),
        ("vendor_name", "Contoso Retail Limited"),
        ("vendor_tax_id", "GB980780648"),
        ("currency", "EUR"),
        ("document_type", "credit_note"),
    ],
)
def test_a_wrong_value_is_replaced_by_the_one_that_the_page_shows(
    prepared: Prepared, field: str, wrong: object
) -> None:
    result, asked, taken = both(prepared, base.truth(**{field: wrong}), base.truth())
    assert field in asked
    assert field in taken
    assert result["data"][field] == base.truth()[field]
    assert reasons(result) == set()


def test_only_fields_in_doubt_are_asked_for(prepared: Prepared) -> None:
    result = conclude(prepared, base.truth(vendor_name="Acme Trading", po_number="Q-1"))
    assert doubtful(result, prepared.wanted) == ("vendor_name", "po_number")
    assert doubtful(conclude(prepared, base.truth()), prepared.wanted) == ()


def test_a_field_of_an_exact_source_is_not_asked_for(prepared: Prepared) -> None:
    result = conclude(prepared, base.truth(total_amt=Decimal("1580.00")))
    assert "total_amt" in doubtful(result, prepared.wanted)
    rest = [name for name in prepared.wanted if name != "total_amt"]
    assert "total_amt" not in doubtful(result, rest)


def test_lines_are_replaced_together(prepared: Prepared) -> None:
    first = base.with_item(1, amount=Decimal("290.00"))
    result, asked, taken = both(prepared, first, base.truth())
    assert "items" in asked
    assert "items" in taken
    assert [item["amount"] for item in result["data"]["items"]] == [
        item["amount"] for item in base.truth()["items"]
    ]
    assert reasons(result) == set()


def test_a_line_that_is_missing_is_brought_and_a_doubled_one_goes(prepared: Prepared) -> None:
    lines = base.truth()["items"]
    for wrong in (lines[:2], [*lines, lines[0]]):
        result, _, taken = both(prepared, base.truth(items=wrong), base.truth())
        assert "items" in taken
        assert len(result["data"]["items"]) == 3
        assert reasons(result) == set()


def test_several_wrong_values_are_mended_at_once(prepared: Prepared) -> None:
    wrong = base.truth(
        subtotal=Decimal("1280.00"), total_amt=Decimal("1580.00"), invoice_number="C-20044", po_number="Q-1"
    )
    result, _, taken = both(prepared, wrong, base.truth())
    assert {"subtotal", "total_amt", "invoice_number", "po_number"} <= set(taken)
    assert reasons(result) == set()


def test_of_several_values_only_those_that_prove_themselves_are_taken(prepared: Prepared) -> None:
    wrong = base.truth(total_amt=Decimal("1580.00"), vendor_name="Acme Trading")
    second = base.truth(vendor_name="Globex Limited")
    result, _, taken = both(prepared, wrong, second)
    assert "total_amt" in taken
    assert "vendor_name" not in taken
    assert result["data"]["vendor_name"] == "Acme Trading"
    assert doubted(result) == {"vendor_name"}


def test_a_value_that_proves_itself_no_better_is_left_and_told(prepared: Prepared) -> None:
    result, _, taken = both(
        prepared, base.truth(invoice_number="INV-30971"), base.truth(invoice_number="INV-30927")
    )
    assert taken == ()
    assert result["data"]["invoice_number"] == "INV-30971"
    (reason,) = result["review"]["reasons"]
    assert reason["message"].endswith("A second model (the stronger) says INV-30927.")


def test_agreement_proves_nothing_and_is_told(prepared: Prepared) -> None:
    wrong = base.truth(vendor_name="Acme Trading")
    result, _, taken = both(prepared, wrong, base.truth(vendor_name="ACME TRADING"))
    assert taken == ()
    (reason,) = result["review"]["reasons"]
    assert reason["message"].endswith("A second model (the stronger) says the same.")
    assert result["data"]["confidence"]["vendor_name"] < Decimal("0.5")


@pytest.mark.parametrize(("field", "wrong", "none"), [("po_number", "Q-1", None), ("items", "drop", [])])
def test_nothing_takes_the_place_of_a_value_by_not_being_there(
    prepared: Prepared, field: str, wrong: object, none: object
) -> None:
    first = base.truth(items=base.truth()["items"][:2]) if wrong == "drop" else base.truth(**{field: wrong})
    result, _, taken = both(prepared, first, base.truth(**{field: none}))
    assert taken == ()
    assert result["data"][field]
    assert any(
        "A second model (the stronger) finds none." in each["message"] for each in result["review"]["reasons"]
    )


def test_one_doubt_in_place_of_another_is_no_gain(prepared: Prepared) -> None:
    wrong = base.truth(amount_due=Decimal("1070.00"))  # printed nowhere
    second = base.truth(amount_due=Decimal("1560.00"))  # printed as the total
    result, _, taken = both(prepared, wrong, second)
    assert taken == ()
    assert result["data"]["amount_due"] == Decimal("1070.00")


def by(rule: Callable[[dict[str, Any]], list[tuple[str, str]]]) -> Conclude:
    """A conclusion whose reasons, by code and field, follow a rule about the values."""

    def conclude(fields: Mapping[str, object]) -> Result:
        data = tidy(fields)
        reasons = [
            {"code": code, "field": field, "item": None, "cell": None, "message": ""}
            for code, field in rule(data)
        ]
        return {"data": data, "review": {"needed": bool(reasons), "reasons": reasons}}

    return conclude


def test_a_value_that_fits_the_sums_and_is_printed_nowhere_is_not_taken() -> None:
    rule = by(
        lambda data: [("not_found", "subtotal")] + [("sum_mismatch", "subtotal")] * (data["subtotal"] != 2)
    )
    _, taken = mended({"subtotal": 1}, {"subtotal": 2}, ("subtotal",), rule)
    assert taken == ()


def test_a_value_that_brings_another_field_into_doubt_is_not_taken() -> None:
    rule = by(
        lambda data: [
            ("sum_mismatch", name)
            for name in (("tax_amt", "total_amt") if data["subtotal"] == 2 else ("subtotal",))
            if data[name] != 2
        ]
    )
    first: dict[str, object] = {"subtotal": 1, "tax_amt": 1, "total_amt": 1}
    result, taken = mended(first, {"subtotal": 2}, ("subtotal",), rule)
    assert (taken, result["data"]["subtotal"]) == ((), 1)
    result, taken = mended({**first, "tax_amt": 2, "total_amt": 2}, {"subtotal": 2}, ("subtotal",), rule)
    assert (taken, result["data"]["subtotal"]) == (("subtotal",), 2)


def test_values_that_hold_only_together_are_taken_together() -> None:
    names = ("subtotal", "total_amt")
    rule = by(
        lambda data: (
            [] if all(data[name] == 2 for name in names) else [("sum_mismatch", name) for name in names]
        )
    )
    result, taken = mended({"subtotal": 1, "total_amt": 1}, {"subtotal": 2, "total_amt": 2}, names, rule)
    assert taken == names
    assert result["review"]["needed"] is False
