"""Idempotency keys of uploads: the first request under a key is carried out, the others get its answer."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from common import clients
from common.records.database import Changed, Taken, collection, create, read, translated, waiting, where

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

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
    holder: str | None
    """Who carries it out."""


def begin(user_id: str, key: str, fingerprint: str, holder: str, working: timedelta) -> Remembered:
    """What is known of the first request under `key`: the one whose `holder` it names.

    A request that has not answered within `working` has died: its key is free again.
    """
    now = datetime.now(UTC)
    fields = {"user_id": user_id, "fingerprint": fingerprint, "answer": None, "expires": now + working}
    fields["holder"] = holder
    name = _key(user_id, key)
    with suppress(Taken):
        create(NAME, name, fields)
    former = find(user_id, key)
    if former is not None and former.expires <= now:
        _replace(name, fields, former)
        former = find(user_id, key)
    return begin(user_id, key, fingerprint, holder, working) if former is None else former


def find(user_id: str, key: str) -> Remembered | None:
    """What is known of the first request under `key`."""
    snapshot = read(NAME, _key(user_id, key))
    if snapshot is None:
        return None
    stored = snapshot.to_dict() or {}
    return Remembered(
        stored["fingerprint"], stored["answer"], stored["expires"], snapshot.update_time, stored.get("holder")
    )


def renew(user_id: str, key: str, begun: Remembered, working: timedelta) -> Remembered:
    """Holds the key for `working` from now on; raises Changed if it is another's, or answered."""
    option = clients.firestore().write_option(last_update_time=begun.updated)
    expires = datetime.now(UTC) + working
    with translated():
        written = (
            collection(NAME)
            .document(_key(user_id, key))
            .update({"expires": expires}, option=option, **waiting())
        )
    return replace(begun, expires=expires, updated=written.update_time)


def answer_in(writes: WriteBatch, user_id: str, key: str, answer: str, begun: Remembered) -> None:
    """Adds to `writes` the first request's answer, kept for 24 hours; they fail if the key was freed."""
    option = clients.firestore().write_option(last_update_time=begun.updated)
    fields = {"answer": answer, "expires": datetime.now(UTC) + KEPT}
    writes.update(collection(NAME).document(_key(user_id, key)), fields, option=option)


def complete(user_id: str, key: str, answer: str) -> None:
    """Writes the first request's answer over the one that went with its writes."""
    with translated():
        collection(NAME).document(_key(user_id, key)).update({"answer": answer}, **waiting())


def free(user_id: str, key: str, begun: Remembered) -> bool:
    """Frees the key of a request that failed, unless it was answered after all; says whether it is free.

    Safe to repeat. Once it is free, writes with `answer_in` that are still on their way fail.
    """
    option = clients.firestore().write_option(last_update_time=begun.updated)
    try:
        with translated():
            collection(NAME).document(_key(user_id, key)).delete(option=option, **waiting())
    except Changed:
        found = find(user_id, key)
        return found is None or found.holder != begun.holder or found.answer is None
    return True


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
    option = clients.firestore().write_option(last_update_time=former.updated)
    try:
        with translated():
            collection(NAME).document(name).update(fields, option=option, **waiting())
    except Changed:
        return False
    return True


def _key(user_id: str, key: str) -> str:
    return hashlib.sha256(f"{user_id}\n{key}".encode()).hexdigest()
