"""Users: unique by name, because the record's key is derived from it."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from common.domain.ids import can_exist
from common.records.database import collection, create, read, translated, waiting, where

NAME = "users"


@dataclass(frozen=True)
class User:
    """An account; `password_hash` is argon2id in its encoded form."""

    id: int
    user_name: str
    password_hash: str
    mobile_no: str | None


def find(user_name: str) -> User | None:
    """The user of that name, whatever its case and surrounding space."""
    snapshot = read(NAME, _key(user_name))
    if snapshot is None:
        return None
    stored = snapshot.to_dict() or {}
    return User(stored["id"], stored["user_name"], stored["user_password"], stored.get("mobile_no"))


def add(user: User) -> None:
    """Stores a new user; raises Taken if the name is."""
    create(
        NAME,
        _key(user.user_name),
        {
            "id": user.id,
            "user_name": user.user_name,
            "user_password": user.password_hash,
            "mobile_no": user.mobile_no,
            "created": datetime.now(UTC),
        },
    )


def remove(user_id: str) -> int:
    """Removes the account of that id; returns how many there were: 1 or 0."""
    if not (user_id.isascii() and user_id.isdigit() and can_exist(int(user_id))):
        return 0
    with translated():
        found = collection(NAME).where(filter=where("id", "==", int(user_id))).get(**waiting())
        for snapshot in found:
            snapshot.reference.delete(**waiting())
    return len(found)


def _key(user_name: str) -> str:
    """The same for names that differ in case, surrounding space or Unicode form (UTS 39, NFKC casefold)."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", user_name).casefold()).strip()
    return hashlib.sha256(folded.encode()).hexdigest()
