"""webhook_logs: one record a hit, written by create(), so that none is lost when hundreds arrive at once.

A timestamp is an index that only grows, and one of those takes some 500 writes a
second: the records are spread over shards, each with an index of its own
(Google Cloud, "Firestore: sharded timestamps").
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from common.records.database import (
    LISTING_SECONDS,
    Taken,
    collection,
    create,
    read,
    translated,
    waiting,
    where,
)

NAME = "webhook_logs"
SHARDS = 8
_PAGE = 200


@dataclass(frozen=True)
class StoredHit:
    """A logged request: its time in UTC, its method, and the entry's JSON as it is shown."""

    timestamp: str
    method: str
    entry: str


def add(at: datetime, method: str, entry: str, keep_days: int) -> datetime:
    """Stores a hit under the first free microsecond from `at` on, and returns it."""
    while True:
        timestamp = written(at)
        try:
            create(
                NAME,
                _key(timestamp),
                {
                    "timestamp": timestamp,
                    "shard": int(_digest(timestamp)[:8], 16) % SHARDS,
                    "method": method,
                    "entry": entry.encode(),
                    "expires": at + timedelta(days=keep_days),
                },
            )
        except Taken:
            at += timedelta(microseconds=1)
        else:
            return at


def written(at: datetime) -> str:
    """A time as the documentation's example writes it: UTC with microseconds, without a zone."""
    return at.replace(tzinfo=None).isoformat(timespec="microseconds")


def find(timestamp: str) -> StoredHit | None:
    """The hit of that time."""
    snapshot = read(NAME, _key(timestamp))
    return None if snapshot is None else _hit(snapshot.to_dict() or {})


def newest_first(before: str | None = None) -> Iterator[StoredHit]:
    """All hits, the newest first; those older than timestamp `before` if it is given."""
    shards = [_of_shard(shard, before) for shard in range(SHARDS)]
    return heapq.merge(*shards, key=lambda hit: hit.timestamp, reverse=True)


def count() -> int:
    """How many hits are logged."""
    with translated():
        counted = collection(NAME).count(alias="all")  # type: ignore[no-untyped-call]
        result = counted.get(**waiting(LISTING_SECONDS))
    return int(result[0][0].value)


def _of_shard(shard: int, before: str | None) -> Iterator[StoredHit]:
    from google.cloud.firestore import Query

    while True:
        query = collection(NAME).where(filter=where("shard", "==", shard))
        if before is not None:
            query = query.where(filter=where("timestamp", "<", before))
        query = query.order_by("timestamp", direction=Query.DESCENDING).limit(_PAGE)
        with translated():
            page = [_hit(snapshot.to_dict() or {}) for snapshot in query.get(**waiting())]
        yield from page
        if len(page) < _PAGE:
            return
        before = page[-1].timestamp


def _digest(timestamp: str) -> str:
    return hashlib.sha256(timestamp.encode()).hexdigest()


def _key(timestamp: str) -> str:
    return f"{_digest(timestamp)[:12]}-{timestamp}"


def _hit(stored: dict[str, Any]) -> StoredHit:
    return StoredHit(stored["timestamp"], stored["method"], stored["entry"].decode())
