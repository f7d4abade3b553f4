"""Leases: at most one worker reads an invoice at a time.

A lease runs out soon after its holder stops renewing it, so that a killed
process blocks nobody. Every step is a compare-and-set by `last_update_time`.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from common import clients, logs
from common.domain.ids import scattered_key
from common.errors import Unavailable
from common.records.database import SECONDS, Changed, Taken, collection, translated, waiting

if TYPE_CHECKING:
    from google.cloud.firestore import DocumentReference, WriteBatch

NAME = "leases"
LENGTH = timedelta(seconds=15)
LARGEST_KEPT = 900_000
"""Bytes of answers that a lease keeps; a document may have 1 MiB in all."""

RENEWED_EVERY = 4.0
"""Seconds: two renewals may be lost before the lease is."""


@dataclass
class Lease:
    """A lease that this process holds on one invoice."""

    invoice_id: int
    holder: str
    left_open: int | None
    """The usage log's row of the former holder's model call, if that holder was cut off in it."""
    _updated: Any
    _kept: dict[str, Any] | None = None
    """The models' answers that a holder has paid for and could not store, and of which file."""
    _doubtful: bool = False
    """Whether a write was not heard of: it may have been carried out."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def renew(self) -> None:
        """Extends the lease; raises Changed if it is no longer ours."""
        self._write({"until": datetime.now(UTC) + LENGTH})

    def note_call(self, log_id: int | None) -> None:
        """Remembers the model call under way, for whoever takes the lease over."""
        self._write({"call": log_id, "until": datetime.now(UTC) + LENGTH})

    def note_answer(self, generation: int, answer: str) -> None:
        """Remembers a paid answer about the file of that generation, for whoever takes the lease over.

        One that is too large, or can't be kept now, would have to be paid once more.
        """
        self._keep({"generation": generation, "answer": answer.encode()})

    def note_second(self, generation: int, answer: str) -> None:
        """Remembers, beside the answer, the one that was asked for because of its doubts."""
        if self.kept_answer(generation) is not None:
            self._keep({**(self._kept or {}), "second": answer.encode()})

    def kept_answer(self, generation: int) -> str | None:
        """The answer about the file of that generation that is paid for already."""
        return self._kept_part("answer", generation)

    def kept_second(self, generation: int) -> str | None:
        """The second answer about it."""
        return self._kept_part("second", generation)

    def _keep(self, kept: dict[str, Any]) -> None:
        if sum(len(part) for part in kept.values() if isinstance(part, bytes)) > LARGEST_KEPT:
            return
        self._kept = kept
        try:
            self._write({"kept": kept, "until": datetime.now(UTC) + LENGTH})
        except Unavailable:
            logs.warning("answer not kept", invoice_id=self.invoice_id)

    def _kept_part(self, name: str, generation: int) -> str | None:
        if self._kept is None or self._kept["generation"] != generation or name not in self._kept:
            return None
        return str(self._kept[name].decode())

    def end_in(self, writes: WriteBatch) -> None:
        """Adds the lease's end to `writes`: they fail with Changed if it was lost meanwhile."""
        if self._doubtful:
            self.renew()
        option = clients.firestore().write_option(last_update_time=self._updated)
        writes.delete(_document(self.invoice_id), option=option)

    def _write(self, fields: dict[str, object]) -> None:
        with self._lock:
            try:
                self._update(fields)
            except Unavailable:
                self._doubtful = True
                raise
            except Changed:
                # By an earlier write of our own that was carried out and not heard of?
                with translated():
                    snapshot = _document(self.invoice_id).get(**waiting())
                if not snapshot.exists or snapshot.get("holder") != self.holder:
                    raise
                self._updated = snapshot.update_time
                self._update(fields)

    def _update(self, fields: dict[str, object]) -> None:
        with translated():
            option = clients.firestore().write_option(last_update_time=self._updated)
            written = _document(self.invoice_id).update(fields, option=option, **waiting())
        self._updated = written.update_time
        self._doubtful = False


@contextmanager
def renewed(lease: Lease) -> Iterator[None]:
    """Renews `lease` in the background while the block runs."""
    stop = threading.Event()

    def renewing() -> None:
        while not stop.wait(RENEWED_EVERY):
            try:
                lease.renew()
            except Changed:
                return
            except Unavailable:
                logs.warning("lease not renewed", invoice_id=lease.invoice_id)

    # In the context of the request that reads, so that its log lines say so.
    context = copy_context()
    thread = threading.Thread(
        target=context.run, args=(renewing,), name=f"lease-{lease.invoice_id}", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        # A renewal under way must end first: the holder's next write needs its update time.
        thread.join(timeout=SECONDS)


def take(invoice_id: int) -> Lease | None:
    """The lease on an invoice; None while another holds it."""
    document = _document(invoice_id)
    holder = uuid.uuid4().hex
    fields = {"invoice_id": invoice_id, "holder": holder, "until": datetime.now(UTC) + LENGTH}
    with translated():
        snapshot = document.get(**waiting())
    try:
        with translated():
            if not snapshot.exists:
                written = document.create({**fields, "call": None}, **waiting())
                return Lease(invoice_id, holder, None, written.update_time)
            if snapshot.get("until") > datetime.now(UTC):
                return None
            option = clients.firestore().write_option(last_update_time=snapshot.update_time)
            # The call stays noted: whoever takes over from us, too, has to mark its row.
            written = document.update(fields, option=option, **waiting())
            former = snapshot.to_dict() or {}
            return Lease(invoice_id, holder, former.get("call"), written.update_time, former.get("kept"))
    except (Taken, Changed):
        return None


def is_held(invoice_id: int) -> bool:
    """Whether somebody is reading the invoice now."""
    with translated():
        snapshot = _document(invoice_id).get(**waiting())
    return bool(snapshot.exists and snapshot.get("until") > datetime.now(UTC))


def _document(invoice_id: int) -> DocumentReference:
    return collection(NAME).document(scattered_key(str(invoice_id)))
