"""API keys: stored hashed, found by their hash, revocable."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from common.records.database import collection, create, read, translated, waiting, where

NAME = "api_keys"
MOST_LISTED = 1000


@dataclass(frozen=True)
class ApiKey:
    """A key's record; the key itself is shown once and kept nowhere."""

    id: str
    """The hash of the key."""
    name: str
    hint: str
    """The key's first characters, to recognise it by."""
    created: datetime
    revoked: bool
    daily_budget_inr: Decimal | None
    """What it may spend on one day, in INR; None for no limit."""


def find(key: str) -> ApiKey | None:
    """The record of `key`."""
    snapshot = read(NAME, _hash(key))
    return None if snapshot is None else _api_key(snapshot.id, snapshot.to_dict() or {})


def add(key: str, name: str, daily_budget_inr: Decimal | None) -> None:
    """Stores a new key under its hash. Keys are long and random, so a plain hash can't be searched."""
    create(
        NAME,
        _hash(key),
        {
            "name": name,
            "hint": key[:8],
            "created": datetime.now(UTC),
            "revoked": False,
            "daily_budget_inr": None if daily_budget_inr is None else str(daily_budget_inr),
        },
    )


def every() -> list[ApiKey]:
    """All keys by name, MOST_LISTED at the most."""
    with translated():
        found = collection(NAME).limit(MOST_LISTED).get(**waiting())
    keys = [_api_key(snapshot.id, snapshot.to_dict() or {}) for snapshot in found]
    return sorted(keys, key=lambda key: (key.name, key.created))


def revoke(name: str) -> int:
    """Revokes all keys of that name; returns how many were in force."""
    with translated():
        found = (
            collection(NAME)
            .where(filter=where("name", "==", name))
            .where(filter=where("revoked", "==", False))
            .get(**waiting())
        )
        for snapshot in found:
            snapshot.reference.update({"revoked": True}, **waiting())
    return len(found)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _api_key(key_id: str, stored: dict[str, object]) -> ApiKey:
    budget = stored.get("daily_budget_inr")
    created = stored["created"]
    assert isinstance(created, datetime)
    return ApiKey(
        id=key_id,
        name=str(stored["name"]),
        hint=str(stored["hint"]),
        created=created,
        revoked=bool(stored.get("revoked", False)),
        daily_budget_inr=None if budget is None else Decimal(str(budget)),
    )
