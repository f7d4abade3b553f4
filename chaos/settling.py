"""The dust settles: readings end, callers repeat, time goes on, leftovers are swept."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from common import clients, dead_letters, leftovers
from common.uploads import WORKING

ROUNDS = 6
ROUND = 30.0
"""Seconds until an operator looks at the dead letters."""

_POLL = 1.0


def readings_end() -> int:
    """Waits until every shown invoice has been read; returns how many dead letters were replayed for that.

    A message that found its function dead in all its deliveries is a dead letter, and an
    invoice on which all attempts failed has one: an operator replays them.
    """
    replayed = 0
    for _ in range(ROUNDS):
        if _nothing_waits():
            break
        with dead_letters.in_hand() as letters:
            for letter in letters.each:
                dead_letters.replay(letter)
                letters.settle(letter)
            replayed += len(letters.each)
    return replayed


def _nothing_waits() -> bool:
    """Whether all shown invoices are read, waiting a round for it."""
    until = time.monotonic() + ROUND
    while time.monotonic() < until:
        invoices = [one.to_dict() or {} for one in clients.firestore().collection("invoices").get(timeout=60)]
        if all(one["processing"]["state"] == "done" for one in invoices if one["shown"]):
            return True
        time.sleep(_POLL)
    return False


def time_goes_on() -> None:
    """Moves every limit of an upload under way into the past, as if its ten minutes were over."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    for collection in ("object_names", "idempotency_keys"):
        for one in clients.firestore().collection(collection).get(timeout=60):
            fields = one.to_dict() or {}
            limit = fields["expires"]
            if limit is not None and limit < datetime.now(UTC) + WORKING:
                one.reference.update({"expires": past})


def leftovers_are_swept() -> int:
    """Removes what died processes left, as the next uploads would; returns how many claims that was."""
    swept = 0
    while count := leftovers.sweep(datetime.now(UTC)):
        swept += count
    return swept
