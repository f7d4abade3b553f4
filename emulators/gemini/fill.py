"""An answer that fits a response schema, from the values that the reader found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from emulators.gemini.names import field_of
from emulators.gemini.schema import Schema

Values = Mapping[str, object]


class _Absent:
    """No value at all: the property is left out where the schema lets it."""


ABSENT = _Absent()
_EMPTY: dict[str, object] = {"string": "", "number": 0, "integer": 0, "boolean": False, "null": None}
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def filled(schema: Schema, values: Values) -> object:
    """The JSON value for `schema`; it always validates against it."""
    if schema.kind == "array":
        answer = _array(schema, [values], "invoice")
    else:
        answer = _object(schema, values, "invoice", "") if schema.kind == "object" else ABSENT
    return _empty(schema) if isinstance(answer, _Absent) else answer


def _object(schema: Schema, values: Values, context: str, prefix: str) -> object:
    answer: dict[str, object] = {}
    for name, child in schema.properties.items():
        value = _property(name, child, values, context, prefix)
        if not isinstance(value, _Absent):
            answer[name] = value
        elif child.nullable:
            answer[name] = None
        elif name in schema.required:
            answer[name] = _empty(child)
    return answer


def _property(name: str, schema: Schema, values: Values, context: str, prefix: str) -> object:
    field = field_of(context, name, schema.title, schema.description, prefix)
    if schema.kind == "object":
        # A group ("vendor": {name, tax_id}) or one field with parts of its own ("value").
        if field is not None and not isinstance(values.get(field), list):
            inner: Values = {**values, "value": values.get(field)}
            if "value" in schema.properties:
                return _wrapped(schema, inner, context)
        return _object(schema, values, context, name)
    if field is None:
        return ABSENT
    value = values.get(field)
    if schema.kind == "array":
        return _array(schema, value, field)
    return _scalar(schema, value)


def _wrapped(schema: Schema, values: Values, context: str) -> object:
    answer = _object(schema, {}, context, "")
    if isinstance(answer, dict):
        value = _scalar(schema.properties["value"], values["value"])
        if not isinstance(value, _Absent):
            answer["value"] = value
    return answer


def _array(schema: Schema, value: object, context: str) -> object:
    if not isinstance(value, list) or schema.items is None:
        return ABSENT
    inner = schema.items
    if inner.kind == "object":
        if context not in ("items", "taxes", "invoice"):
            return ABSENT
        rows = [_object(inner, one, context, "") for one in value if isinstance(one, Mapping)]
    else:
        rows = [one for one in (_scalar(inner, one) for one in value) if not isinstance(one, _Absent)]
    return rows if schema.max_items is None else rows[: schema.max_items]


def _scalar(schema: Schema, value: object) -> object:
    if value is None or isinstance(value, (list, Mapping)):
        return ABSENT
    if schema.kind in ("number", "integer"):
        number = _number(value)
        if number is None or (schema.kind == "integer" and number != number.to_integral_value()):
            return ABSENT
        return int(number) if schema.kind == "integer" else number
    if schema.kind == "boolean":
        return value if isinstance(value, bool) else ABSENT
    text = _plain(value)
    if schema.enum:
        return next((one for one in schema.enum if one.casefold() == text.casefold()), ABSENT)
    return text


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?", value):
        return Decimal(value)
    return None


def _plain(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _empty(schema: Schema) -> object:
    """The type's empty value, for what is required and can't be null."""
    if schema.nullable:
        return None
    if schema.kind == "array":
        return []
    if schema.kind == "object":
        return {
            name: None if child.nullable else _empty(child)
            for name, child in schema.properties.items()
            if child.nullable or name in schema.required
        }
    if schema.enum:
        return next(
            (one for one in schema.enum if one.casefold() in ("other", "unknown", "none")), schema.enum[0]
        )
    return _EMPTY[schema.kind]
