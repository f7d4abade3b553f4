"""A logged webhook sent again, to a URL of a person's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from common import logs, outside, webhooks
from common.domain.addresses import Network
from common.domain.replayed import Replayed, replayed
from common.errors import Missing
from common.files import bucket
from common.outside import Received, Target


@dataclass(frozen=True)
class Replay:
    """A hit, and where it shall go."""

    request: Replayed
    target: Target


def replay(timestamp: str, url: str, own: Collection[str], allowed: Collection[Network]) -> Replay:
    """What would be sent to `url`; raises as outside.target does, and Missing for an unknown hit."""
    entry = webhooks.find(timestamp)
    if entry is None:
        raise Missing("Webhook not found")
    name = entry.get("data_object")
    whole = bucket.read(name) if entry.get("data_truncated") is True and isinstance(name, str) else None
    request = replayed(timestamp, entry, whole)
    return Replay(request, outside.target(url, request.query, own=own, allowed=allowed))


def send(planned: Replay) -> Received:
    """Sends it, once."""
    request = planned.request
    received = outside.send(planned.target, request.method, request.headers, request.body)
    logs.info("webhook replayed", status_received=received.status, bytes=len(request.body))
    return received


def documented(planned: Replay) -> dict[str, object]:
    """The request as the answer shows it."""
    return {
        "method": planned.request.method,
        "url": planned.target.url,
        "address": planned.target.addresses[0],
        "headers": planned.request.headers,
        "body_bytes": len(planned.request.body),
    }


def documented_answer(received: Received) -> dict[str, object]:
    """What came back, as the answer shows it: a text, whatever it was."""
    return {
        "status": received.status,
        "content_type": received.content_type,
        "body": received.body.decode("utf-8", "replace"),
        "truncated": received.truncated,
        "seconds": received.seconds,
    }
