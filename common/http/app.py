"""An app: the routes of one function, and what every one of its answers has in common."""

from __future__ import annotations

import io
import re
import time
import uuid
from collections.abc import Callable
from typing import TypeVar

from flask import Request, Response, current_app, has_app_context
from flask import request as current_request
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, PathConverter, Rule

from common import logs, traces
from common.config import settings
from common.http import cors
from common.http.answer import Answer, error_answer
from common.http.error_table import answer_for

BODY_LIMIT = 32 * 1024 * 1024
"""Bytes; Google Cloud, "Cloud Run functions quotas": an HTTP request of the 2nd generation."""

FIELD_LIMIT = 1024 * 1024
"""Bytes of all form fields together that are no file."""

ANY_METHOD = "*"

DISCARDED_AT_MOST = 64 * 1024 * 1024
"""Bytes; no platform here lets more of a body through."""

_PIECE = 256 * 1024

SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")

Handler = TypeVar("Handler", bound=Callable[..., Answer | Response])


class _Anything(PathConverter):
    """The rest of a path, whatever it holds: slashes and line ends too."""

    regex = r"[\s\S]+?"
    part_isolating = False


class App:
    """Routes of one function. Called with a request, it always gives an answer in the documented shape."""

    def __init__(self, body_limit: int = BODY_LIMIT) -> None:
        self._map = Map(strict_slashes=False, merge_slashes=False, converters={"anything": _Anything})
        self._handlers: dict[str, dict[str, Callable[..., Answer | Response]]] = {}
        self._body_limit = body_limit

    def answer_for_framework(self) -> None:
        """Answers also what the framework would refuse by itself, with a page of HTML.

        It knows no path with a line end in it, and keeps two paths for itself. Called while
        the function's module is loaded, which the framework does inside its own context.
        """
        if has_app_context():
            current_app.register_error_handler(404, lambda _: self(current_request))

    def route(self, method: str, path: str) -> Callable[[Handler], Handler]:
        """Registers a handler for `method` (or ANY_METHOD) on `path`, with and without its last slash."""

        def register(handler: Handler) -> Handler:
            if path not in self._handlers:
                self._handlers[path] = {}
                self._map.add(Rule(path, endpoint=path))
            self._handlers[path][method] = handler
            return handler

        return register

    def __call__(self, request: Request) -> Response:
        """The answer to `request`."""
        given = request.headers.get("X-Request-Id", "")
        began = time.monotonic()
        token = logs.request_id.set(given if SANE_REQUEST_ID.match(given) else uuid.uuid4().hex)
        headers = request.headers
        trace = traces.of_headers(headers.get("traceparent"), headers.get("X-Cloud-Trace-Context"))
        trace_token = logs.trace.set(trace)
        try:
            request.max_content_length = self._body_limit
            request.max_form_memory_size = FIELD_LIMIT
            response = self._answer(request)
            cors.open_to_origins(response, request, settings().cors_origins)
            response.headers["X-Request-Id"] = logs.request_id.get()
            response.headers.setdefault("X-Content-Type-Options", "nosniff")
            _discard_rest(request)
            logs.info(
                "answered",
                method=request.method if request.method in cors.EVERY_METHOD else "other",
                route=self._route_of(request),
                status=response.status_code,
                ms=round((time.monotonic() - began) * 1000),
            )
            return response
        finally:
            logs.request_id.reset(token)
            logs.trace.reset(trace_token)

    def _route_of(self, request: Request) -> str:
        """The route as it is registered: a path may hold what must not be logged."""
        try:
            return str(self._map.bind("").match(request.path)[0])
        except NotFound:
            return "unknown"

    def _answer(self, request: Request) -> Response:
        try:
            answer = self._dispatch(request)
        except Exception as error:  # the edge: whatever happens, the caller gets JSON
            answer = answer_for(error)
        return answer.response() if isinstance(answer, Answer) else answer

    def _dispatch(self, request: Request) -> Answer | Response:
        try:
            path, values = self._map.bind("").match(request.path)
        except NotFound:
            return error_answer("Not found", 404)
        handlers = self._handlers[path]
        if cors.is_preflight(request):
            return cors.preflight(handlers)
        handler = handlers.get(request.method) or handlers.get(ANY_METHOD)
        if handler is None:
            return error_answer("Method not allowed", 405, Allow=", ".join(sorted(handlers)))
        return handler(request, **values)


def _discard_rest(request: Request) -> None:
    """Reads what the handler left of the body, a piece at a time.

    Answered earlier, a proxy that is still sending sees a closed connection
    instead of the answer. And the framework would read the rest into memory at
    once, and fail on one that is over the limit: it is given an empty stream.
    """
    body = request.environ["wsgi.input"]
    # Only a server that says where a body ends can be read to its end without waiting for more.
    left = DISCARDED_AT_MOST if request.environ.get("wsgi.input_terminated") else 0
    while left > 0 and (piece := body.read(min(left, _PIECE))):
        left -= len(piece)
    request.stream = io.BytesIO()
