"""Whatever a model says, the data holds every field, each of its kind or null."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from common.domain.fields import ITEM_NAMES, ORDER, TAX_NAMES
from common.extraction.answer import expand, tidy


def test_an_empty_answer_has_every_field() -> None:
    data = tidy({})
    assert list(data) == list(ORDER)
    assert (data["items"], data["taxes"]) == ([], [])
    assert {value for name, value in data.items() if name not in ("items", "taxes")} == {None}


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (12, Decimal(12)),
        (Decimal("12.50"), Decimal("12.50")),
        ("1.234,56", Decimal("1234.56")),
        ("(12.50)", Decimal("-12.50")),
        ("19 %", Decimal(19)),
        (299.96999999999997, Decimal("299.97")),
        (True, None),
        ("twelve", None),
        (float("nan"), None),
        (10**30, None),
        ([], None),
        (None, None),
    ],
)
def test_a_number_is_a_number(value: object, number: Decimal | None) -> None:
    assert tidy({"total_amt": value})["total_amt"] == number


@pytest.mark.parametrize(
    ("field", "value", "clean"),
    [
        ("invoice_date", "2024-03-05", "2024-03-05"),
        ("invoice_date", "2024-03-05T00:00:00Z", "2024-03-05"),
        ("invoice_date", "5 March 2024", "2024-03-05"),
        ("invoice_date", "in 30 days", None),
        ("vendor_tax_id", " de 232 446 240", "DE232446240"),
        ("currency", "eur", "EUR"),
        ("document_type", "Invoice", "invoice"),
        ("document_type", "poem", None),
        ("vendor_name", "  Acme   Ltd ", "Acme Ltd"),
        ("vendor_name", "N/A", None),
        ("vendor_name", {"name": "Acme"}, None),
        ("invoice_number", 4711, "4711"),
    ],
)
def test_a_text_is_of_its_kind(field: str, value: object, clean: str | None) -> None:
    assert tidy({field: value})[field] == clean


def test_rows_hold_every_cell_and_empty_ones_go() -> None:
    rows: list[Any] = [
        {"description": "Bolts", "amount": "3.50", "colour": "red"},
        {"amount": None},
        "text",
        None,
    ]
    data = tidy({"items": rows, "taxes": [{"rate": 20}]})
    assert [list(row) for row in data["items"]] == [list(ITEM_NAMES)]
    assert data["items"][0]["amount"] == Decimal("3.50")
    assert list(data["taxes"][0]) == list(TAX_NAMES)


def test_short_and_full_names_mean_the_same() -> None:
    assert expand({"no": "1", "it": [{"d": "x"}]}) == expand(
        {"invoice_number": "1", "items": [{"description": "x"}]}
    )
