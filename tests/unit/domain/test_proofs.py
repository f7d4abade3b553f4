"""What becomes of evidence, confidence and review after a correction."""

from __future__ import annotations

from decimal import Decimal

from common.domain import proofs
from common.domain.changes import Change

TOTAL = Change("total_amt", None, None, Decimal("100"), Decimal("118"))
AMOUNT = Change("items", 0, "amount", Decimal("7"), Decimal("8"))


def reason(field: str | None, item: int | None = None, cell: str | None = None) -> dict[str, object]:
    return {"code": "sum_mismatch", "field": field, "item": item, "cell": cell, "message": "why"}


def test_a_typed_value_is_certain_and_stands_on_no_page() -> None:
    known = {"total_amt": Decimal("0.2"), "tax_amt": Decimal("0.8"), "items": []}
    values = {"total_amt": Decimal("118"), "tax_amt": Decimal("18")}
    assert proofs.confidence(known, values, [], [TOTAL], {}, vouched=False) == {
        "total_amt": 1,
        "tax_amt": Decimal("0.8"),
        "items": [],
    }
    found = proofs.evidence({"total_amt": {"page": 1}, "tax_amt": {"page": 2}}, [], [TOTAL])
    assert found == {"total_amt": None, "tax_amt": {"page": 2}, "items": []}


def test_a_value_that_was_taken_away_has_no_confidence() -> None:
    gone = Change("total_amt", None, None, Decimal("100"), None)
    assert (
        proofs.confidence({"total_amt": 1}, {"total_amt": None}, [], [gone], {}, vouched=False)["total_amt"]
        is None
    )


def test_evidence_and_reasons_go_where_their_line_goes() -> None:
    former = {"items": [{"amount": {"page": 1}}, {"amount": {"page": 2}}]}
    assert proofs.evidence(former, [1, 0], [])["items"] == [{"amount": {"page": 2}}, {"amount": {"page": 1}}]
    kept = proofs.review({"reasons": [reason("items", 1, "amount")]}, [1, 0], [], vouched=False)
    assert kept == {"needed": True, "reasons": [reason("items", 0, "amount")]}


def test_a_reason_goes_with_the_value_that_it_was_about() -> None:
    reasons = [reason("total_amt"), reason("tax_amt"), reason(None)]
    kept = proofs.review({"reasons": reasons}, [], [TOTAL], vouched=False)
    assert kept == {"needed": True, "reasons": [reason("tax_amt"), reason(None)]}


def test_a_reason_about_another_cell_of_an_edited_line_stays() -> None:
    reasons = [reason("items", 0, "amount"), reason("items", 0, "quantity"), reason("items", 1, "amount")]
    kept = proofs.review({"reasons": reasons}, [0], [AMOUNT], vouched=False)
    assert kept["reasons"] == [reason("items", 0, "quantity")]


def test_who_vouches_for_a_record_clears_it() -> None:
    assert proofs.review({"reasons": [reason("tax_amt")]}, [], [], vouched=True) == {
        "needed": False,
        "reasons": [],
    }
    values = {"tax_amt": Decimal("18"), "total_amt": None}
    known = {"tax_amt": Decimal("0.2"), "total_amt": None, "items": [Decimal("0.1")]}
    assert proofs.confidence(known, values, [0], [], {}, vouched=True) == {
        "tax_amt": 1,
        "total_amt": None,
        "items": [1],
    }


def test_a_value_that_a_reason_names_is_under_one_half_whoever_typed_it() -> None:
    known = {"total_amt": Decimal("0.9"), "tax_amt": Decimal("0.2"), "items": [Decimal("0.9")]}
    values = {"total_amt": Decimal("118"), "tax_amt": Decimal("18")}
    review = {"reasons": [reason("total_amt"), reason("items", 0, "amount")]}
    found = proofs.confidence(known, values, [0], [TOTAL], review, vouched=False)
    assert found == {"total_amt": Decimal("0.3"), "tax_amt": Decimal("0.5"), "items": [Decimal("0.3")]}


def test_a_whole_result_is_as_sure_as_its_least_sure_value() -> None:
    known = {"total_amt": Decimal("0.97"), "due_date": None, "items": [Decimal("0.9"), Decimal("0.7")]}
    assert proofs.overall(known, {"reasons": []}) == Decimal("0.7")
    assert proofs.overall({"total_amt": None, "items": []}, {"reasons": []}) is None


def test_a_whole_result_is_under_one_half_where_any_reason_stands() -> None:
    known = {"total_amt": Decimal("0.97"), "items": []}
    assert proofs.overall(known, {"reasons": [reason(None)]}) == Decimal("0.3")
    assert proofs.overall({**known, "tax_amt": Decimal("0.2")}, {"reasons": [reason("tax_amt")]}) == Decimal(
        "0.2"
    )


def test_a_record_of_the_same_invoice_takes_no_certainty() -> None:
    twice = {**reason(None), "code": "duplicate"}
    assert proofs.overall({"total_amt": Decimal("0.97")}, {"reasons": [twice]}) == Decimal("0.97")
