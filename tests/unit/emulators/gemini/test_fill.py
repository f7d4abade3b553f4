"""Answers that fit a response schema."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain import exact_json
from emulators.gemini.failure import Failure
from emulators.gemini.fill import filled
from emulators.gemini.names import field_of
from emulators.gemini.schema import from_json_schema, from_service_schema

VALUES: dict[str, object] = {
    "invoice_number": "A-1",
    "total_amt": Decimal("12.50"),
    "vendor_name": "Weber GmbH",
    "due_date": None,
    "items": [
        {"description": "Bolt", "quantity": 3, "amount": Decimal("9.00"), "unit": None},
        {"description": "Nut", "quantity": Decimal("2.5"), "amount": Decimal("3.50"), "unit": "kg"},
    ],
}


def answer(properties: dict[str, Any], **more: Any) -> object:
    return filled(from_service_schema({"type": "OBJECT", "properties": properties, **more}, "gemini"), VALUES)


def test_only_what_is_asked_is_answered() -> None:
    assert answer({"total_amt": {"type": "NUMBER"}}) == {"total_amt": Decimal("12.50")}


def test_printed_digits_are_kept_in_numbers_and_in_text() -> None:
    numbers = answer({"total_amt": {"type": "NUMBER"}})
    assert exact_json.dumps(numbers) == '{"total_amt":12.50}'
    assert answer({"total_amt": {"type": "STRING"}}) == {"total_amt": "12.50"}


def test_an_unknown_property_is_null_left_out_or_empty() -> None:
    properties = {
        "colour": {"type": "STRING", "nullable": True},
        "weight": {"type": "NUMBER"},
        "smell": {"type": "STRING"},
        "parts": {"type": "ARRAY", "items": {"type": "STRING"}},
    }
    found = answer(properties, required=["smell", "parts"])
    assert found == {"colour": None, "smell": "", "parts": []}


def test_short_names_are_understood_by_their_description() -> None:
    properties = {
        "no": {"type": "STRING", "description": "invoice_number, as printed"},
        "it": {
            "type": "ARRAY",
            "description": "items: the lines",
            "items": {
                "type": "OBJECT",
                "properties": {
                    "d": {"type": "STRING", "description": "description"},
                    "q": {"type": "NUMBER", "title": "quantity"},
                },
            },
        },
    }
    assert answer(properties) == {
        "no": "A-1",
        "it": [{"d": "Bolt", "q": 3}, {"d": "Nut", "q": Decimal("2.5")}],
    }


def test_groups_and_wrapped_values_are_understood() -> None:
    group = {"vendor": {"type": "OBJECT", "properties": {"name": {"type": "STRING"}}}}
    assert answer(group) == {"vendor": {"name": "Weber GmbH"}}
    wrapped = {"total_amt": {"type": "OBJECT", "properties": {"value": {"type": "NUMBER"}}}}
    assert answer(wrapped) == {"total_amt": {"value": Decimal("12.50")}}


def test_an_enum_takes_only_its_own_words() -> None:
    values = {"document_type": "receipt"}
    schema = from_service_schema(
        {
            "type": "OBJECT",
            "properties": {"document_type": {"type": "STRING", "enum": ["INVOICE", "OTHER"]}},
            "required": ["document_type"],
        },
        "gemini",
    )
    assert filled(schema, values) == {"document_type": "OTHER"}
    assert filled(schema, {"document_type": "invoice"}) == {"document_type": "INVOICE"}


@pytest.mark.parametrize(
    ("context", "name", "field"),
    [
        ("invoice", "invoiceNumber", "invoice_number"),
        ("invoice", "supplier_name", "vendor_name"),
        ("invoice", "grand_total", "total_amt"),
        ("items", "qty", "quantity"),
        ("items", "line_total", "amount"),
        ("taxes", "percent", "rate"),
        ("invoice", "colour", None),
    ],
)
def test_common_names_mean_their_field(context: str, name: str, field: str | None) -> None:
    assert field_of(context, name) == field


SCALARS = st.sampled_from(["string", "number", "integer", "boolean"])
NAMES = st.sampled_from(["invoice_number", "total_amt", "due_date", "colour", "x", "vendor"])


def objects(children: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    def built(properties: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
        required = st.lists(st.sampled_from(sorted(properties)), unique=True) if properties else st.just([])
        return required.map(lambda names: {"type": "object", "properties": properties, "required": names})

    return st.dictionaries(NAMES, children, max_size=4).flatmap(built)


SCHEMAS = st.recursive(
    st.one_of(
        SCALARS.map(lambda kind: {"type": kind}),
        SCALARS.map(lambda kind: {"type": [kind, "null"]}),
        SCALARS.map(lambda kind: {"anyOf": [{"type": "null"}, {"type": kind}]}),
        st.just({"type": "string", "enum": ["a", "b"]}),
    ),
    lambda children: st.one_of(
        objects(children), children.map(lambda inner: {"type": "array", "items": inner})
    ),
    max_leaves=8,
)


@given(objects(SCHEMAS))
def test_every_answer_validates_against_the_schema_that_was_sent(schema: dict[str, Any]) -> None:
    text = exact_json.dumps(filled(from_json_schema(schema), VALUES))
    jsonschema_rs.validator_for(schema).validate(json.loads(text))


def test_a_schema_with_a_name_that_the_service_lacks_is_refused() -> None:
    with pytest.raises(Failure, match="additionalProperties"):
        from_service_schema({"type": "OBJECT", "additionalProperties": False}, "gemini")
    from_service_schema({"type": "OBJECT", "additionalProperties": False}, "vertex")


@pytest.mark.parametrize(
    "schema", [{"type": "WORD"}, {"type": "ARRAY"}, {"type": "OBJECT", "properties": {}, "required": ["x"]}]
)
def test_a_schema_that_the_service_would_refuse_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(Failure) as refused:
        from_service_schema(schema, "gemini")
    assert refused.value.code == 400


def test_a_schema_without_end_is_refused() -> None:
    schema: dict[str, Any] = {"type": "OBJECT"}
    for _ in range(100):
        schema = {"type": "ARRAY", "items": schema}
    with pytest.raises(Failure):
        from_service_schema(schema, "gemini")
    with pytest.raises(Failure):
        from_json_schema({"$defs": {"A": {"$ref": "#/$defs/A"}}, "$ref": "#/$defs/A"})
