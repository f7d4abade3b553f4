"""Requests that may be sent twice: under one Idempotency-Key only the first is carried out.

After the IETF draft "The Idempotency-Key HTTP Header Field".
"""

from __future__ import annotations

import hashlib
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from common.domain.exact_json import dumps, loads
from common.errors import Conflict, InvoiceSystemError, Rejected, Unavailable, Unprocessable
from common.records import idempotency
from common.records.database import SECONDS, Changed
from common.records.idempotency import Remembered

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

LONGEST_KEY = 255
WAITED = 60.0
"""Seconds to wait for the first request under a key."""

LENGTH = timedelta(seconds=15)
RENEWED_EVERY = 4.0
"""Seconds: a key is held like a lease, so that a caller whose server died may soon repeat the request."""

_POLL = 0.3


def fingerprint(parts: list[object]) -> str:
    """What two sendings of the same request have in common."""
    return hashlib.sha256(dumps(parts).encode()).hexdigest()


@dataclass
class First:
    """The first request under a key, while it is carried out."""

    user_id: str
    key: str
    begun: Remembered
    _enough: threading.Event = field(default_factory=threading.Event)
    _renewing: threading.Thread | None = None

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Keeps the key in the background: it is soon free once the process has died, and not before."""
        self._renewing = threading.Thread(target=self._renew, name="idempotency-key", daemon=True)
        self._renewing.start()
        try:
            yield
        finally:
            self._rest()

    def answer_in(self, writes: WriteBatch, answer: dict[str, object]) -> None:
        """Adds the answer to the writes that make it true: both take effect, or neither does.

        The last thing that is done with the writes: the key must stay as it is until they are out.
        """
        self._rest()
        idempotency.answer_in(writes, self.user_id, self.key, dumps(answer), self.begun)

    def stands(self) -> bool:
        """Of one that failed: whether its writes took effect after all. If not, they no longer can."""
        self._rest()
        return not idempotency.free(self.user_id, self.key, self.begun)

    def _renew(self) -> None:
        while not self._enough.wait(RENEWED_EVERY):
            try:
                self.begun = idempotency.renew(self.user_id, self.key, self.begun, LENGTH)
            except Changed:
                return
            except Unavailable:
                continue

    def _rest(self) -> None:
        self._enough.set()
        if self._renewing is not None:
            self._renewing.join(SECONDS)


Work = Callable[[First], dict[str, object]]


def once(user_id: str, key: str, request: str, work: Work) -> dict[str, object]:
    """The answer of `work`, carried out by the first request under `key` alone.

    `request` is the request's fingerprint. Raises Rejected for a key that can't be
    one, Unprocessable if the key stands for another request, Conflict if the first
    one does not end in time. A first request that fails frees its key.
    """
    if not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        raise Rejected("Idempotency-Key is not valid")
    until = time.monotonic() + WAITED
    holder = uuid.uuid4().hex
    while True:
        former = idempotency.begin(user_id, key, request, holder, LENGTH)
        if former.holder == holder:
            return _first(First(user_id, key, former), work)
        if former.fingerprint != request:
            raise Unprocessable("Idempotency-Key was used for another request")
        if former.answer is not None:
            return cast("dict[str, object]", loads(former.answer))
        if time.monotonic() >= until:
            raise Conflict("A request with this Idempotency-Key is being processed")
        time.sleep(_POLL)


def _first(first: First, work: Work) -> dict[str, object]:
    try:
        with first.at_work():
            answer = work(first)
    except Exception as error:
        try:
            stands = first.stands()
        except InvoiceSystemError:
            raise error from None
        found = idempotency.find(first.user_id, first.key) if stands else None
        if found is None or found.answer is None:
            raise
        return cast("dict[str, object]", loads(found.answer))
    with suppress(InvoiceSystemError):
        # What went with the writes says the same, but for racing twins.
        idempotency.complete(first.user_id, first.key, dumps(answer))
    return answer
