"""Cross-origin calls by browsers (Fetch standard, CORS protocol)."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Request, Response

EVERY_METHOD = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
_REQUEST_HEADERS = (
    "Authorization, Content-Type, Idempotency-Key, If-None-Match, Range, X-Api-Key, X-Request-Id"
)
_SHOWN_HEADERS = (
    "Accept-Ranges, Content-Disposition, Content-Range, ETag, Location, Retry-After, X-Request-Id"
)


def is_preflight(request: Request) -> bool:
    """Whether a browser asks here if it may call, rather than calling."""
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def preflight(methods: Iterable[str]) -> Response:
    """What a browser may send to a path that takes `methods`."""
    named = [method for method in methods if method != "*"] or EVERY_METHOD
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(named))
    response.headers["Access-Control-Allow-Headers"] = _REQUEST_HEADERS
    response.headers["Access-Control-Max-Age"] = "600"
    return response


def open_to_origins(response: Response, request: Request, origins: tuple[str, ...]) -> None:
    """Lets pages of `origins` read the answer; "*" means any page."""
    if "*" in origins:
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response.headers.add("Vary", "Origin")
        origin = request.headers.get("Origin", "")
        if origin in origins:
            response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _SHOWN_HEADERS
