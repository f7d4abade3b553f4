"""Pub/Sub's push requests (Google Cloud, "Push subscriptions", message format)."""

from __future__ import annotations

import base64
import binascii

from flask import Request

from common import logs
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
    return Message(content, {str(name): str(value) for name, value in attributes.items()})


def adopt_request_id(message: Message) -> None:
    """Makes the id of the request that sent the message the id of every log line about it.

    Our own messages carry it as an attribute; a bucket's notification in the
    metadata of the object that it is about.
    """
    given = message.attributes.get("requestId")
    if given is None and message.data:
        try:
            described = loads(message.data)
        except ValueError:
            return
        metadata = described.get("metadata") if isinstance(described, dict) else None
        given = metadata.get("request_id") if isinstance(metadata, dict) else None
    if isinstance(given, str) and SANE_REQUEST_ID.match(given):
        logs.request_id.set(given)
