"""What the queue brings: objects that arrived in the bucket, and wishes to read an invoice again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from common import large_uploads, leftovers, logs, processing, queue
from common.domain.file_names import is_pdf_name
from common.domain.invoice import ARRIVED, REPLACED, Details, Invoice, Processing
from common.domain.user_ids import is_user_id
from common.errors import Missing, Unavailable
from common.files import bucket
from common.records import invoices, object_names
from common.records.database import Changed
from common.records.object_names import Claim
from common.records.sequences import next_id
from common.uploads import PDF_MARK, PDF_MARK_WITHIN

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

FINALIZED = "OBJECT_FINALIZE"
"""The bucket's eventType for a new object (Google Cloud, "Pub/Sub notifications for Cloud Storage")."""

OVERTAKEN = 8.0
"""Seconds to wait for the end of an upload that the message has overtaken."""

OTHER_READER = 20.0
"""Seconds to wait for another reader of the same invoice."""

_POLL = 0.25


@dataclass(frozen=True)
class Message:
    """A message of the queue."""

    data: bytes
    attributes: dict[str, str]
    published: datetime
    """When it came to its topic; of a dead letter, when it was given up."""


def handle(message: Message) -> None:
    """Does what a message asks; safe to repeat.

    Raises Unavailable for what a redelivery may mend. What none can mend is
    written on the record, and the message goes to the dead-letter topic.
    """
    invoice_id = _asked(message)
    if invoice_id is None:
        return
    try:
        outcome = processing.read_queued(invoice_id, OTHER_READER)
    except Missing:
        logs.info("invoice gone before it was read", invoice_id=invoice_id)
        return
    if outcome.state == "failed" and outcome.passing:
        queue.bury(message.data, message.attributes, outcome.message)


def give_up(message: Message) -> None:
    """Writes on the invoice of a dead letter that its reading was given up; safe to repeat.

    Mostly it says so already. Where Pub/Sub itself gave the message up, because no
    delivery came to an end, nothing else would ever say it. Raises Unavailable for
    what a redelivery may mend.
    """
    invoice_id = _asked(message)
    if invoice_id is None:
        return
    try:
        processing.give_up(invoice_id, message.published)
    except Missing:
        logs.info("invoice gone before it was given up", invoice_id=invoice_id)


def _asked(message: Message) -> int | None:
    """The invoice that a message asks to be read; None if it asks for nothing that there is."""
    event = message.attributes.get("eventType", "")
    try:
        if event == queue.READ_AGAIN:
            return int(message.attributes["invoiceId"])
        if event == FINALIZED:
            name, generation = message.attributes["objectId"], message.attributes["objectGeneration"]
            return _invoice_of(name, int(generation))
    except (KeyError, ValueError):
        logs.warning("message that names nothing")
    return None


def _invoice_of(name: str, generation: int) -> int | None:
    """The invoice whose file arrived, made here for one that was dropped; None for any other object."""
    user_id = _user_of(name)
    if user_id is None:
        return None
    claim = object_names.find(name)
    if claim is None:
        return _dropped(name, user_id)
    if claim.kind != "invoice":
        return None
    is_awaited = claim.awaited is not None and claim.expires is not None
    invoice = large_uploads.arrived(claim) if is_awaited else _once_shown(claim)
    if invoice is None:
        return None
    if generation > invoice.generation:
        _replaced(invoice)
    return invoice.id


def _user_of(name: str) -> str | None:
    """Whose invoice an object of this name could be: docs/{user_id}/…, a PDF by name."""
    folder, _, rest = name.partition("/")
    user_id, _, file_name = rest.partition("/")
    if folder == "docs" and is_user_id(user_id) and is_pdf_name(file_name):
        return user_id
    return None


def _once_shown(claim: Claim) -> Invoice | None:
    """The claim's invoice as soon as its upload has ended; None if the upload has broken off.

    Raises Unavailable if it takes longer than a moment.
    """
    until = time.monotonic() + OVERTAKEN
    while True:
        invoice = invoices.find(claim.owner)
        if invoice is not None and invoice.shown:
            return invoice
        if claim.expires is None or claim.expires < datetime.now(UTC):
            leftovers.sweep_now_and_then()
            return None
        if time.monotonic() >= until:
            raise Unavailable("The upload has not ended yet")
        time.sleep(_POLL)


def _dropped(name: str, user_id: str) -> int | None:
    """A new invoice for an object that came by another way than an upload."""
    found = bucket.stat(name)
    if found is None or not _is_pdf(name, found.size):
        return None
    now = datetime.now(UTC)
    invoice = Invoice(
        id=next_id(invoices.NAME),
        auth_id=user_id,
        file_name=name,
        details=Details(),
        supporting_doc_1=None,
        supporting_doc_2=None,
        data_fetch=False,
        refetch=False,
        processing=Processing("queued", ARRIVED, 1, now),
        shown=True,
        sha256=bucket.sha256(found),
        generation=found.generation,
        created=now,
        version=0,
    )

    def record(writes: WriteBatch) -> None:
        invoices.set_in(writes, invoice, name)

    owner = object_names.take_exactly(name, "invoice", invoice.id, also=record)
    logs.info("invoice dropped into the bucket", invoice_id=owner)
    return owner


def _replaced(invoice: Invoice) -> None:
    """The invoice's object was written over: if its bytes differ, what was read is no longer true.

    Of several deliveries that find this only one may say so: another that was slow
    would have the invoice read once more.
    """
    found = bucket.stat(invoice.file_name)
    if found is None:
        return
    sha256 = bucket.sha256(found)
    if sha256 == invoice.sha256:
        _change(invoice, generation=found.generation)
        return
    waiting = Processing("queued", REPLACED, 1, datetime.now(UTC))
    _change(
        invoice,
        generation=found.generation,
        sha256=sha256,
        refetch=True,
        data_fetch=False,
        processing=waiting,
    )


def _change(invoice: Invoice, **changes: object) -> None:
    try:
        invoices.change_seen(invoice, **changes)
    except Changed as error:
        raise Unavailable("The invoice is being changed by another") from error


def _is_pdf(name: str, size: int) -> bool:
    start = b"".join(bucket.read_range(name, 0, min(size, PDF_MARK_WITHIN)))
    return PDF_MARK in start
