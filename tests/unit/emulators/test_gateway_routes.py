"""Envoy's route table says what the document says, most particular path first."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulators.gateway.openapi import Operation, document, operations
from emulators.gateway.routes import pattern, routes
from tests.unit.emulators.test_gateway_openapi import SPEC, TEMPLATE, UPSTREAMS

OPERATIONS = [*operations(SPEC)]
CLUSTERS = {url: name for name, url in UPSTREAMS.items()}
TABLE = routes(OPERATIONS, CLUSTERS, ("*",))

segments = st.text(
    st.characters(codec="ascii", exclude_characters="/?#%", categories=("L", "N", "P")), min_size=1
)


def answered(table: list[dict[str, Any]], method: str, path: str) -> dict[str, Any]:
    """What Envoy does: the first route whose conditions all hold."""
    for route in table:
        match = route["match"]
        wanted = {each["name"]: each for each in match.get("headers", [])}
        if "access-control-request-method" in wanted:
            continue
        if ":method" in wanted and wanted[":method"]["string_match"]["exact"] != method:
            continue
        if match.get("prefix") == "/" or re.fullmatch(match["safe_regex"]["regex"], path):
            return route
    raise AssertionError("no route")


def test_the_table_has_the_documents_operations_and_nothing_else() -> None:
    routed = {
        (route["match"]["safe_regex"]["regex"], route["match"]["headers"][0]["string_match"]["exact"])
        for route in TABLE
        if "route" in route
    }
    assert routed == {(pattern(operation.path), operation.method) for operation in OPERATIONS}


@pytest.mark.parametrize(
    "operation", OPERATIONS, ids=lambda operation: f"{operation.method} {operation.path}"
)
def test_an_operation_goes_to_its_cluster_with_its_deadline(operation: Operation) -> None:
    path = operation.path.replace("{invoice_id}", "1").replace("{file=**}", "a/b").replace("{path=**}", "x")
    for form in (path, f"{path}/"):
        found = answered(TABLE, operation.method, form)["route"]
        assert found["cluster"] == CLUSTERS[operation.address]
        assert found["timeout"] == f"{operation.deadline}s"


@given(segments)
def test_one_segment_fills_a_name_and_two_do_not(segment: str) -> None:
    assert re.fullmatch(pattern("/invoice/{invoice_id}/file"), f"/invoice/{segment}/file/")
    assert not re.fullmatch(pattern("/invoice/{invoice_id}/file"), f"/invoice/{segment}/{segment}/file")


@given(st.lists(segments, max_size=5))
def test_any_depth_lies_below_the_webhook(parts: list[str]) -> None:
    path = "/".join(["/webhook", *parts])
    if path != "/webhook/show":
        assert answered(TABLE, "POST", path)["route"]["cluster"] == "webhook"


def test_a_literal_dot_is_no_wildcard() -> None:
    assert not re.fullmatch(pattern("/.well-known/jwks.json"), "/.well-known/jwksxjson")


@given(st.randoms(use_true_random=False))
def test_the_order_in_the_file_does_not_matter(order: random.Random) -> None:
    shuffled = OPERATIONS[:]
    order.shuffle(shuffled)
    grouped = sorted(shuffled, key=lambda operation: [each.path for each in shuffled].index(operation.path))
    table = routes(grouped, CLUSTERS, ("*",))
    assert answered(table, "GET", "/invoice/extract-data/file")["route"]["cluster"] == "extract"
    assert answered(table, "GET", "/invoice/7/file")["route"]["cluster"] == "invoices"
    assert answered(table, "POST", "/webhook/show")["direct_response"]["status"] == 405
    assert answered(table, "GET", "/check/static/data")["route"]["cluster"] == "check_ui"
    assert answered(table, "GET", "/elsewhere")["direct_response"]["status"] == 404


def test_the_template_is_rendered_with_the_given_addresses() -> None:
    moved = {name: f"http://127.0.0.1:{41000 + number}" for number, name in enumerate(UPSTREAMS)}
    addresses = {operation.address for operation in operations(document(TEMPLATE, moved))}
    assert addresses == {*moved.values()}
