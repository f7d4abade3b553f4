"""The list of routes: a Terraform template of an OpenAPI 2.0 document, read without Terraform."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
"""The methods that OpenAPI 2.0 knows, in the order in which an Allow header names them."""

_VARIABLE = re.compile(r"\$\{(\w+)_url\}")
_ANY_DEPTH = re.compile(r"\{(\w+)=\*\*\}")


@dataclass(frozen=True)
class Operation:
    """One method of one path. `path` is the template, without its trailing slash."""

    path: str
    method: str
    address: str
    deadline: float
    """Seconds until the gateway answers 504."""


def document(template: str, upstreams: Mapping[str, str]) -> dict[str, Any]:
    """The document as API Gateway gets it, with `upstreams` as the addresses of the functions.

    Raises KeyError for a function that `upstreams` does not name.
    """
    text = _VARIABLE.sub(lambda variable: upstreams[variable[1]], template)
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def plain(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The document for tools that know OpenAPI's `{name}` alone, and not Google's `{name=**}`."""
    return {**spec, "paths": {_ANY_DEPTH.sub(r"{\1}", path): item for path, item in spec["paths"].items()}}


def operations(spec: Mapping[str, Any]) -> Iterator[Operation]:
    """Every operation of the document, in its order."""
    for path, item in spec["paths"].items():
        for method in METHODS:
            if method in item:
                backend = item[method]["x-google-backend"]
                yield Operation(path, method.upper(), backend["address"], float(backend["deadline"]))
