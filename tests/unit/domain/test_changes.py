"""What counts as a change, and which lines are the same line still."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from common.domain.changes import Change, changes, lines_of, origins_of

PENS: dict[str, object] = {"description": "Pens", "quantity": 2, "amount": Decimal("10.00")}
INK: dict[str, object] = {"description": "Ink", "quantity": 1, "amount": Decimal("7.50")}
PAPER: dict[str, object] = {"description": "Paper", "quantity": 5, "amount": Decimal("25.00")}


def test_an_equal_number_with_other_zeros_is_no_change() -> None:
    assert changes({"total_amt": Decimal("100.00")}, {"total_amt": 100}, []) == []


def test_a_text_of_digits_is_not_the_number() -> None:
    assert changes({"invoice_number": "100"}, {"invoice_number": 100}, []) != []


def test_a_changed_value_is_told_with_old_and_new() -> None:
    found = changes({"total_amt": Decimal("100")}, {"total_amt": Decimal("118")}, [])
    assert found == [Change("total_amt", None, None, Decimal("100"), Decimal("118"))]


def test_lines_keep_their_identity_where_they_go() -> None:
    assert origins_of([PENS, INK, PAPER], [PAPER, PENS, INK]) == [2, 0, 1]


def test_an_edited_line_is_still_the_line_between_its_neighbours() -> None:
    dearer = {**INK, "amount": Decimal("8.50")}
    assert origins_of([PENS, INK, PAPER], [PENS, dearer, PAPER]) == [0, 1, 2]
    assert changes({"items": [PENS, INK]}, {"items": [PENS, dearer]}, [0, 1]) == [
        Change("items", 1, "amount", Decimal("7.50"), Decimal("8.50"))
    ]


def test_a_line_that_came_between_is_new() -> None:
    assert origins_of([PENS, PAPER], [PENS, INK, PAPER]) == [0, None, 1]


def test_a_line_that_went_is_told_as_it_was() -> None:
    assert changes({"items": [PENS, INK]}, {"items": [INK]}, [1]) == [
        Change("items", 0, None, "Pens · 2 · 10.00", None)
    ]


def test_a_moved_line_alone_is_a_change_of_order() -> None:
    assert changes({"items": [PENS, INK]}, {"items": [INK, PENS]}, [1, 0]) == [
        Change("items", None, None, "1, 2", "2, 1")
    ]


lines = st.lists(
    st.fixed_dictionaries({"description": st.sampled_from("abc"), "amount": st.integers(0, 3)}), max_size=6
)


@given(lines, lines)
def test_no_line_comes_from_two_and_none_is_lost(
    former: list[dict[str, object]], now: list[dict[str, object]]
) -> None:
    origins = origins_of(former, now)
    known = [origin for origin in origins if origin is not None]
    assert len(origins) == len(now)
    assert len(set(known)) == len(known)
    removed = [
        change
        for change in changes({"items": former}, {"items": now}, origins)
        if change.new is None and change.cell is None and change.item is not None
    ]
    assert len(removed) == len(former) - len(known)


@given(lines)
def test_the_same_lines_are_no_change(same: list[dict[str, object]]) -> None:
    assert changes({"items": same}, {"items": same}, origins_of(same, same)) == []


def test_what_is_no_list_of_lines_is_none() -> None:
    assert lines_of("x") == []
    assert lines_of([1, PENS]) == [PENS]
