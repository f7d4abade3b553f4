"""Idempotency keys of uploads: the first request under a key is carried out, the others get its answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from common.records.database import Changed, Taken, collection, create, read, translated, waiting, where

NAME = "idempotency_keys"
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Remembered:
    """What is known of the request that used a key first."""

    fingerprint: str
    answer: str | None
    """JSON of its answer; None while it is at work."""
    expires: datetime
    updated: Any


def begin(user_id: str, key: str, fingerprint: str, working: timedelta) -> Remembered | None:
    """None if this request is the first under `key`; else what is known of the first.

    A request that has not answered within `working` has died: its key is free again.
    """
    now = datetime.now(UTC)
    fields = {"user_id": user_id, "fingerprint": fingerprint, "answer": None, "expires": now + working}
    name = _key(user_id, key)
    try:
        create(NAME, name, fields)
    except Taken:
        former = find(user_id, key)
        if former is None:
            return begin(user_id, key, fingerprint, working)
        if former.expires > now:
            return former
        return None if _replace(name, fields, former) else find(user_id, key)
    return None


def find(user_id: str, key: str) -> Remembered | None:
    """What is known of the first request under `key`."""
    snapshot = read(NAME, _key(user_id, key))
    if snapshot is None:
        return None
    return Remembered(
        snapshot.get("fingerprint"), snapshot.get("answer"), snapshot.get("expires"), snapshot.update_time
    )


def complete(user_id: str, key: str, answer: str) -> None:
    """Keeps the first request's answer for 24 hours."""
    with translated():
        collection(NAME).document(_key(user_id, key)).update(
            {"answer": answer, "expires": datetime.now(UTC) + KEPT}, **waiting()
        )


def forget(user_id: str, key: str) -> None:
    """Frees a key whose request failed; safe to repeat."""
    with translated():
        collection(NAME).document(_key(user_id, key)).delete(**waiting())


def forget_user(user_id: str) -> int:
    """Removes all keys of a user; returns how many there were.

    A key of release 0.1 names no user and is gone 24 hours after it was used.
    """
    with translated():
        found = collection(NAME).where(filter=where("user_id", "==", user_id)).get(**waiting())
        for snapshot in found:
            snapshot.reference.delete(**waiting())
    return len(found)


def _replace(name: str, fields: dict[str, Any], former: Remembered) -> bool:
    from common import clients

    option = clients.firestore().write_option(last_update_time=former.updated)
    try:
        with translated():
            collection(NAME).document(name).update(fields, option=option, **waiting())
    except Changed:
        return False
    return True


def _key(user_id: str, key: str) -> str:
    return hashlib.sha256(f"{user_id}\n{key}".encode()).hexdigest()
