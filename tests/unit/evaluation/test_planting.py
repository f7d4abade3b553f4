"""Errors planted in true extractions: each is an error, and only one, of the kind that it says."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.extraction import pipeline, reader
from emulators.samples import samples
from evaluation.planting import embedded
from evaluation.planting.error import DoubledLine, DroppedLine, WrongCell, WrongValue
from evaluation.planting.hiding import WAYS, CannotHide, with_hidden
from evaluation.planting.kinds import HIDDEN, KINDS, changes
from evaluation.planting.subject import Subject
from evaluation.planting.trial import try_out
from evaluation.sameness import same, same_cell
from evaluation.sample import Sample

US = next(sample for sample in samples() if sample.name == "us-invoice.pdf")
TEXT = "Invoice no. AF-2026-0417 Customer 88231 Order 4711-9\n"
TEXT += "Date 2026-03-12 Due 2026-04-11 Paid 2026-02-01\n8.25 %\n"
TEXT += "1,422.00 992.00 186.00 340.00 2,940.00 3,072.14 19 %"


@pytest.fixture(autouse=True, scope="module")
def reading_processes() -> Iterator[None]:
    """Ends the processes that wait for another PDF."""
    yield
    reader.close()


def subject(seed: int = 1) -> Subject:
    truth = copy.deepcopy(US.truth)
    truth["items"] = [dict(item) for item in US.truth["items"]]  # type: ignore[attr-defined]
    return Subject(truth, TEXT, random.Random(seed))


def planted(kind: str) -> list[Any]:
    return [change for name, change in changes(subject()) if name == kind]


def reason(field: str, item: int | None = None, cell: str | None = None, code: str = "x") -> dict[str, Any]:
    return {"code": code, "field": field, "item": item, "cell": cell, "message": ""}


@given(st.integers(0, 10_000))
def test_every_planted_value_is_wrong_whatever_the_chance(seed: int) -> None:
    found = subject(seed)
    for _, change in changes(found):
        made = change.planted(found.truth)
        if isinstance(change, WrongValue):
            assert not same(change.field, found.truth.get(change.field), made[change.field])
        elif isinstance(change, WrongCell):
            true = found.truth["items"][change.item]
            assert not same_cell(change.cell, true[change.cell], made["items"][change.item][change.cell])
        else:
            assert abs(len(made["items"]) - len(found.truth["items"])) == 1


@given(st.integers(0, 10_000))
def test_everything_else_stays_true(seed: int) -> None:
    found = subject(seed)
    before = copy.deepcopy(found.truth)
    for _, change in changes(found):
        made = change.planted(found.truth)
        assert {name for name in before if made[name] != before[name]} <= {change.field}
    assert found.truth == before


def test_an_invoice_with_every_field_has_room_for_every_kind_but_what_it_lacks() -> None:
    missing = set(KINDS) - {HIDDEN} - {kind for kind, _ in changes(subject())}
    assert missing == set()


def test_kinds_plant_what_they_are_named_for() -> None:
    assert WrongValue("vendor_name", "Cascade Field Research LLC") in planted("buyer as vendor")
    assert WrongValue("total_amt", Decimal("8.25")) in planted("tax rate as total")
    assert WrongValue("total_amt", Decimal("2940.00")) in planted("total that is the subtotal")
    assert WrongValue("invoice_date", "2026-12-03") in planted("day/month swapped")
    assert WrongValue("invoice_date", "2026-04-11") in planted("due date as date")
    assert WrongValue("invoice_date", "2026-02-01") in planted("due date as date")
    assert WrongValue("currency", "EUR") in planted("wrong currency")
    assert WrongValue("total_amt", Decimal("30721.40")) in planted("decimal shifted")
    numbers = {change.value for change in planted("neighbour's number") if change.field == "invoice_number"}
    assert numbers and "AF-2026-0417" not in numbers


def test_a_wrong_line_is_caught_by_a_reason_about_it_and_pinpointed_by_one_about_the_cell() -> None:
    change = WrongCell(1, "amount", Decimal(1))
    assert change.caught([reason("items", 1, "quantity")])
    assert not change.pinpointed([reason("items", 1, "quantity")])
    assert change.pinpointed([reason("items", 1, "amount")])
    assert not change.caught([reason("items", 0, "amount"), reason("total_amt")])


def test_a_dropped_line_is_caught_only_by_a_word_about_missing_lines() -> None:
    assert DroppedLine(1).caught([reason("items", code="missing_line")])
    assert not DroppedLine(1).caught([reason("items", 0, "amount", code="not_found")])


def test_a_doubled_line_is_caught_at_either_of_the_two() -> None:
    assert DoubledLine(1).caught([reason("items", 1)])
    assert DoubledLine(1).caught([reason("items", 2)])
    assert not DoubledLine(1).caught([reason("items", 3)])


def test_a_wrong_value_is_not_caught_by_a_reason_about_the_document_or_another_field() -> None:
    assert not WrongValue("total_amt", Decimal(1)).caught([reason("tax_amt"), {**reason("x"), "field": None}])


@pytest.mark.parametrize("way", WAYS)
def test_hidden_text_is_in_the_file_and_not_on_the_page(way: str) -> None:
    changed = with_hidden(US.pdf, ["Total 9,999.11", "Invoice No. HX-12345"], way)
    document = pipeline.prepare(changed, pipeline.Limits()).document
    assert "HX-12345" not in "".join(page.text for page in document.pages)
    assert "HX-12345" in "".join(hidden.text for page in document.pages for hidden in page.hidden)
    assert "AF-2026-0417" in document.pages[0].text


def test_a_file_that_can_not_be_changed_ends_in_an_error() -> None:
    with pytest.raises(CannotHide):
        with_hidden(b"%PDF-1.4 broken", ["x"], "white")


@pytest.mark.parametrize(
    ("value", "text", "printed"),
    [
        ("1234.5", "Summe 1.234,50 EUR", True),
        ("1234.5", "1,234.50", True),
        ("1234.5", "1234.50", True),
        ("20", "20 Stk", True),
        ("20", "120 Stk", False),
        ("0.025", "0,0250", True),
        ("1234.5", "11.234,50", False),
    ],
)
def test_an_amount_is_printed_in_any_usual_notation(value: str, text: str, printed: bool) -> None:
    assert embedded.prints(Decimal(value), text) is printed


def test_a_trial_counts_true_values_and_catches_errors_in_a_real_document(tmp_path: Path) -> None:
    path = tmp_path / "us.pdf"
    path.write_bytes(US.pdf)
    truth = {name: value for name, value in US.truth.items() if value is not None}
    truth["items"] = [dict(item) for item in US.truth["items"]]  # type: ignore[attr-defined]
    truth["taxes"] = [dict(row) for row in US.truth["taxes"]]  # type: ignore[attr-defined]
    trial = try_out(Sample("us.pdf", "own", path, truth), pipeline.Limits(), seed=1)
    assert not trial.left_out
    assert trial.values > 35
    assert trial.located == trial.locatable
    assert trial.alarms == []
    assert {each.kind for each in trial.planted} == set(KINDS)
    assert sum(each.caught for each in trial.planted) / len(trial.planted) > 0.9


def test_a_document_without_text_is_left_out_and_says_how_it_could_be_tried(tmp_path: Path) -> None:
    scan = next(sample for sample in samples() if sample.name == "scanned-invoice.pdf")
    (tmp_path / "scan.pdf").write_bytes(scan.pdf)
    sample = Sample("scan.pdf", "own", tmp_path / "scan.pdf", {"total_amt": Decimal(1)})
    trial = try_out(sample, pipeline.Limits(), seed=1)
    assert "--ocr" in trial.left_out
    assert trial.planted == []
