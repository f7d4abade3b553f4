"""Webhooks: every hit is logged, shown newest first, and kept as webhook_logs.json in the bucket."""

from __future__ import annotations

import io
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from common import logs
from common.domain.exact_json import dumps, loads
from common.domain.replayed import HIDDEN
from common.errors import InvoiceSystemError, Rejected
from common.files import bucket
from common.records import webhook_logs
from common.records.webhook_logs import StoredHit

LOG_FILE = "webhook_logs.json"
REWRITTEN_EVERY = 3.0
"""Seconds between two rewritings of the log file at the least."""

SHOWN_BYTES = 8 * 1024 * 1024
INLINE_BYTES = 1024 * 1024
"""A body up to this size is logged whole."""

EXCERPT_BYTES = 64 * 1024
"""What is logged of a larger one; the whole of it lies in the bucket."""

KEPT_DAYS = 365

_INLINE_ENTRY = 900_000
"""Bytes of an entry that a record holds; a larger one lies in the bucket and the record names it."""

_SECRET_NAMES = frozenset(
    {"authorization", "proxy-authorization", "cookie", "x-api-key", "x-forwarded-authorization"}
)
_SECRET_ENDINGS = ("-signature", "-signature-256", "-token", "-secret")


@dataclass(frozen=True)
class Hit:
    """A request as it was received; `data` is its body in its own kind."""

    method: str
    data: object
    encoding: str | None
    """"base64" where data is bytes so encoded."""
    query_params: dict[str, object] | None
    headers: dict[str, str]
    content_type: str | None
    client_ip: str
    path: str


@dataclass(frozen=True)
class Shown:
    """Logged hits, the newest first."""

    total: int
    logs: dict[str, object]
    next_page_token: str | None


def log(hit: Hit, whole: bytes | None) -> str:
    """Stores a hit and returns its timestamp, which no other has.

    `whole` is the body of one that is too large to be logged whole.
    """
    entry: dict[str, object] = {
        "method": hit.method,
        "data": hit.data,
        "query_params": hit.query_params,
        "headers": {name: HIDDEN if is_secret(name) else value for name, value in hit.headers.items()},
        "content_type": hit.content_type,
        "client_ip": hit.client_ip,
        "path": hit.path,
    }
    if hit.encoding is not None:
        entry["data_encoding"] = hit.encoding
    if whole is not None:
        name = f"webhooks/{uuid.uuid4().hex}"
        bucket.write(name, io.BytesIO(whole), len(whole), "application/octet-stream", {})
        entry["data_truncated"] = True
        entry["data_object"] = name
    text = dumps(entry)
    if len(text.encode()) > _INLINE_ENTRY:
        name = f"webhooks/{uuid.uuid4().hex}.json"
        content = text.encode()
        bucket.write(name, io.BytesIO(content), len(content), "application/json", {})
        text = dumps({"entry_object": name})
    timestamp = webhook_logs.written(webhook_logs.add(datetime.now(UTC), hit.method, text, KEPT_DAYS))
    _file.touch()
    return timestamp


def is_secret(header: str) -> bool:
    """Whether a header's value must not be logged."""
    name = header.lower()
    return name in _SECRET_NAMES or name.endswith(_SECRET_ENDINGS)


def shown(method: str | None, q: str | None, limit: int | None, page_token: str | None) -> Shown:
    """The hits that are asked for, as many of the newest as fit in one answer."""
    before = None if page_token is None else _timestamp_in(page_token)
    wanted = _matching(webhook_logs.newest_first(before), method, q)
    page: dict[str, object] = {}
    size = 0
    more = False
    for timestamp, entry in wanted:
        size += len(dumps(entry).encode()) + len(timestamp) + 6
        if page and (size > SHOWN_BYTES or (limit is not None and len(page) == limit)):
            more = True
            break
        page[timestamp] = entry
    return Shown(webhook_logs.count(), page, next(reversed(page)) if more else None)


def find(timestamp: str) -> dict[str, object] | None:
    """The logged hit of that time as the log writes it; None for one that is not there."""
    try:
        written = webhook_logs.written(datetime.fromisoformat(timestamp))
    except ValueError:
        return None
    stored = webhook_logs.find(written)
    return None if stored is None else _entry(stored)


def rewrite_file() -> None:
    """Brings webhook_logs.json up to date with what is logged."""
    content = shown(None, None, None, None).logs
    bucket.replace(LOG_FILE, dumps(content).encode(), "application/json")


def _matching(hits: Iterator[StoredHit], method: str | None, q: str | None) -> Iterator[tuple[str, object]]:
    sought = None if q is None else q.casefold()
    for hit in hits:
        if method is not None and hit.method != method.upper():
            continue
        entry = _entry(hit)
        if sought is None or sought in f"{hit.timestamp} {dumps(entry)}".casefold():
            yield hit.timestamp, entry


def _entry(hit: StoredHit) -> dict[str, object]:
    entry = cast("dict[str, object]", loads(hit.entry))
    name = entry.get("entry_object")
    if len(entry) == 1 and isinstance(name, str):
        return cast("dict[str, object]", loads(bucket.read(name)))
    return entry


def _timestamp_in(page_token: str) -> str:
    try:
        return webhook_logs.written(datetime.fromisoformat(page_token))
    except ValueError:
        raise Rejected("page_token is not valid") from None


class _LogFile:
    """The file's keeper in this process: rewrites it in the background, at most once in a few seconds."""

    def __init__(self) -> None:
        self._changed = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def touch(self) -> None:
        """Says that the file is no longer up to date."""
        self._changed.set()
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._keep, name="webhook-log-file", daemon=True)
                self._thread.start()

    def _keep(self) -> None:
        while True:
            self._changed.wait()
            time.sleep(REWRITTEN_EVERY)
            self._changed.clear()
            try:
                rewrite_file()
            except InvoiceSystemError:
                logs.warning("webhook_logs.json not rewritten")


_file = _LogFile()
