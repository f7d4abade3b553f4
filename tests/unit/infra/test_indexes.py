"""Terraform's indexes are those that the queries of common/records need: derived, not remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.checks.configuration import Configuration
from infra.checks.indexes import UnknownOperator, findings, needed, singly
from infra.checks.queries import UnreadableQuery, of_module, queries
from infra.checks.values import Filter, Query

ROOT = Path(__file__).parents[3]
RECORDS = ROOT / "common" / "records"
TERRAFORM = ROOT / "infra" / "terraform"


def test_terraforms_indexes_are_those_that_the_queries_need() -> None:
    assert list(findings(Configuration(TERRAFORM), RECORDS)) == []


def test_the_codes_queries_are_found() -> None:
    found = queries(RECORDS)
    listed = Query(
        "invoices", (Filter("auth_id", "=="), Filter("shown", "=="), Filter("id", ">")), (("id", False),)
    )
    assert listed in found
    assert {query.collection for query in found} >= {"webhook_logs", "object_names", "invoice_direct_data"}


def _changed(tmp_path: Path, old: str, new: str) -> list[str]:
    """What is found in our configuration with one text of it changed."""
    for path in TERRAFORM.glob("*.tf"):
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return list(findings(Configuration(tmp_path), RECORDS))


def test_an_index_that_is_missing_is_found(tmp_path: Path) -> None:
    found = _changed(tmp_path, '["auth_id", "shown", "id"],', "")
    assert found == ["no composite index for invoices: auth_id, shown, id"]


def test_an_index_that_runs_the_other_way_is_found(tmp_path: Path) -> None:
    found = _changed(tmp_path, '"-timestamp"', '"timestamp"')
    assert found == [
        "no composite index for webhook_logs: shard, -timestamp",
        "no query needs the index webhook_logs: shard, timestamp",
    ]


def test_an_exemption_of_a_field_that_is_asked_for_is_found(tmp_path: Path) -> None:
    found = _changed(tmp_path, '"processing.since"', '"processing"')
    assert list(dict.fromkeys(found)) == ["invoices.processing.state is asked for and not indexed"]


def test_an_exemption_of_a_field_that_nobody_writes_is_found(tmp_path: Path) -> None:
    assert _changed(tmp_path, '"entry"', '"entries"') == ["no record has webhook_logs.entries"]


def test_an_expiry_of_records_that_are_searched_by_it_is_found(tmp_path: Path) -> None:
    found = _changed(tmp_path, '    webhook_logs     = "expires"', '    object_names = "expires"')
    assert "object_names.expires is asked for and not indexed" in found


def _of(source: str) -> set[Query]:
    return of_module(source, "here.py", {})


CHOICE = """
def found(state, owner):
    query = collection("things")
    if state == "open":
        query = query.where("open", "==", True)
    if state == "late":
        query = query.where(filter=where("due", "<", 3))
    if owner is not None:
        query = query.where(filter=FieldFilter("owner", "==", owner))
    return query.limit(10).get()
"""


def test_every_way_through_a_condition_is_a_query() -> None:
    found = {tuple(str(each.field) for each in query.filters) for query in _of(CHOICE)}
    assert found == {("open",), ("open", "owner"), ("due",), ("due", "owner"), ("owner",)}


THROUGH_OTHERS = """
THINGS = "things"

class Where:
    name: str
    field: str

def all_of(owner):
    return _found(Where(THINGS, "owner"), owner)

def _found(where, value):
    for field in ("red", "green"):
        yield from collection(where.name).where(where.field, "==", value).order_by(field).stream()
"""


def test_names_are_followed_through_calls_classes_and_loops() -> None:
    assert _of(THROUGH_OTHERS) == {
        Query("things", (Filter("owner", "=="),), ((field, False),)) for field in ("red", "green")
    }


@pytest.mark.parametrize(
    "source",
    [
        "def found(field): return collection('things').where(field, '==', 1).get()",
        "def found(field): return collection('things').order_by(field).get()",
        "def found(name): return collection(name).where('a', '==', 1).get()",
        "def _unused(): return collection('things').where('a', '==', 1).get()",
    ],
)
def test_a_query_that_cant_be_read_is_an_error(source: str) -> None:
    with pytest.raises(UnreadableQuery):
        _of(source)


def _query(*conditions: tuple[str, str], by: tuple[tuple[str, bool], ...] = ()) -> Query:
    return Query("things", tuple(Filter(field, operator) for field, operator in conditions), by)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (_query(("a", "==")), None),
        (_query(("a", "=="), ("b", "==")), None),
        (_query(("a", "in"), ("b", "==")), None),
        (_query(("a", "<")), None),
        (_query(("a", ">"), ("a", "<")), None),
        (_query(by=(("a", True),)), None),
        (_query(("a", "=="), by=(("a", False),)), None),
        (_query(("a", "=="), ("b", "<")), "things: a, b"),
        (_query(("a", "=="), by=(("b", True),)), "things: a, -b"),
        (_query(("b", "=="), ("a", "=="), ("c", ">"), by=(("c", False),)), "things: a, b, c"),
    ],
)
def test_a_composite_index_is_needed_for_an_order_or_a_range_beside_an_equality(
    query: Query, index: str | None
) -> None:
    found = needed(query)
    assert (None if found is None else str(found)) == index


def test_a_query_with_a_composite_index_needs_no_other() -> None:
    assert singly(_query(("a", "=="), by=(("b", False),))) == set()
    assert singly(_query(("a", "=="), ("b.c", "=="))) == {"a", "b.c"}


def test_an_operator_that_nobody_has_thought_about_is_an_error() -> None:
    with pytest.raises(UnknownOperator):
        needed(_query(("a", "array_contains"), ("b", "<")))
