"""The document's operations as Envoy's routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from emulators.gateway.openapi import Operation
from emulators.gateway.replies import preflight

_OPTIONS: dict[str, Any] = {"name": ":method", "string_match": {"exact": "OPTIONS"}}
_PREFLIGHT: list[dict[str, Any]] = [
    _OPTIONS,
    {"name": "access-control-request-method", "present_match": True},
]


def pattern(path: str) -> str:
    """RE2 that matches a whole path of this template, with and without its trailing slash."""
    return "/" + "/".join(_segment(segment) for segment in path.strip("/").split("/")) + "/?"


def routes(
    operations: Iterable[Operation], clusters: Mapping[str, str], cors_origins: Sequence[str]
) -> list[dict[str, Any]]:
    """Envoy's route table; the first match wins. `clusters` names the cluster of each address.

    A pre-flight is answered for every path, also an unknown one: a page may read our 404s.
    """
    table: list[dict[str, Any]] = [
        {
            "match": {"prefix": "/", "headers": _PREFLIGHT},
            "direct_response": {"status": 204},
            "response_headers_to_add": preflight(cors_origins),
        },
    ]
    ordered = sorted(operations, key=lambda operation: _specificity(operation.path))
    for path, group in groupby(ordered, key=lambda operation: operation.path):
        table += _path(path, list(group), clusters)
    return [*table, {"match": {"prefix": "/"}, "direct_response": {"status": 404}}]


def _path(path: str, operations: list[Operation], clusters: Mapping[str, str]) -> list[dict[str, Any]]:
    match = {"safe_regex": {"regex": pattern(path)}}
    # OPTIONS is listed for pre-flights alone: a plain one is refused like any other method.
    allowed = ", ".join(operation.method for operation in operations if operation.method != "OPTIONS")
    return [
        {
            "match": {**match, "headers": [{"name": ":method", "string_match": {"exact": operation.method}}]},
            "route": {
                "cluster": clusters[operation.address],
                "timeout": f"{operation.deadline}s",
                # Silence is allowed for as long as the deadline, which then answers for itself.
                "idle_timeout": f"{operation.deadline + 30}s",
            },
        }
        for operation in operations
    ] + [
        {
            "match": match,
            "direct_response": {"status": 405},
            "response_headers_to_add": [{"header": {"key": "allow", "value": allowed}}],
        }
    ]


def _segment(segment: str) -> str:
    if segment.endswith("=**}"):
        return ".*"
    return "[^/]+" if segment.startswith("{") else re.escape(segment)


def _specificity(path: str) -> list[tuple[int, str]]:
    """API Gateway's order: at each segment a literal before `{name}` before `{name=**}`."""
    return [
        (2 if segment.endswith("=**}") else 1 if segment.startswith("{") else 0, segment)
        for segment in path.strip("/").split("/")
    ]
