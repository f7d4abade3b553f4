"""API keys of /process-pdf/: made, listed, revoked and checked."""

from __future__ import annotations

import secrets
from decimal import Decimal

from common.errors import Unauthenticated
from common.records import api_keys
from common.records.api_keys import ApiKey

_LONGEST = 200


def create(name: str, daily_budget_inr: Decimal | None = None) -> str:
    """A new key called `name`, with what it may spend on one day; the only time it is shown."""
    key = f"ims_{secrets.token_urlsafe(32)}"
    api_keys.add(key, name, daily_budget_inr)
    return key


def every() -> list[ApiKey]:
    """All keys, revoked ones too."""
    return api_keys.every()


def revoke(name: str) -> int:
    """Revokes the keys of that name; returns how many were in force."""
    return api_keys.revoke(name)


def check(key: str) -> ApiKey:
    """The record of a key in force; raises Unauthenticated for any other."""
    found = api_keys.find(key) if len(key) <= _LONGEST else None
    if found is None or found.revoked:
        raise Unauthenticated("Invalid API key")
    return found
