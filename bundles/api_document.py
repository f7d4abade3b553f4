"""The list of routes as people read it: what the gateways are made from, without what only they need."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from emulators.gateway.openapi import document, plain

TEMPLATE = Path(__file__).resolve().parents[1] / "infra" / "terraform" / "openapi.yaml.tftpl"
NAME = "openapi.json"

LEFT_OUT = frozenset({"options", "head"})
"""Methods that would say the same of every path once more."""

PAGE_FILES = "/check/static/"

_VARIABLE = re.compile(r"\$\{(\w+)_url\}")

CALLERS = {
    "token": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": 'Where AUTH_MODE is token: "Bearer" and the access_token that /login/ gives.',
    },
    "key": {
        "type": "apiKey",
        "in": "header",
        "name": "x-api-key",
        "description": "Only where the cloud's gateway asks for a key too, beside api_key in the body.",
    },
}
"""Who may call, by the operation's x-caller. Both may be left empty where nobody asks."""


def write(function: Path) -> Path:
    """Writes the document into the folder of a function, unless it is there already."""
    target = function / NAME
    text = json.dumps(for_people(TEMPLATE.read_text("utf-8")), ensure_ascii=False, separators=(",", ":"))
    if not target.is_file() or target.read_text("utf-8") != text:
        # Whoever reads it meanwhile finds the former one whole.
        new = target.with_name(f".{NAME}.{os.getpid()}")
        new.write_text(text, "utf-8")
        new.replace(target)
    return target


def for_people(template: str) -> dict[str, Any]:
    """The document of a template: paths with their last slash, callers as OpenAPI knows them."""
    spec = plain(document(template, dict.fromkeys(_VARIABLE.findall(template), "")))
    paths = {
        _slashed(path): _without_ours({name: each for name, each in item.items() if name not in LEFT_OUT})
        for path, item in spec["paths"].items()
        if not path.startswith(PAGE_FILES)
    }
    # The scheme and host are those of whoever serves it.
    kept = {name: each for name, each in spec.items() if name not in ("paths", "schemes")}
    return {**_without_ours(kept), "securityDefinitions": CALLERS, "paths": paths}


def _without_ours(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ours(each) for each in value]
    if not isinstance(value, dict):
        return value
    own = {
        name: _without_ours(each)
        for name, each in value.items()
        if not name.startswith("x-") or name == "x-nullable"
    }
    return own | ({"security": [{value["x-caller"]: []}]} if "x-caller" in value else {})


def _slashed(path: str) -> str:
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"
