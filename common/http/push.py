"""Pub/Sub's push requests (Google Cloud, "Push subscriptions", message format)."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime

from flask import Request

from common import logs, traces
from common.arrivals import Message
from common.domain.exact_json import loads
from common.errors import Rejected
from common.http.app import SANE_REQUEST_ID
from common.http.body import json_body


def message_of(request: Request) -> Message:
    """The message that was pushed; Rejected for a body that is no push."""
    message = json_body(request).values.get("message")
    if not isinstance(message, dict):
        raise Rejected("Invalid push message")
    attributes = message.get("attributes") or {}
    data = message.get("data") or ""
    if not isinstance(attributes, dict) or not isinstance(data, str):
        raise Rejected("Invalid push message")
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error:
        raise Rejected("Invalid push message") from None
    texts = {str(name): str(value) for name, value in attributes.items()}
    return Message(content, texts, _time(message.get("publishTime")))


def _time(text: object) -> datetime:
    """A push's time; now, for one that names none."""
    try:
        time = datetime.fromisoformat(text) if isinstance(text, str) else datetime.now(UTC)
    except ValueError:
        raise Rejected("Invalid push message") from None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)


def adopt_origin(message: Message) -> None:
    """Gives every log line about the message the id and the trace of the request that sent it.

    Our own messages carry them as attributes; a bucket's notification in the
    metadata of the object that it is about.
    """
    told = _metadata(message)
    request_id = message.attributes.get("requestId") or told.get("request_id")
    if isinstance(request_id, str) and SANE_REQUEST_ID.match(request_id):
        logs.request_id.set(request_id)
    parent = message.attributes.get("traceparent") or told.get("traceparent")
    trace = traces.of_parent(parent) if isinstance(parent, str) else None
    if trace is not None:
        logs.trace.set(trace)


def _metadata(message: Message) -> dict[str, object]:
    """The metadata of the object that a notification is about."""
    try:
        described = loads(message.data) if message.data else None
    except ValueError:
        return {}
    metadata = described.get("metadata") if isinstance(described, dict) else None
    return metadata if isinstance(metadata, dict) else {}
