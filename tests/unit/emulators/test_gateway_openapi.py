"""The list of routes: complete, valid, and the same to every reader of the file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft4Validator  # type: ignore[import-untyped]
from openapi_spec_validator import validate

from emulators.gateway.openapi import METHODS, document, operations, plain

FILE = Path(__file__).parents[3] / "infra/terraform/openapi.yaml.tftpl"
TEMPLATE = FILE.read_text("utf-8")
FUNCTIONS = ("auth", "upload", "invoices", "extract", "webhook", "check_ui")
UPSTREAMS = {name: f"https://{name}.example" for name in FUNCTIONS}
SPEC = document(TEMPLATE, UPSTREAMS)

# The contract's paths and methods, and the function of each.
CONTRACT = {
    "/": ("check_ui", "GET"),
    "/status": ("check_ui", "GET"),
    "/docs": ("check_ui", "GET"),
    "/docs/openapi.json": ("check_ui", "GET"),
    "/signup": ("auth", "POST"),
    "/login": ("auth", "POST"),
    "/.well-known/jwks.json": ("auth", "GET"),
    "/upload": ("upload", "POST"),
    "/upload/url": ("upload", "POST"),
    "/invoices": ("invoices", "GET"),
    "/invoice/{invoice_id}/file": ("invoices", "GET HEAD"),
    "/invoice/{invoice_id}/data": ("invoices", "GET"),
    "/invoice/{invoice_id}/refetch": ("invoices", "POST"),
    "/process-invoices": ("extract", "POST"),
    "/invoice/extract-data": ("extract", "POST"),
    "/invoice/extract-data/get": ("extract", "GET"),
    "/invoice/extract-data/file": ("extract", "GET HEAD"),
    "/process-pdf/gemini": ("extract", "POST"),
    "/process-pdf/vertex": ("extract", "POST"),
    "/process-pdf/gemini/v2": ("extract", "POST"),
    "/process-pdf/vertex/v2": ("extract", "POST"),
    "/check": ("check_ui", "GET"),
    "/check/data": ("check_ui", "GET"),
    "/check/file": ("check_ui", "GET"),
    "/check/words": ("check_ui", "GET"),
    "/check/save": ("check_ui", "POST"),
    "/check/static/{file=**}": ("check_ui", "GET HEAD"),
    "/review": ("check_ui", "GET"),
    "/replay": ("webhook", "POST"),
    "/webhook": ("webhook", "GET HEAD POST PUT PATCH DELETE"),
    "/webhook/show": ("webhook", "GET"),
    "/webhook/{path=**}": ("webhook", "GET HEAD POST PUT PATCH DELETE"),
}
ALL = [
    (path, method, operation)
    for path, item in SPEC["paths"].items()
    for method, operation in item.items()
    if method in METHODS
]
each_operation = pytest.mark.parametrize(
    ("path", "method", "operation"), ALL, ids=[f"{method} {path}" for path, method, _ in ALL]
)


def test_the_file_lists_the_contracts_routes_and_no_others() -> None:
    listed: dict[str, tuple[str, set[str]]] = {}
    for operation in operations(SPEC):
        function = operation.address.removeprefix("https://").removesuffix(".example")
        listed.setdefault(operation.path, (function, set()))[1].add(operation.method)
    assert listed == {
        path: (function, {*methods.split(), "OPTIONS"}) for path, (function, methods) in CONTRACT.items()
    }


def test_the_file_is_valid_openapi() -> None:
    validate(plain(SPEC))


def test_no_path_but_the_first_ends_in_a_slash() -> None:
    assert [path for path in SPEC["paths"] if path.endswith("/")] == ["/"]


@each_operation
def test_every_operation_says_where_it_goes_and_for_how_long(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    backend = operation["x-google-backend"]
    assert backend["address"] in UPSTREAMS.values()
    assert backend["path_translation"] == "APPEND_PATH_TO_ADDRESS"
    assert 30 <= backend["deadline"] <= 300


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, _, operation in ALL]
    assert len({*ids}) == len(ids)
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]+", each) for each in ids)


@each_operation
def test_every_operation_lists_the_errors_that_any_call_may_get(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    assert {"400", "404", "413", "414", "431", "500", "502", "503", "504"} <= operation["responses"].keys()
    for status, answer in operation["responses"].items():
        if status >= "400":
            definition = answer["schema"]["$ref"].removeprefix("#/definitions/")
            assert "error" in SPEC["definitions"][definition]["required"]


@each_operation
def test_every_parameter_of_a_path_is_described(path: str, method: str, operation: dict[str, Any]) -> None:
    described = [*SPEC["paths"][path].get("parameters", []), *operation.get("parameters", [])]
    named = {each["name"] for each in described if each["in"] == "path"}
    assert named == {*re.findall(r"\{(\w+)", path)}


@pytest.mark.parametrize("name", SPEC["definitions"])
def test_a_definition_forbids_no_further_fields(name: str) -> None:
    assert '"additionalProperties": false' not in json.dumps(SPEC["definitions"][name])


@pytest.mark.parametrize("name", [name for name, each in SPEC["definitions"].items() if "example" in each])
def test_an_example_fits_its_definition(name: str) -> None:
    schema = {**_with_null(SPEC["definitions"][name]), "definitions": _with_null(SPEC["definitions"])}
    Draft4Validator(schema).validate(SPEC["definitions"][name]["example"])


def _with_null(schema: Any) -> Any:
    """x-nullable as JSON Schema says it."""
    if isinstance(schema, list):
        return [_with_null(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _with_null(value) for key, value in schema.items() if key != "x-nullable"}
    return {"anyOf": [inner, {"type": "null"}]} if schema.get("x-nullable") is True else inner


def test_a_function_without_an_address_is_an_error() -> None:
    with pytest.raises(KeyError, match="check_ui"):
        document(TEMPLATE, {name: url for name, url in UPSTREAMS.items() if name != "check_ui"})


def test_no_word_means_something_else_to_another_yaml_parser() -> None:
    """YAML 1.1 takes a bare y, no or on for a truth value in some parsers, and not in others."""
    odd = {"y", "n", "yes", "no", "on", "off", "~"}
    bare = [
        token.value
        for token in yaml.scan(TEMPLATE)
        if isinstance(token, yaml.ScalarToken) and token.plain and token.value.lower() in odd
    ]
    assert bare == []
