"""The system's state at a glance: how many invoices are where, and what reading took in the last days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import add
from typing import Literal

from common.domain.invoice import State
from common.domain.user_ids import is_user_id
from common.records import counts, usage_days
from common.records.usage_days import Used

DAYS = 30

STATES: tuple[State, ...] = ("queued", "reading", "done", "failed")

STATUSES: Mapping[str, Literal["OK", "ERROR"]] = {"done": "OK", "failed": "ERROR"}
"""A direct record's states, by the word for an invoice's."""


@dataclass(frozen=True)
class Status:
    """One user's part of the system, or the whole of it."""

    owner: str | None
    """The user whose part it is; None for everybody's."""
    now: datetime
    invoices: Mapping[str, int]
    """By the state of their reading."""
    direct: Mapping[str, int]
    awaiting_review: int
    days: Mapping[date, Mapping[str, Used]]
    """The last DAYS days of UTC, each with what it took by model."""


def of(owner: str | None) -> Status:
    """How things stand now, for `owner` alone unless that is None."""
    now = datetime.now(UTC)
    days = [now.date() - timedelta(days=back) for back in reversed(range(DAYS))]
    if owner is not None and not is_user_id(owner):
        # Nobody: neither a condition nor a key can be made of just any text.
        nothing: dict[date, dict[str, Used]] = {day: {} for day in days}
        return Status(owner, now, dict.fromkeys(STATES, 0), dict.fromkeys(STATUSES, 0), 0, nothing)
    used = usage_days.of_days(days, owner)
    return Status(
        owner,
        now,
        invoices={state: counts.invoices(state, owner) for state in STATES},
        direct={state: counts.direct_records(status, owner) for state, status in STATUSES.items()},
        awaiting_review=counts.awaiting_review(owner),
        days={day: used.get(day, {}) for day in days},
    )


def documented(status: Status) -> dict[str, object]:
    """The state as its JSON shows it."""
    models = sorted({model for used in status.days.values() for model in used})
    by_model = {
        model: reduce(add, (used[model] for used in status.days.values() if model in used))
        for model in models
    }
    return {
        "time": status.now.isoformat(timespec="seconds"),
        "user_id": status.owner,
        "invoices": dict(status.invoices),
        "direct": dict(status.direct),
        "awaiting_review": status.awaiting_review,
        "counted_to": counts.MOST,
        "usage": {
            "total": _used(reduce(add, by_model.values(), Used())),
            "models": [{"model": model, **_used(used)} for model, used in by_model.items()],
            "days": [
                {
                    "day": day.isoformat(),
                    "models": [{"model": model, **_used(each)} for model, each in sorted(used.items())],
                }
                for day, used in status.days.items()
            ],
        },
    }


def _used(used: Used) -> dict[str, object]:
    return {
        "calls": used.calls,
        "input_tokens": used.input_tokens,
        "output_tokens": used.output_tokens,
        "price_inr": used.price_inr.normalize() + 0,
        "unpriced": used.unpriced,
    }
