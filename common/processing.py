"""Reading an uploaded invoice: one reader at a time, one result, whoever asks and however often."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from common import logs, reading, results, services
from common.config import settings
from common.domain.invoice import ARRIVED, REPLACED, Invoice, Processing
from common.domain.likeness import identity_fields, likeness
from common.domain.recognised import PageWords
from common.duplicates import with_duplicates
from common.errors import Conflict, Forbidden, Missing, ModelFailed, Unavailable, Unreadable
from common.files import bucket
from common.orders import Order
from common.records import alike, invoices, leases, usage_log
from common.records import results as result_records
from common.records.database import Changed, batch, commit
from common.records.leases import Lease
from common.records.sequences import next_id

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

SUCCESS = "PDF processed successfully using raw PDF upload"
WAITED = 240.0
"""Seconds that /process-invoices/ waits for a reading under way; the gateway's deadline is longer."""

TRIES = 3
"""Model calls of a synchronous request at the most."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Seconds between two attempts of the queue; the pause doubles with each."""

GIVEN_UP = "Reading was given up: no attempt of the queue came to its end"

CLOCKS_APART = timedelta(seconds=5)
"""How much the queue's clock and ours may differ."""

_POLL = 0.3


@dataclass(frozen=True)
class Outcome:
    """How a request to read an invoice ended."""

    state: str
    """read, already_read or failed."""
    message: str
    passing: bool = False
    """Of one that failed: whether a later try may succeed."""


def process_now(invoice_id: int, user_id: str) -> Outcome:
    """Reads the invoice while the caller waits.

    Raises Missing for an unknown one, Forbidden for another user's, Conflict if
    somebody else's reading of it does not end in time.
    """
    invoice = _shown(invoice_id)
    if invoice.auth_id != user_id:
        raise Forbidden("Permission denied. You can only process invoices you uploaded.")
    asked = datetime.now(UTC)
    until = time.monotonic() + WAITED
    while time.monotonic() < until:
        if not invoice.awaits_reading:
            return Outcome("already_read", "Invoice already processed")
        if invoice.processing.state == "failed" and invoice.processing.since > asked:
            return Outcome("failed", invoice.processing.stage)
        lease = leases.take(invoice_id)
        if lease is not None:
            return _read_once(lease, tries=TRIES, last=True, given_up_since=asked)
        time.sleep(_POLL)
        invoice = _shown(invoice_id)
    raise Conflict("Invoice is being processed")


def read_queued(invoice_id: int, wait: float) -> Outcome:
    """Reads the invoice for the queue, with one model call.

    Raises Unavailable for what a redelivery may mend: another reader is at work
    for longer than `wait` seconds, or a passing fault before the last attempt.
    """
    until = time.monotonic() + wait
    while True:
        invoice = _shown(invoice_id)
        if not invoice.awaits_reading or invoice.processing.state == "failed":
            return Outcome("already_read", "nothing to do")
        if _too_early(invoice.processing):
            raise Unavailable("The invoice is tried again a little later")
        lease = leases.take(invoice_id)
        if lease is not None:
            attempts = settings().extraction_attempts
            return _read_once(lease, tries=1, last=_attempt(invoice) >= attempts, given_up_since=None)
        if time.monotonic() >= until:
            raise Unavailable("The invoice is being read by another")
        time.sleep(_POLL)


def give_up(invoice_id: int, letter_published: datetime) -> None:
    """Says of an invoice that still waits that the queue has given it up; safe to repeat.

    One that was asked for again after the letter was written is left to that wish.
    Raises Missing for an unknown one, Unavailable while somebody reads it.
    """
    invoice = _shown(invoice_id)
    if not _is_left_by(invoice, letter_published):
        return
    lease = leases.take(invoice_id)
    if lease is None:
        raise Unavailable("The invoice is being read")
    invoice = _shown(invoice_id)
    if lease.kept_answer(invoice.generation) is not None:
        # What is paid for needs no model: the reading only has to be brought to its end.
        _read_once(lease, tries=1, last=True, given_up_since=None)
        return
    if lease.left_open is not None:
        usage_log.mark_interrupted(lease.left_open)
    if not _is_left_by(invoice, letter_published):
        _end(lease, invoice, {})
        return
    failed = ModelFailed(GIVEN_UP, "given_up", passing=True)
    _keep(lease, invoice, reading.failure(failed, settings().extraction_model), _attempt(invoice))


def _is_left_by(invoice: Invoice, letter_published: datetime) -> bool:
    """Whether the letter's message was the last that would have had the invoice read."""
    state = invoice.processing
    if not invoice.awaits_reading or state.state == "failed":
        return False
    is_newer = state.since > letter_published + CLOCKS_APART
    # An arrival's own stage may have been written while its letter was looked at.
    return not is_newer or (state.attempt == 1 and state.stage in (ARRIVED, REPLACED))


