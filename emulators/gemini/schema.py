"""The response schema of a request, in one form for both of the protocol's notations."""

from __future__ import annotations

from dataclasses import dataclass, field

from emulators.gemini import body
from emulators.gemini.failure import Service, invalid

_DEPTH = 32
_BOTH = (
    "type format title description nullable enum items max_items min_items properties required "
    "min_properties max_properties minimum maximum min_length max_length pattern example any_of "
    "property_ordering default"
)
_SERVICE_NAMES: dict[str, frozenset[str]] = {
    "gemini": frozenset(_BOTH.split()),
    "vertex": frozenset(f"{_BOTH} additional_properties ref defs".split()),
}
TYPES = frozenset(("object", "array", "string", "number", "integer", "boolean", "null"))


@dataclass
class Schema:
    """One node. `kind` is a name of TYPES in lower case; `order` are its property names as asked."""

    kind: str
    nullable: bool = False
    properties: dict[str, Schema] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: Schema | None = None
    enum: tuple[str, ...] = ()
    title: str = ""
    description: str = ""
    max_items: int | None = None


def from_service_schema(value: object, service: Service) -> Schema:
    """The protocol's own Schema message; raises Failure (400) for names it does not have."""
    return _service(value, service, "generation_config.response_schema", 0)


def from_json_schema(value: object) -> Schema:
    """JSON Schema as `responseJsonSchema` takes it: type lists, anyOf with null, $defs and $ref."""
    if not isinstance(value, dict):
        raise invalid("Invalid value at 'generation_config.response_json_schema'.")
    return _json(value, value, 0)


def _service(value: object, service: Service, where: str, depth: int) -> Schema:
    if depth > _DEPTH:
        raise invalid("The specified schema produces a constraint that has too many states for serving.")
    fields = body.named(value, _SERVICE_NAMES[service], where)
    branches = [
        _service(branch, service, f"{where}.any_of[{index}]", depth + 1)
        for index, branch in enumerate(body.sequence(fields.get("any_of"), f"{where}.any_of"))
    ]
    inner = fields.get("items")
    node = Schema(
        kind=(body.text(fields, "type", where) or "").lower(),
        nullable=fields.get("nullable") is True,
        properties={
            name: _service(child, service, f"{where}.properties[{name!r}]", depth + 1)
            for name, child in _object(fields.get("properties"), f"{where}.properties").items()
        },
        required=_names(fields.get("required"), f"{where}.required"),
        items=None if inner is None else _service(inner, service, f"{where}.items", depth + 1),
        enum=tuple(str(one) for one in body.sequence(fields.get("enum"), f"{where}.enum")),
        title=body.text(fields, "title", where) or "",
        description=body.text(fields, "description", where) or "",
        max_items=body.whole(fields, "max_items", where),
    )
    _order(node, body.sequence(fields.get("property_ordering"), f"{where}.property_ordering"))
    return _checked(_merged(node, branches), where)


def _json(value: object, root: dict[str, object], depth: int) -> Schema:
    where = "generation_config.response_json_schema"
    if depth > _DEPTH or not isinstance(value, dict):
        raise invalid(f"Invalid value at '{where}'.")
    if isinstance(value.get("$ref"), str):
        target = _resolved(value["$ref"], root)
        siblings = {name: inner for name, inner in value.items() if name != "$ref"}
        return _json({**target, **siblings}, root, depth + 1)
    kinds = value.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else list(kinds) if isinstance(kinds, list) else []
    kinds = [str(kind).lower() for kind in kinds]
    branches = [
        _json(branch, root, depth + 1)
        for name in ("anyOf", "oneOf")
        for branch in body.sequence(value.get(name), f"{where}.{name}")
    ]
    inner = value.get("items")
    enum = body.sequence(value.get("enum"), f"{where}.enum")
    node = Schema(
        kind=next((kind for kind in kinds if kind != "null"), "null" if kinds else ""),
        nullable="null" in kinds or None in enum or value.get("nullable") is True,
        properties={
            name: _json(child, root, depth + 1)
            for name, child in _object(value.get("properties"), f"{where}.properties").items()
        },
        required=_names(value.get("required"), f"{where}.required"),
        items=None if not isinstance(inner, dict) else _json(inner, root, depth + 1),
        enum=tuple(str(one) for one in enum if one is not None),
        title=str(value.get("title") or ""),
        description=str(value.get("description") or ""),
        max_items=body.whole(value, "maxItems", where),
    )
    _order(node, body.sequence(value.get("propertyOrdering"), f"{where}.propertyOrdering"))
    return _checked(_merged(node, branches), where)


def _merged(node: Schema, branches: list[Schema]) -> Schema:
    """anyOf: the first branch that is not null stands for all; null among them makes it nullable."""
    real = [branch for branch in branches if branch.kind != "null"]
    if not real:
        return node
    chosen = real[0]
    chosen.nullable = chosen.nullable or node.nullable or len(real) < len(branches)
    chosen.title = node.title or chosen.title
    chosen.description = node.description or chosen.description
    return chosen


def _checked(node: Schema, where: str) -> Schema:
    if not node.kind:
        node.kind = "object" if node.properties else "array" if node.items else "string"
    if node.kind not in TYPES:
        raise invalid(f"Invalid value at '{where}.type' (TYPE_ENUM), \"{node.kind.upper()}\"")
    if node.kind == "array" and node.items is None:
        raise invalid(f"* GenerateContentRequest.{where}.items: missing field.\n")
    unknown = node.required - node.properties.keys() if node.kind == "object" else frozenset()
    if unknown:
        name = sorted(unknown)[0]
        raise invalid(f"* GenerateContentRequest.{where}.required[0]: property is not defined: {name}\n")
    return node


def _order(node: Schema, names: list[object]) -> None:
    first = [name for name in names if isinstance(name, str) and name in node.properties]
    rest = [name for name in node.properties if name not in first]
    node.properties = {name: node.properties[name] for name in (*first, *rest)}


def _names(value: object, where: str) -> frozenset[str]:
    return frozenset(str(name) for name in body.sequence(value, where))


def _object(value: object, where: str) -> dict[str, object]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise invalid(f"Invalid value at '{where}'.")
    return value


def _resolved(reference: str, root: dict[str, object]) -> dict[str, object]:
    target: object = root
    for step in reference.removeprefix("#").strip("/").split("/"):
        target = target.get(step) if isinstance(target, dict) else None
    if not isinstance(target, dict):
        raise invalid(f"The schema refers to {reference}, which it does not define.")
    return target
