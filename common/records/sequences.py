"""Ids: unique, never reused, in order for a process that is alone.

`Increment` needs no read, so racing processes don't fail each other. A process
leases one id at first and larger blocks as its own demand grows, so that a busy
fleet does not hammer one document: gaps may come, duplicates never.
"""

from __future__ import annotations

import threading
import time

from common import clients
from common.records.database import collection, translated, waiting

LARGEST_BLOCK = 128
BUSY_SECONDS = 1.0
"""A block that was used up within this time was too small."""


class Sequence:
    """The ids of one kind of record, as this process hands them out."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._next = 1
        self._last = 0
        self._block = 1
        self._leased_at = -BUSY_SECONDS

    def take(self) -> int:
        """The next id; raises Unavailable if a block is needed and Firestore does not answer."""
        with self._lock:
            if self._next > self._last:
                self._lease()
            number = self._next
            self._next += 1
            return number

    def _lease(self) -> None:
        now = time.monotonic()
        busy = now - self._leased_at < BUSY_SECONDS
        block = min(self._block * 2, LARGEST_BLOCK) if busy else 1
        self._last = lease(self._name, block)
        self._next = self._last - block + 1
        self._block = block
        self._leased_at = now


def lease(name: str, block: int) -> int:
    """Takes `block` ids of sequence `name` in one write; returns the last of them."""
    from google.cloud.firestore import Increment

    with translated():
        document = collection("sequences").document(name)
        writes = clients.firestore().batch()
        writes.set(document, {"last": Increment(block)}, merge=True)
        # Safe to repeat: an increment that was carried out and not heard of only leaves a gap.
        results = writes.commit(**waiting())
    return int(results[0].transform_results[0].integer_value)


_sequences: dict[str, Sequence] = {}
_making = threading.Lock()


def next_id(name: str) -> int:
    """The next id of sequence `name` in this process."""
    with _making:
        sequence = _sequences.setdefault(name, Sequence(name))
    return sequence.take()
