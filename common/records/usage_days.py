"""usage_days: what the model calls of one day took, by model, for everybody together and for each user.

Counters, changed by `Increment` in the commit that completes a row of invoice_time: however many rows
there are, a month is read as so many records for each day of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from common import clients
from common.domain.ids import scattered_key
from common.records.database import LISTING_SECONDS, collection, translated, waiting, where

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

NAME = "usage_days"

SHARDS = 4
"""Records of one day: one alone takes about a write in a second, and a busy fleet makes more calls."""

KEPT = timedelta(days=100)

LONGEST_NAME = 100
"""Characters of a model's name; it is the service's own word, and a key here."""

_NANO = Decimal(10) ** 9
"""Prices are counted in billionths of a rupee: counters hold whole numbers."""


@dataclass(frozen=True)
class Used:
    """What calls took; tokens as the service counted them, output with thoughts."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    price_inr: Decimal = Decimal(0)
    unpriced: int = 0
    """Calls of models that the price book doesn't know; what they cost is not in price_inr."""

    def __add__(self, other: Used) -> Used:
        return Used(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.price_inr + other.price_inr,
            self.unpriced + other.unpriced,
        )


@dataclass(frozen=True)
class Call:
    """A call of a model: its row's id, its day of UTC, and the user for whom it was made, if any."""

    log_id: int
    day: date
    user_id: str | None
    model: str


def add_in(writes: WriteBatch, call: Call, used: Used) -> None:
    """Adds to `writes` that a call took so much, for everybody and for its user."""
    from google.cloud.firestore import Increment

    counted = {
        "calls": Increment(used.calls),
        "input_tokens": Increment(used.input_tokens),
        "output_tokens": Increment(used.output_tokens),
        "nano_inr": Increment(int((used.price_inr * _NANO).to_integral_value())),
        "unpriced": Increment(used.unpriced),
    }
    for user in dict.fromkeys((None, call.user_id)):
        fields = {
            "day": call.day.isoformat(),
            "user_id": user,
            "models": {_name(call.model): counted},
            "expires": datetime.combine(call.day, time(), UTC) + KEPT,
        }
        key = _key(call.day, user, call.log_id % SHARDS)
        writes.set(collection(NAME).document(key), fields, merge=True)


def of_days(days: Iterable[date], user_id: str | None) -> dict[date, dict[str, Used]]:
    """What each of `days` took, by model; of `user_id` alone unless that is None."""
    documents = [
        collection(NAME).document(_key(day, user_id, shard)) for day in days for shard in range(SHARDS)
    ]
    found: defaultdict[date, dict[str, Used]] = defaultdict(dict)
    with translated():
        for snapshot in clients.firestore().get_all(documents, **waiting(LISTING_SECONDS)):
            stored = snapshot.to_dict() or {}
            for model, counted in stored.get("models", {}).items():
                models = found[date.fromisoformat(stored["day"])]
                models[model] = models.get(model, Used()) + _used(counted)
    return dict(found)


def forget_user(user_id: str) -> int:
    """Removes a user's own totals; returns of how many days they were. Everybody's name nobody, and stay."""
    days: set[str] = set()
    query = collection(NAME).where(filter=where("user_id", "==", user_id))
    with translated():
        for snapshot in query.get(**waiting(LISTING_SECONDS)):
            days.add(snapshot.get("day"))
            snapshot.reference.delete(**waiting())
    return len(days)


def _name(model: str) -> str:
    """A model's name as a key; Firestore keeps those between two underscores for itself."""
    return model[:LONGEST_NAME].strip("_") or "unnamed"


def _key(day: date, user_id: str | None, shard: int) -> str:
    # No user's id is empty.
    return scattered_key(f"{day.isoformat()}-{shard}-{user_id or ''}")


def _used(counted: Mapping[str, Any]) -> Used:
    return Used(
        counted["calls"],
        counted["input_tokens"],
        counted["output_tokens"],
        counted["nano_inr"] / _NANO,
        counted["unpriced"],
    )
