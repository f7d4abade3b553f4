"""Requests that may be sent twice: under one Idempotency-Key only the first is carried out.

After the IETF draft "The Idempotency-Key HTTP Header Field".
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import cast

from common.domain.exact_json import dumps, loads
from common.errors import Conflict, Rejected, Unprocessable
from common.records import idempotency
from common.uploads import WORKING

LONGEST_KEY = 255
WAITED = 60.0
"""Seconds to wait for the first request under a key."""

_POLL = 0.3


def fingerprint(parts: list[object]) -> str:
    """What two sendings of the same request have in common."""
    return hashlib.sha256(dumps(parts).encode()).hexdigest()


def once(user_id: str, key: str, request: str, work: Callable[[], dict[str, object]]) -> dict[str, object]:
    """The answer of `work`, carried out by the first request under `key` alone.

    `request` is the request's fingerprint. Raises Rejected for a key that can't be
    one, Unprocessable if the key stands for another request, Conflict if the first
    one does not end in time. A first request that fails frees its key.
    """
    if not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        raise Rejected("Idempotency-Key is not valid")
    until = time.monotonic() + WAITED
    while True:
        former = idempotency.begin(user_id, key, request, WORKING)
        if former is None:
            return _first(user_id, key, work)
        if former.fingerprint != request:
            raise Unprocessable("Idempotency-Key was used for another request")
        if former.answer is not None:
            return cast("dict[str, object]", loads(former.answer))
        if time.monotonic() >= until:
            raise Conflict("A request with this Idempotency-Key is being processed")
        time.sleep(_POLL)


def _first(user_id: str, key: str, work: Callable[[], dict[str, object]]) -> dict[str, object]:
    try:
        answer = work()
    except Exception:
        idempotency.forget(user_id, key)
        raise
    idempotency.complete(user_id, key, dumps(answer))
    return answer
