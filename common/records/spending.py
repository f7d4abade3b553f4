"""What an API key has spent and reserved on one day.

One counter a key and day, changed by `Increment` alone, so that racing calls
need no read before their write. Each reservation is a record of its own, which
says what to give back if its process dies.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING

from common import clients
from common.records.database import Changed, batch, collection, commit, translated, waiting, where

if TYPE_CHECKING:
    from google.cloud.firestore import DocumentReference

DAYS = "budget_days"
RESERVATIONS = "budget_reservations"
LASTS = timedelta(minutes=15)
"""A reservation that is older was left by a process that died: no call takes so long."""

_NANO = Decimal(10) ** 9
"""Amounts are counted in billionths of a rupee: the counter holds whole numbers."""

_SWEPT_AT_ONCE = 100


@dataclass(frozen=True)
class Reservation:
    """A part of a key's day that a call under way may spend; amounts in INR."""

    id: str
    key_id: str
    day: date
    amount: Decimal


def reserve(key_id: str, day: date, amount: Decimal) -> tuple[Reservation, Decimal]:
    """Takes `amount` from the key's day; returns what is then spent and reserved in all."""
    from google.cloud.firestore import Increment

    reservation = Reservation(uuid.uuid4().hex, key_id, day, amount)
    writes = batch()
    writes.set(_day(key_id, day), {"key_id": key_id, "nano_inr": Increment(_nano(amount))}, merge=True)
    writes.create(
        _reservation(reservation.id),
        {
            "key_id": key_id,
            "day": day.isoformat(),
            "nano_inr": _nano(amount),
            "expires": datetime.now(UTC) + LASTS,
        },
    )
    with translated():
        results = writes.commit(**waiting())
    return reservation, results[0].transform_results[0].integer_value / _NANO


def settle(reservation: Reservation, cost: Decimal) -> None:
    """Replaces what was reserved by what it cost; does nothing the second time."""
    _give_back(reservation.id, reservation.key_id, reservation.day, _nano(reservation.amount) - _nano(cost))


def give_back_abandoned(key_id: str, now: datetime) -> int:
    """Gives back what processes that died had reserved; returns how many reservations that was."""
    query = collection(RESERVATIONS).where(filter=where("key_id", "==", key_id))
    query = query.where(filter=where("expires", "<", now)).limit(_SWEPT_AT_ONCE)
    with translated():
        found = query.get(**waiting())
    for snapshot in found:
        day = date.fromisoformat(snapshot.get("day"))
        _give_back(snapshot.id, key_id, day, snapshot.get("nano_inr"))
    return len(found)


def _give_back(reservation_id: str, key_id: str, day: date, nano: int) -> None:
    from google.cloud.firestore import Increment

    writes = batch()
    # The condition makes the repetition of a write that was not heard of fail whole.
    writes.delete(_reservation(reservation_id), option=clients.firestore().write_option(exists=True))
    writes.update(_day(key_id, day), {"nano_inr": Increment(-nano)})
    try:
        commit(writes)
    except Changed:
        return


def _day(key_id: str, day: date) -> DocumentReference:
    return collection(DAYS).document(f"{key_id[:40]}-{day.isoformat()}")


def _reservation(reservation_id: str) -> DocumentReference:
    return collection(RESERVATIONS).document(reservation_id)


def _nano(amount: Decimal) -> int:
    return int((amount * _NANO).to_integral_value(ROUND_UP))
