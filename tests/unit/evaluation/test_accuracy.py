"""The figures of a run."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from evaluation import accuracy
from evaluation.marks import LineCount, Mark
from evaluation.reading import Cost, Scored
from evaluation.sample import Sample
from evaluation.tables import Table


def scored(name: str, vendor: str, *marks: Mark, usd: Decimal | None = Decimal("0.01")) -> Scored:
    sample = Sample(name, "set", Path(name), {}, vendor)
    cost = Cost(calls=1, input_tokens=1000, output_tokens=100, usd=usd, local_ms=30.0, model_ms=200.0)
    return Scored(sample, cost, 1, "model", marks=list(marks), lines=LineCount(4, 5, 3, 1, 1))


def mark(field: str, outcome: Any, flagged: bool = False) -> Mark:
    return Mark(field, outcome, flagged, "true", "read")


DOCUMENTS = [
    scored("a", "Much", mark("total_amt", "exact"), mark("invoice_number", "wrong")),
    scored(
        "b", "Much", mark("total_amt", "exact", flagged=True), mark("invoice_number", "wrong", flagged=True)
    ),
    scored("c", "Much", mark("total_amt", "exact"), mark("invoice_number", "missing")),
    scored("d", "Seldom", mark("total_amt", "wrong"), mark("invoice_number", "exact")),
]


def rows(name: str) -> list[dict[str, Any]]:
    found: list[Table] = [table for table in accuracy.tables(DOCUMENTS) if table.name == name]
    return found[0].records()


def test_the_first_total_is_wrong_values_that_nobody_would_look_at() -> None:
    totals = accuracy.totals(DOCUMENTS)
    assert next(iter(totals)) == "wrong_unflagged"
    assert (totals["wrong_unflagged"], totals["wrong"], totals["missing"], totals["exact"]) == (2, 3, 1, 4)
    assert totals["exact_flagged"] == 1
    assert totals["exact_share"] == Decimal("0.5")


def test_each_vendor_counts_once_in_the_vendor_average() -> None:
    total = next(row for row in rows("fields") if row["field"] == "total_amt")
    assert total["exact_share"] == Decimal("0.75")
    assert total["vendor_average"] == Decimal("0.5")


def test_lines_have_precision_and_recall() -> None:
    totals = accuracy.totals(DOCUMENTS)
    assert totals["line_precision"] == Decimal("0.6")
    assert totals["line_recall"] == Decimal("0.75")


def test_a_terminal_sees_of_fields_by_vendor_only_what_is_not_all_exact() -> None:
    (table,) = [table for table in accuracy.tables(DOCUMENTS) if table.name == "fields_by_vendor"]
    assert {tuple(row[:2]) for row in table.rows} == {
        ("total_amt", "Much"),
        ("total_amt", "Seldom"),
        ("invoice_number", "Much"),
        ("invoice_number", "Seldom"),
    }
    assert [tuple(row[:2]) for row in table.brief or ()] == [
        ("invoice_number", "Much"),
        ("total_amt", "Seldom"),
    ]


def test_tokens_add_up_and_an_unknown_price_makes_the_sum_unknown_not_smaller() -> None:
    totals = accuracy.totals(DOCUMENTS)
    assert (totals["input_tokens"], totals["output_tokens"], totals["usd"]) == (4000, 400, Decimal("0.04"))
    assert accuracy.totals([*DOCUMENTS, scored("e", "Much", usd=None)])["usd"] is None


def test_wrong_unflagged_values_stand_first_among_the_misses() -> None:
    assert [(row["outcome"], row["flagged"]) for row in rows("misses")] == [
        ("wrong", "no"),
        ("wrong", "no"),
        ("wrong", "yes"),
        ("missing", "no"),
    ]


def test_nothing_is_divided_by_nothing() -> None:
    totals = accuracy.totals([])
    assert (totals["exact_share"], totals["line_recall"], totals["local_ms_median"]) == (None, None, None)
    assert all(table.records() is not None for table in accuracy.tables([]))
