"""Dead letters: messages that were given up, kept by a subscription of their own until a person decides.

A letter that is sent again is read exactly once, however often that is asked for:
its invoice is marked to be read by compare-and-set before the message goes out,
and every delivery after the one that read it finds nothing to do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from common import clients, queue
from common.arrivals import FINALIZED
from common.config import settings
from common.domain.invoice import Processing
from common.errors import Unavailable
from common.records import invoices, object_names
from common.records.database import Changed

if TYPE_CHECKING:
    from google.cloud.pubsub_v1 import SubscriberClient

KEPT_BY = "-keep"
"""The subscription that keeps them is called as their topic with this behind it."""

AT_ONCE = 100
MOST = 1000
"""Letters that one command takes in its hand."""

HELD_SECONDS = 600
"""How long nobody else is given a letter that is in hand: the longest that there is."""

LOOKED_FOR = 30.0
"""Seconds in which all letters must have come."""

CALL_SECONDS = 10.0
EMPTY_AFTER = 3.0
"""Seconds without an answer after which the subscription counts as empty."""

OF_ITS_OWN = "CloudPubSub"
"""What Pub/Sub's own attributes begin with (Google Cloud, "Handle message failures")."""

REASON = "deadLetterReason"
UNKNOWN_REASON = "not taken in all its deliveries"

Got = TypeVar("Got")


@dataclass(frozen=True)
class Letter:
    """A message that was given up."""

    id: str
    published: datetime
    reason: str
    attributes: dict[str, str]
    """As the message had them when it was alive."""
    data: bytes
    ack_id: str

    @property
    def about(self) -> tuple[str, str]:
        """What it asks to be read: two letters about the same are sent again as one."""
        object_id = self.attributes.get("objectId")
        if object_id is None:
            return "invoice", self.attributes.get("invoiceId", "")
        return object_id, self.attributes.get("objectGeneration", "")


@dataclass(frozen=True)
class Letters:
    """The letters in hand."""

    each: tuple[Letter, ...]
    gone: set[str]
    """Ids of those that were settled meanwhile."""

    def settle(self, letter: Letter) -> None:
        """Removes the letter for good."""
        _call(
            lambda reader, path: reader.acknowledge(
                subscription=path, ack_ids=[letter.ack_id], timeout=CALL_SECONDS
            )
        )
        self.gone.add(letter.id)


@contextmanager
def in_hand() -> Iterator[Letters]:
    """All letters, MOST at the most, oldest first; what is not settled in the block is given back."""
    found: dict[str, Letter] = {}
    letters = Letters((), set())
    try:
        until = time.monotonic() + LOOKED_FOR
        while len(found) < MOST and time.monotonic() < until:
            page = _pull()
            if not page:
                break
            found.update((letter.id, letter) for letter in page)
        letters = Letters(tuple(sorted(found.values(), key=lambda letter: letter.published)), set())
        yield letters
    finally:
        left = [letter.ack_id for letter in found.values() if letter.id not in letters.gone]
        for at in range(0, len(left), AT_ONCE):
            # Not given back it comes back by itself, later.
            with suppress(Unavailable):
                _hold(left[at : at + AT_ONCE], 0)


def invoice_of(letter: Letter) -> int | None:
    """The invoice that a letter is about; None while it has none, as for a file that was dropped."""
    if letter.attributes.get("eventType") == queue.READ_AGAIN:
        number = letter.attributes.get("invoiceId", "")
        return int(number) if number.isascii() and number.isdigit() else None
    claim = object_names.find(letter.attributes.get("objectId", ""))
    return claim.owner if claim is not None and claim.kind == "invoice" else None


def replay(letter: Letter) -> str:
    """Sends the message again, its invoice marked to be read before; says what is to come of it.

    Safe to repeat. Raises Unavailable, and leaves the letter where it is, if a part does not answer.
    """
    if letter.attributes.get("eventType") not in (queue.READ_AGAIN, FINALIZED):
        return "no message of ours: nothing to read"
    invoice_id = invoice_of(letter)
    is_due = invoice_id is None or _mark(invoice_id)
    # A notification may still tell of a newer file.
    if not is_due and letter.attributes.get("eventType") == queue.READ_AGAIN:
        return "read meanwhile, or gone: nothing to do"
    queue.announce(letter.attributes, letter.data)
    return "sent again"


def _mark(invoice_id: int) -> bool:
    """Says of an invoice that was given up that it waits again; False where nothing is due."""
    while True:
        invoice = invoices.find(invoice_id)
        if invoice is None or not invoice.awaits_reading:
            return False
        if invoice.processing.state != "failed":
            return True
        waiting = Processing("queued", "sent again, waiting to be read", 1, datetime.now(UTC))
        with suppress(Changed):
            invoices.change_seen(invoice, processing=waiting)
            return True


def _pull() -> list[Letter]:
    from google.api_core.exceptions import DeadlineExceeded

    try:
        answer = _call(
            lambda reader, path: reader.pull(
                subscription=path, max_messages=AT_ONCE, retry=None, timeout=EMPTY_AFTER
            ),
            passing=DeadlineExceeded,
        )
    except DeadlineExceeded:
        return []
    letters = []
    for received in answer.received_messages:
        given = dict(received.message.attributes)
        reason = given.pop(REASON, UNKNOWN_REASON)
        letters.append(
            Letter(
                id=received.message.message_id,
                published=received.message.publish_time,
                reason=reason,
                attributes={name: value for name, value in given.items() if not name.startswith(OF_ITS_OWN)},
                data=bytes(received.message.data),
                ack_id=received.ack_id,
            )
        )
    if letters:
        _hold([letter.ack_id for letter in letters], HELD_SECONDS)
    return letters


def _hold(ack_ids: Iterable[str], seconds: int) -> None:
    _call(
        lambda reader, path: reader.modify_ack_deadline(
            subscription=path, ack_ids=list(ack_ids), ack_deadline_seconds=seconds, timeout=CALL_SECONDS
        )
    )


def _call(ask: Callable[[SubscriberClient, str], Got], passing: type[Exception] | tuple[()] = ()) -> Got:
    from google.api_core.exceptions import GoogleAPICallError, RetryError

    reader = clients.subscriber()
    path = reader.subscription_path(settings().project, f"{settings().dead_letter_topic}{KEPT_BY}")
    try:
        return ask(reader, path)
    except passing:
        raise
    except (GoogleAPICallError, RetryError) as error:
        raise Unavailable("The dead letters can't be reached now; try again") from error
