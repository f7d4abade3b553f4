"""The dust settles: readings end, callers repeat, time goes on, leftovers are swept."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from common import clients, dead_letters, leftovers
from common.uploads import WORKING

ROUND = 30.0
"""Seconds until an operator looks at the dead letters."""
STILL = 4
"""Rounds in which no reading ended, after which none is waited for any longer."""
LONGEST = 1800.0
"""Seconds for all of it: after hundreds of failures a push subscription goes on slowly."""

_POLL = 1.0


def readings_end() -> int:
    """Waits until every shown invoice has been read; returns how many dead letters were replayed for that.

    A message that found its function dead in all its deliveries is a dead letter, and an
    invoice on which all attempts failed has one: an operator replays them.
    """
    replayed = still = 0
    left = _waiting()
    until = time.monotonic() + LONGEST
    while left and still < STILL and time.monotonic() < until:
        before, left = left, _left_after(ROUND)
        still = still + 1 if left >= before else 0
        if left:
            with dead_letters.in_hand() as letters:
                for letter in letters.each:
                    dead_letters.replay(letter)
                    letters.settle(letter)
                replayed += len(letters.each)
    return replayed


def _left_after(seconds: float) -> int:
    """How many shown invoices are not read after so long, or once all are."""
    until = time.monotonic() + seconds
    while left := _waiting():
        if time.monotonic() >= until:
            break
        time.sleep(_POLL)
    return left


def _waiting() -> int:
    """How many shown invoices are not read."""
    invoices = [one.to_dict() or {} for one in clients.firestore().collection("invoices").get(timeout=60)]
    return sum(one["processing"]["state"] != "done" for one in invoices if one["shown"])


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
