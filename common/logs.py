"""Structured logs: one JSON object a line, with the request's id and its trace, and never any content.

What Cloud Logging reads from such a line: Google Cloud, "Structured logging" and "Link log entries
with traces".
"""

from __future__ import annotations

import json
import sys
import traceback
from contextvars import ContextVar

from common.config import settings
from common.traces import Trace

request_id: ContextVar[str] = ContextVar("request_id", default="")
trace: ContextVar[Trace | None] = ContextVar("trace", default=None)


def origin() -> dict[str, str]:
    """What an object or a message carries of this request, so that lines about later work have it too."""
    here = trace.get()
    parent = None if here is None else here.parent
    return {"request_id": request_id.get(), **({} if parent is None else {"traceparent": parent})}


def info(event: str, **facts: str | int | float | bool | None) -> None:
    """One line about what happened: ids, counts and times, no invoice content."""
    _write("INFO", event, facts)


def warning(event: str, **facts: str | int | float | bool | None) -> None:
    """One line about what went wrong outside, or is retried."""
    _write("WARNING", event, facts)


def fault(event: str, error: BaseException, **facts: str | int | float | bool | None) -> None:
    """One line about a fault of our own.

    Of the error only its type and the places it passed are written: its text
    may quote a document or a secret.
    """
    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-12:]
    ]
    _write("ERROR", event, {**facts, "error": type(error).__name__, "at": " < ".join(reversed(places))})


def _write(severity: str, event: str, facts: dict[str, str | int | float | bool | None]) -> None:
    line = {"severity": severity, "message": event, "request_id": request_id.get(), **_trace(), **facts}
    sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def _trace() -> dict[str, str | bool]:
    """The fields by which Cloud Logging puts a line below its request."""
    here = trace.get()
    if here is None:
        return {}
    return {
        "logging.googleapis.com/trace": f"projects/{settings().project}/traces/{here.id}",
        **({} if here.span is None else {"logging.googleapis.com/spanId": here.span}),
        "logging.googleapis.com/trace_sampled": here.sampled,
    }
