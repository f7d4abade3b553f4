"""The gateway's own answers: errors in the contract's shape, pre-flights, and who may read them.

A function's answer is never touched: Envoy maps local replies only, and functions set their
CORS headers themselves.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

_ERRORS = {
    400: "Bad request",
    401: "Authentication required",
    403: "Permission denied",
    404: "Not found",
    405: "Method not allowed",
    408: "Request timeout",
    413: "Payload too large",
    414: "URI too long",
    426: "Upgrade required",
    429: "Too many requests",
    431: "Request header fields too large",
    500: "Internal server error",
    501: "Not implemented",
    502: "Bad gateway",
    503: "Service unavailable",
    504: "Gateway timeout",
}
_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
_REQUEST_HEADERS = (
    "authorization, content-type, idempotency-key, if-none-match, if-range, range, x-api-key, x-request-id"
)
_SHOWN_HEADERS = (
    "accept-ranges, allow, content-disposition, content-range, etag, location, retry-after, x-request-id"
)

_REQUEST_ID = "request.headers['x-request-id']"
SANE_REQUEST_ID = (
    f"%CEL({_REQUEST_ID}.matches('^[A-Za-z0-9._-]+$') && size({_REQUEST_ID}) <= 64 ? {_REQUEST_ID} : '')%"
)
"""The caller's own X-Request-Id where it is a sane one, else nothing."""


def local_replies(cors_origins: Sequence[str]) -> dict[str, Any]:
    """Envoy's local_reply_config."""
    headers = [
        # What fails before it is a request has no id yet: it gets one of its own.
        header("x-request-id", "%UNIQUE_ID%"),
        header("x-request-id", SANE_REQUEST_ID),
        *shown_to(cors_origins),
    ]
    return {
        "mappers": [
            {
                "filter": {"status_code_filter": {"comparison": _equal(status)}},
                "body_format_override": {"json_format": _body(status, text)},
                "headers_to_add": headers,
            }
            for status, text in _ERRORS.items()
        ]
    }


def preflight(cors_origins: Sequence[str]) -> list[dict[str, Any]]:
    """Headers of the answer to a CORS pre-flight; the same for every path."""
    return [
        *shown_to(cors_origins),
        header("access-control-allow-methods", _METHODS),
        header("access-control-allow-headers", _REQUEST_HEADERS),
        header("access-control-max-age", "600"),
    ]


def shown_to(origins: Sequence[str]) -> list[dict[str, Any]]:
    """Headers that let pages of `origins` read an answer; "*" means any page."""
    if "*" in origins:
        allowed = [header("access-control-allow-origin", "*")]
    else:
        origin = "request.headers['origin']"
        allowed = [
            header(
                "access-control-allow-origin", f"%CEL({origin} in {json.dumps([*origins])} ? {origin} : '')%"
            ),
            header("vary", "origin"),
        ]
    return [*allowed, header("access-control-expose-headers", _SHOWN_HEADERS)]


def header(key: str, value: str, *, keep_empty: bool = False) -> dict[str, Any]:
    """Sets a header in place of any that is there; one that comes out empty is not set."""
    return {
        "header": {"key": key, "value": value},
        "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
        "keep_empty_value": keep_empty,
    }


def _equal(status: int) -> dict[str, Any]:
    return {"op": "EQ", "value": {"default_value": status, "runtime_key": "unused"}}


def _body(status: int, text: str) -> dict[str, str]:
    fault = status == HTTPStatus.INTERNAL_SERVER_ERROR
    return {"error": text, **({"request_id": "%REQ(x-request-id)%"} if fault else {})}
