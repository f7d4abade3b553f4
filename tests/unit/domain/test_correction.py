"""Which values a person may give, and how wrong ones are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.changes import changes, lines_of, origins_of
from common.domain.correction import DIGITS_BEFORE, DIGITS_BEHIND, LONGEST_TEXT, MOST_ITEMS, corrected
from common.domain.exact_json import dumps, loads
from common.domain.fields import ORDER
from common.errors import Rejected

STANDING = {
    "vendor_name": "ABC Corp",
    "currency": "Rupien",
    "total_amt": Decimal("1500.50"),
    "items": [{"description": "Pens", "quantity": 2, "amount": Decimal("10.00")}],
    "confidence": {"total_amt": Decimal("0.9")},
}


def test_fields_that_were_not_sent_stay() -> None:
    new = corrected(STANDING, {"vendor_name": "ABC Corporation"})
    assert new["vendor_name"] == "ABC Corporation"
    assert new["total_amt"] == Decimal("1500.50")
    assert new["items"] == STANDING["items"]


def test_null_and_blank_values_become_null() -> None:
    new = corrected(STANDING, {"vendor_name": "  ", "total_amt": None})
    assert new["vendor_name"] is None
    assert new["total_amt"] is None


def test_the_result_has_every_field_and_no_confidence() -> None:
    assert tuple(corrected(STANDING, {"confidence": {"total_amt": 1}})) == ORDER


def test_a_value_that_stands_already_is_not_judged() -> None:
    assert corrected(STANDING, {"currency": "Rupien", "vendor_name": "New"})["currency"] == "Rupien"


def test_texts_lose_what_cannot_be_seen() -> None:
    new = corrected(
        STANDING, {"vendor_name": " A\x00B\x1b ", "vendor_tax_id": "de 232 446 240", "currency": "inr"}
    )
    assert (new["vendor_name"], new["vendor_tax_id"], new["currency"]) == ("AB", "DE232446240", "INR")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"shoe_size": 44}, "shoe_size is not a field of an invoice"),
        ({"total_amt": "1500"}, "total_amt must be a number"),
        ({"total_amt": True}, "total_amt must be a number"),
        (
            {"total_amt": 10**DIGITS_BEFORE},
            "total_amt must have at most 15 digits before and 8 behind the point",
        ),
        (
            {"total_amt": Decimal("0.123456789")},
            "total_amt must have at most 15 digits before and 8 behind the point",
        ),
        ({"vendor_name": 5}, "vendor_name must be a string"),
        ({"vendor_name": ["x"]}, "vendor_name must be a string"),
        ({"vendor_name": "x" * (LONGEST_TEXT + 1)}, "vendor_name must be at most 5000 characters"),
        ({"invoice_date": "2026-02-30"}, "invoice_date must be YYYY-MM-DD"),
        ({"invoice_date": "05-03-2026"}, "invoice_date must be YYYY-MM-DD"),
        ({"currency": "Euro"}, "currency must be a currency code of ISO 4217"),
        (
            {"document_type": "poem"},
            "document_type must be one of invoice, credit_note, debit_note, receipt, other",
        ),
        ({"items": {}}, "items must be a list"),
        ({"items": ["x"]}, "items[0] must be an object"),
        ({"items": [{"colour": "red"}]}, "items[0].colour is not a field of an invoice"),
        ({"items": [{}, {"amount": "12"}]}, "items[1].amount must be a number"),
        ({"items": [{}] * (MOST_ITEMS + 1)}, "items must be at most 10000 lines"),
        ({"taxes": [{"rate": "18"}]}, "taxes[0].rate must be a number"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(sent: dict[str, object], message: str) -> None:
    with pytest.raises(Rejected) as refused:
        corrected(STANDING, sent)
    assert str(refused.value) == message


@given(
    st.decimals(
        min_value=-(10**DIGITS_BEFORE) + 1,
        max_value=10**DIGITS_BEFORE - 1,
        places=DIGITS_BEHIND,
        allow_nan=False,
    )
)
def test_an_amount_survives_the_way_through_json_to_the_last_digit(amount: Decimal) -> None:
    sent = loads(dumps({"total_amt": amount}))
    assert isinstance(sent, dict)
    new = corrected(STANDING, sent)
    assert loads(dumps(new["total_amt"])) == amount


@given(st.dictionaries(st.sampled_from(ORDER), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)))  # fmt: skip
def test_whatever_is_sent_is_taken_or_refused_by_name(sent: dict[str, object]) -> None:
    try:
        new = corrected(STANDING, sent)
    except Rejected as refused:
        assert str(refused).split("[")[0].split(" ")[0].split(".")[0] in ORDER
    else:
        # What was taken once is taken again, and is the same.
        again = corrected(STANDING, new)
        lines = lines_of(new["items"])
        assert changes(new, again, origins_of(lines, lines_of(again["items"]))) == []
