"""Claims on object names: whoever creates the claim may write the object.

The bucket's own precondition is only the second lock: an emulator ignores it on
resumable uploads. A claim that is not settled carries the time at which its
upload must have ended; what is left after it is swept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from common.records.database import Taken, batch, collection, commit, read, translated, waiting, where

if TYPE_CHECKING:
    from google.cloud.firestore import DocumentReference, WriteBatch

NAME = "object_names"

Kind = Literal["invoice", "supporting", "direct"]


@dataclass(frozen=True)
class Claim:
    """Who may write, or wrote, the object `name`."""

    name: str
    kind: Kind
    owner: int
    """The id of the invoice or direct record that it belongs to."""
    expires: datetime | None
    """When its upload must have ended; None once it has."""
    awaited: int | None = None
    """Bytes of an object that its owner's user sends straight to the bucket; None for one that we write."""


def document(name: str) -> DocumentReference:
    """Where the claim on `name` is kept: object names may be longer than document keys."""
    return collection(NAME).document(_key(name))


def find(name: str) -> Claim | None:
    """The claim on object `name`."""
    snapshot = read(NAME, _key(name))
    return None if snapshot is None else _claim(snapshot.to_dict() or {})


def take(
    name_of: Callable[[int], str],
    kind: Kind,
    owner: int,
    expires: datetime | None,
    *,
    is_free: Callable[[str], bool],
    meanwhile: Callable[[str], None],
    also: Callable[[WriteBatch, str], None] = lambda writes, name: None,
    awaited: int | None = None,
) -> str:
    """Claims the first free name of name_of(1), name_of(2), …, and returns it.

    `also` adds writes that take effect with the claim. `is_free` is asked about
    the object itself, which may have come by another way than a claim.
    `meanwhile` hears of each name before it is claimed: the answer to a claim
    may never come.
    """
    number = 1
    while True:
        number = _first_unclaimed(name_of, number)
        name = name_of(number)
        if not is_free(name):
            number += 1
            continue
        writes = batch()
        fields = {"name": name, "kind": kind, "owner": owner, "expires": expires, "awaited": awaited}
        writes.create(document(name), fields)
        also(writes, name)
        meanwhile(name)
        try:
            commit(writes)
        except Taken:
            # A commit whose answer was lost is repeated by the client and then meets itself.
            claim = find(name)
            if claim is None or (claim.kind, claim.owner) != (kind, owner):
                continue
        return name


def take_exactly(name: str, kind: Kind, owner: int, also: Callable[[WriteBatch], None]) -> int:
    """Claims `name` itself for an object that is there already; returns who owns it, now or since before."""
    writes = batch()
    fields = {"name": name, "kind": kind, "owner": owner, "expires": None, "awaited": None}
    writes.create(document(name), fields)
    also(writes)
    try:
        commit(writes)
    except Taken:
        claim = find(name)
        return owner if claim is None else claim.owner
    return owner


def settle_in(writes: WriteBatch, name: str) -> None:
    """Adds to `writes` that the upload of `name` has ended well."""
    writes.update(document(name), {"expires": None})


def release(name: str) -> None:
    """Gives `name` free again; safe to repeat."""
    with translated():
        document(name).delete(**waiting())


def expired(now: datetime, most: int) -> list[Claim]:
    """Claims whose upload should have ended before `now` and did not."""
    with translated():
        found = collection(NAME).where(filter=where("expires", "<", now)).limit(most).get(**waiting())
    return [_claim(snapshot.to_dict() or {}) for snapshot in found]


def _first_unclaimed(name_of: Callable[[int], str], start: int) -> int:
    """The first number from `start` on whose name nobody has claimed.

    Doubling steps and then halves: the ten-thousandth invoice.pdf costs some
    twenty reads, not ten thousand.
    """
    step = 1
    below = start - 1
    probe = start
    while find(name_of(probe)) is not None:
        below = probe
        probe += step
        step *= 2
    while probe - below > 1:
        middle = (probe + below) // 2
        if find(name_of(middle)) is None:
            probe = middle
        else:
            below = middle
    return probe


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _claim(stored: dict[str, Any]) -> Claim:
    return Claim(
        name=stored["name"],
        kind=stored["kind"],
        owner=stored["owner"],
        expires=stored.get("expires"),
        awaited=stored.get("awaited"),
    )
