"""The dust settles: readings end, callers repeat, time goes on, leftovers are swept."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from common import clients, leftovers
from common.uploads import WORKING
from emulators import deadletter

READ_WITHIN = 300.0
_POLL = 1.0


def readings_end() -> bool:
    """Waits until no shown invoice is queued or being read; False if that takes too long."""
    until = time.monotonic() + READ_WITHIN
    while time.monotonic() < until:
        invoices = [one.to_dict() or {} for one in clients.firestore().collection("invoices").get(timeout=60)]
        waiting = [
            one for one in invoices if one["shown"] and one["processing"]["state"] in ("queued", "reading")
        ]
        if not waiting:
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


def dead_letters_are_replayed() -> bool:
    """What an operator does next; whether all went out."""
    return deadletter.main(["replay", deadletter.ALL]) == 0