def _read_once(lease: Lease, *, tries: int, last: bool, given_up_since: datetime | None) -> Outcome:
    """Reads under a lease that was just taken, unless another has done so meanwhile.

    Or has given it up: since the time that is named, or at all if none is.
    """
    invoice = _shown(lease.invoice_id)
    attempt = _attempt(invoice)
    if lease.left_open is not None:
        # The row of a kept answer is completed when that is taken up.
        usage_log.mark_interrupted(lease.left_open)
    if not invoice.awaits_reading:
        _end(lease, invoice, {})
        return Outcome("already_read", "Invoice already processed")
    state = invoice.processing
    if state.state == "failed" and (given_up_since is None or state.since > given_up_since):
        _end(lease, invoice, {})
        return Outcome("failed", state.stage)
    words: list[PageWords] = []
    try:
        with leases.renewed(lease):
            data, failed = _extract(invoice, lease, tries, attempt, words.extend)
    except Changed as error:
        raise Unavailable("Another has taken the reading over") from error
    if failed is not None and failed.passing and not last:
        again = Processing("queued", f"waiting to try again: {failed}", attempt + 1, datetime.now(UTC))
        _end(lease, invoice, {"processing": again})
        raise Unavailable("The model did not answer; the invoice will be tried again")
    outcome = _keep(lease, invoice, data, attempt, words)
    return replace(outcome, passing=failed is not None and failed.passing)


def _extract(
    invoice: Invoice,
    lease: Lease,
    tries: int,
    attempt: int,
    note_words: Callable[[Iterable[PageWords]], None],
) -> tuple[dict[str, object], ModelFailed | None]:
    """What was read, or why not."""

    def note_stage(stage: str) -> None:
        invoices.change(invoice.id, processing=Processing("reading", stage, attempt, datetime.now(UTC)))

    model = settings().extraction_model
    try:
        pdf = bucket.read(invoice.file_name)
        order = Order(
            service=services.configured(),
            model=model,
            file_name=invoice.file_name,
            object_name=invoice.file_name,
            message=SUCCESS,
            tries=tries,
            fallbacks=settings().extraction_fallbacks,
            invoice_id=invoice.id,
            owner=invoice.auth_id,
            note_call=lease.note_call,
            note_answer=lambda answer: lease.note_answer(invoice.generation, answer),
            kept_answer=lease.kept_answer(invoice.generation),
            note_second=lambda answer: lease.note_second(invoice.generation, answer),
            kept_second=lease.kept_second(invoice.generation),
            note_stage=note_stage,
            note_words=note_words,
        )
        return reading.read(pdf, order).data, None
    except Missing:
        return reading.failure(Unreadable("File not found on server"), model), None
    except Unreadable as error:
        return reading.failure(error, model), None
    except ModelFailed as failed:
        return reading.failure(failed, model), failed
    except Changed:
        raise
    except Exception as error:  # counted as an attempt, so that a fault of our own has an end too
        if isinstance(error, Unavailable) and lease.kept_answer(invoice.generation) is not None:
            # What is paid for lies in the lease, which must not end before it is stored.
            raise
        logs.fault("reading broke off", error, invoice_id=invoice.id)
        fault = ModelFailed("Reading broke off by a fault of the system", "internal", passing=True)
        return reading.failure(fault, model), fault


def _keep(
    lease: Lease, invoice: Invoice, data: dict[str, object], attempt: int, words: Sequence[PageWords] = ()
) -> Outcome:
    """Stores the result, the record's new state and the lease's end together, or none of them."""
    succeeded = data["status"] is True
    like = likeness(data)
    if succeeded:
        others = alike.other_invoices(invoice, like)
        data = with_duplicates(data, others, "invoice")
    former = result_records.of_invoice(invoice.id)
    # A person may have corrected the former result while this one was read.
    version = max(invoice.version, 0 if former is None else former.version) + 1
    new = results.stored(
        next_id(result_records.INVOICE_DATA) if former is None else former.id,
        f"invoice/{invoice.id}",
        data,
        version=version,
        remarks=None if former is None else former.remarks,
        words=words,
    )
    message = "Processed successfully" if succeeded else str(data["message"])
    state = Processing("done" if succeeded else "failed", message, attempt, datetime.now(UTC))
    writes = batch()
    result_records.replace_in(writes, invoice.id, new, former, owner=invoice.auth_id)
    lease.end_in(writes)
    invoices.change_in(
        writes,
        invoice.id,
        processing=state,
        data_fetch=succeeded,
        refetch=False,
        version=version,
        **identity_fields(like),
    )
    _commit(writes, invoice.id)
    logs.info("invoice read" if succeeded else "invoice not read", invoice_id=invoice.id, attempt=attempt)
    return Outcome("read" if succeeded else "failed", message)


def _end(lease: Lease, invoice: Invoice, changes: dict[str, object]) -> None:
    writes = batch()
    lease.end_in(writes)
    if changes:
        invoices.change_in(writes, invoice.id, **changes)
    _commit(writes, invoice.id)


def _commit(writes: WriteBatch, invoice_id: int) -> None:
    try:
        commit(writes)
    except Changed as error:
        logs.warning("lease lost", invoice_id=invoice_id)
        raise Unavailable("Another has taken the reading over") from error


def _too_early(processing: Processing) -> bool:
    """Whether the pause after a failed attempt is not over: the queue may deliver sooner than that."""
    if processing.state != "queued" or processing.attempt == 1:
        return False
    pause = FIRST_PAUSE * 2 ** (processing.attempt - 2)
    return datetime.now(UTC) < processing.since + timedelta(seconds=min(pause, LONGEST_PAUSE))


def _attempt(invoice: Invoice) -> int:
    """Which attempt this is: a reader that died in the middle has used one up."""
    return invoice.processing.attempt + (1 if invoice.processing.state == "reading" else 0)


def _shown(invoice_id: int) -> Invoice:
    invoice = invoices.find(invoice_id)
    if invoice is None or not invoice.shown:
        raise Missing("Invoice not found")
    return invoice
