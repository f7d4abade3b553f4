"""What a broken-off upload leaves: objects, claims and a record that is not shown. It is removed whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime

from common import logs
from common.errors import InvoiceSystemError
from common.files import bucket
from common.files.bucket import StoredObject
from common.records import invoices, object_names
from common.records.object_names import Claim

SWEPT_EVERY = 60.0
"""Seconds between two looks for what died processes have left."""

SWEPT_AT_ONCE = 50

_AWAITED = 3.0
_GIVE_UP_AFTER = 600.0
"""Seconds; what is not removed by then is found by its age."""


@dataclass
class Pending:
    """What an upload has begun, to be removed if it breaks off."""

    owner: int
    expires: datetime
    """When it must have ended."""

    names: list[str] = field(default_factory=list)
    """Object names that it claimed, or tried to claim."""

    has_invoice: bool = True
    """False for a direct record, which is written last of all."""

    stands: Callable[[], bool] = lambda: False
    """Asked before anything is removed: whether the upload took effect after all, only unheard of."""


def remove(pending: Pending) -> None:
    """Removes everything of it; safe to repeat. Objects go first: while a claim stands, nobody
    takes its object for one that was dropped into the bucket."""
    if pending.stands():
        return
    if pending.has_invoice:
        invoices.change_if_there(pending.owner, shown=False)
    for name in pending.names:
        claim = object_names.find(name)
        if claim is None or claim.owner != pending.owner:
            continue
        found = bucket.stat(name)
        if found is not None and _is_its_own(found, claim):
            bucket.delete(name)
        object_names.release(name)
    if pending.has_invoice:
        invoices.remove(pending.owner)


def _is_its_own(found: StoredObject, claim: Claim) -> bool:
    """Whether the object was written for the claim, and did not come by another way."""
    return claim.awaited is not None or found.metadata.get("invoice_id") == str(claim.owner)


def remove_soon(pending: Pending) -> None:
    """Removes it, in the background as soon as the parts that it lies in answer again.

    The caller waits for a moment, in which it is mostly done: once a request is
    answered, the platform may give its process no more time.
    """
    # In this request's context, whose id and trace its log lines have.
    context = copy_context()
    removing = threading.Thread(target=context.run, args=(_keep_removing, pending), daemon=True)
    removing.start()
    removing.join(_AWAITED)


def _keep_removing(pending: Pending) -> None:
    pause = 0.5
    until = time.monotonic() + _GIVE_UP_AFTER
    while time.monotonic() < until:
        try:
            remove(pending)
        except InvoiceSystemError:
            time.sleep(pause)
            pause = min(pause * 2, 10.0)
            continue
        logs.info("leftover removed", owner=pending.owner)
        return


_looked = -SWEPT_EVERY
_looking = threading.Lock()


def sweep_now_and_then() -> None:
    """Once a minute in a process: removes what uploads left whose time is over."""
    global _looked  # noqa: PLW0603  the process's own memory of its last look
    with _looking:
        if time.monotonic() - _looked < SWEPT_EVERY:
            return
        _looked = time.monotonic()
    try:
        sweep(datetime.now(UTC))
    except InvoiceSystemError:
        logs.warning("sweep put off")


def sweep(now: datetime) -> int:
    """Removes what uploads left that should have ended before `now`; returns how many claims that was."""
    claims = object_names.expired(now, SWEPT_AT_ONCE)
    for claim in claims:
        remove(Pending(claim.owner, now, [claim.name], has_invoice=claim.kind != "direct"))
        logs.info("leftover swept", owner=claim.owner)
    return len(claims)
