"""The list of routes as both gateways are given it: valid, and in the cloud with nothing left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from emulators.gateway.openapi import METHODS, document, plain
from infra.checks.routes import TEMPLATE
from infra.checks.terraform import rendered

MODULE = "infra/terraform/modules/openapi"
_TOKEN_MODE = "AUTH_MODE=token"
_JWKS = "https://keys.example/.well-known/jwks.json"


def local(root: Path, functions: Sequence[str]) -> Iterator[str]:
    """What is wrong with the document as the local gateway reads it."""
    spec = document((root / TEMPLATE).read_text("utf-8"), _addresses(functions))
    yield from _invalid(spec)
    yield from _unmarked(spec)


def cloud(root: Path, functions: Sequence[str]) -> Iterator[str]:
    """What is wrong with the documents that Terraform makes. Raises NotToBeHad without terraform."""
    addresses = _addresses(functions)
    values = {"urls": addresses, "token_check": {"jwks_uri": _JWKS}, "key_check": {"per_minute": 60}}
    spec = json.loads(rendered(root / MODULE, values, "document"))
    here = document((root / TEMPLATE).read_text("utf-8"), addresses)
    yield from _invalid(spec)
    yield from _guarded(spec)
    if _without_guards(spec) != _as_json(here["paths"]):
        yield "Terraform's routes are not those of the local gateway"
    bare = json.loads(rendered(root / MODULE, {"urls": addresses}, "document"))
    if bare["paths"] != _as_json(here["paths"]) or bare["securityDefinitions"]:
        yield "without its checks, the cloud's document is not the local gateway's"
    yield from _invalid(json.loads(rendered(root / MODULE, values, "key_document")))


def _addresses(functions: Sequence[str]) -> dict[str, str]:
    return {name: f"https://{name.replace('_', '-')}-123456789012.us-central1.run.app" for name in functions}


def _invalid(spec: dict[str, Any]) -> Iterator[str]:
    try:
        validate(plain(spec))
    except OpenAPIValidationError as error:
        yield f"not valid OpenAPI: {error.message}"
    for path, item in spec["paths"].items():
        for method in METHODS:
            backend = item.get(method, {}).get("x-google-backend")
            if method in item and (
                backend is None or not {"address", "path_translation", "deadline"} <= backend.keys()
            ):
                yield f"{method} {path} does not say where it goes, how and for how long"


def _unmarked(spec: dict[str, Any]) -> Iterator[str]:
    """An operation that answers 401 without a token is marked so.

    Not where a link opens it as well, or a browser gets a page that asks for the rest: neither can
    bring a token to the gateway.
    """
    for path, item in spec["paths"].items():
        for method in METHODS:
            operation = item.get(method, {})
            said = operation.get("responses", {}).get("401", {}).get("description", "")
            parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
            is_page = "text/html" in operation.get("produces", [])
            by_link = any(each["name"] == "link" for each in parameters)
            asks = said.startswith(_TOKEN_MODE) and not by_link and not is_page
            if asks != (operation.get("x-caller") == "token"):
                yield f"{method} {path}: its x-caller and its 401 don't agree"


def _guarded(spec: dict[str, Any]) -> Iterator[str]:
    """Each operation asks for what its x-caller says, and a pre-flight for nothing."""
    wanted: dict[str | None, object] = {"token": [{"token": []}], "key": [{"key": []}], None: None}
    for path, item in spec["paths"].items():
        for method in METHODS:
            if method in item and item[method].get("security") != wanted[item[method].get("x-caller")]:
                yield f"{method} {path} asks for {item[method].get('security')}"
        if "security" in item.get("options", {}):
            yield f"the pre-flight of {path} asks for something"
    if {"token", "key"} != {*spec["securityDefinitions"]}:
        yield "tokens and keys are not both defined"


def _without_guards(spec: dict[str, Any]) -> dict[str, Any]:
    guards = ("security", "x-google-quota")
    return {
        path: {
            name: {key: each for key, each in value.items() if key not in guards}
            if name in METHODS
            else value
            for name, value in item.items()
        }
        for path, item in spec["paths"].items()
    }


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value))
