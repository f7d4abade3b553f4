"""Reading JSON objects of the protocol, whose names may be snake_case or camelCase."""

from __future__ import annotations

import json
import re

from emulators.gemini.failure import invalid, unknown_name

_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")


def snake(name: str) -> str:
    """`maxOutputTokens` and `max_output_tokens` are one name to the service."""
    return _HUMP.sub(r"_\1", name).lower()


def parse(raw: bytes) -> dict[str, object]:
    """The body as an object; raises Failure (400) for anything else."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise invalid("Invalid JSON payload received. Parsing terminated before end of input.") from None
    if not isinstance(value, dict):
        raise invalid("Invalid JSON payload received. The root must be an object.")
    return value


def named(value: object, known: frozenset[str], where: str) -> dict[str, object]:
    """`value` with snake_case names, absent ones left out; raises Failure for a name not in `known`."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise invalid(f"Invalid value at '{where}'.")
    fields: dict[str, object] = {}
    for name, inner in value.items():
        plain = snake(str(name))
        if plain not in known:
            raise unknown_name(str(name), where)
        if inner is not None:
            fields[plain] = inner
    return fields


def sequence(value: object, where: str) -> list[object]:
    """A repeated field; one object alone counts as a list of one, as the service takes it."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise invalid(f"Invalid value at '{where}'.")
    return value


def whole(fields: dict[str, object], name: str, where: str) -> int | None:
    """An integer field; the protocol also takes one as text."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid(f"Invalid value at '{where}.{name}' (TYPE_INT32), {value!r}")
    return value


def text(fields: dict[str, object], name: str, where: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise invalid(f"Invalid value at '{where}.{name}' (TYPE_STRING)")
    return value
