"""Daily budgets of API keys: a call reserves what it may cost before it is made, and settles what it did.

Concurrent calls can't overrun a budget together: what one has reserved is gone
for the others. A call that costs more than its estimate is settled at its real
cost, so a day can end over its budget by what estimates fell short.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from common.errors import Exhausted
from common.records import spending
from common.records.api_keys import ApiKey


@dataclass
class Spending:
    """What a call has cost; set by whoever makes it, else the estimate stands."""

    cost: Decimal


@contextmanager
def reserved(key: ApiKey, estimate: Decimal) -> Iterator[Spending]:
    """Holds `estimate` (INR) of the key's day while the block runs, and settles what it says it cost.

    Raises Exhausted if the day has not that much left. A day is one of UTC.
    """
    spent = Spending(estimate)
    if key.daily_budget_inr is None:
        yield spent
        return
    reservation = _reserve(key, key.daily_budget_inr, estimate)
    try:
        yield spent
    finally:
        spending.settle(reservation, spent.cost)


def _reserve(key: ApiKey, budget: Decimal, estimate: Decimal) -> spending.Reservation:
    now = datetime.now(UTC)
    reservation, total = spending.reserve(key.id, now.date(), estimate)
    if total <= budget:
        return reservation
    spending.settle(reservation, Decimal(0))
    if spending.give_back_abandoned(key.id, now):
        reservation, total = spending.reserve(key.id, now.date(), estimate)
        if total <= budget:
            return reservation
        spending.settle(reservation, Decimal(0))
    raise Exhausted("Daily budget exhausted", _seconds_to_midnight(now))


def _seconds_to_midnight(now: datetime) -> int:
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    return max(1, int((midnight - now).total_seconds()))
