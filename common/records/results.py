"""Results of extractions, those of uploaded invoices, and the history of each record of results.

A result is stored as JSON text: its numbers come back with every digit, and a
large map is no burden on the indexes. One that is too large for a record lies
in the bucket, and the record names the object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from common import clients
from common.domain.ids import can_exist, scattered_key
from common.records.database import collection, read, translated, waiting

if TYPE_CHECKING:
    from google.cloud.firestore import CollectionReference, DocumentReference, WriteBatch, WriteOption

INVOICE_DATA = "invoice_data"
HISTORY = "history"

LARGEST_INLINE = 900_000
"""Bytes of JSON that a record holds itself; a document may have 1 MiB in all."""


@dataclass(frozen=True)
class StoredResult:
    """A result as it is stored."""

    id: int
    status: str
    body: str | None
    """JSON text; None where it lies in the bucket."""
    body_object: str | None
    manual_verified: bool
    modified: datetime
    remarks: str | None
    version: int
    review_needed: bool
    summary: str | None = None
    """JSON text of the few values by which lists show it."""
    correction: str | None = None
    """JSON text of what a person changed to make this version; None for one that was read."""
    words_object: str | None = None
    """The object that holds the words recognised on its pages; None where none were."""
    seen: datetime | None = field(default=None, compare=False)
    """The record's update time when this was read: the condition under which it may be replaced."""

    @property
    def awaits_review(self) -> bool:
        """Whether a person should look: something is doubtful, or it could not be read, and nobody has."""
        return not self.manual_verified and (self.review_needed or self.status == "ERROR")


def of_invoice(invoice_id: int) -> StoredResult | None:
    """The current result of an invoice."""
    if not can_exist(invoice_id):
        return None
    snapshot = read(INVOICE_DATA, scattered_key(str(invoice_id)))
    if snapshot is None:
        return None
    return replace(result_of(snapshot.to_dict() or {}), seen=snapshot.update_time)


def replace_in(
    writes: WriteBatch,
    invoice_id: int,
    new: StoredResult,
    former: StoredResult | None,
    owner: str | None = None,
) -> None:
    """Adds to `writes` that `new` is the result of `owner`'s invoice; `former` goes into its history.

    On condition that `former`, if there is one, is still the current one: else the commit raises Changed.
    """
    document = _of_invoice(invoice_id)
    queued = {"invoice_id": invoice_id, "auth_id": owner, "awaits_review": new.awaits_review}
    if former is None:
        writes.set(document, {**fields_of(new), **queued})
        return
    # A correction that was saved since `former` was read would vanish: neither shown nor in the history.
    writes.update(document, {**fields_of(new), **queued}, option=unchanged(former))
    add_to_history(writes, document, former)


def correct_invoice_in(writes: WriteBatch, invoice_id: int, new: StoredResult, former: StoredResult) -> None:
    """Like replace_in, if `former` is still the current one: else the commit raises Changed."""
    document = _of_invoice(invoice_id)
    changed = {**fields_of(new), "awaits_review": new.awaits_review}
    writes.update(document, changed, option=unchanged(former))
    add_to_history(writes, document, former)


def add_to_history(writes: WriteBatch, document: DocumentReference, former: StoredResult) -> None:
    """Adds to `writes` that `former` is in the history of that record."""
    writes.set(document.collection(HISTORY).document(scattered_key(str(former.version))), fields_of(former))


def history_of_invoice(invoice_id: int) -> Iterator[StoredResult]:
    """The former results of an invoice, oldest first."""
    with translated():
        found = _of_invoice(invoice_id).collection(HISTORY).get(**waiting())
    yield from sorted(
        (result_of(snapshot.to_dict() or {}) for snapshot in found), key=lambda result: result.version
    )


def accounts(name: str, number: int) -> Iterator[StoredResult]:
    """The former results of a record in collection `name`, oldest first, without their content."""
    fields = [each for each in fields_of(_NOTHING) if each not in _CONTENT]
    with translated():
        found = _history(name, number).select(fields).get(**waiting())
    nothing = fields_of(_NOTHING)
    yield from sorted(
        (result_of({**nothing, **(snapshot.to_dict() or {})}) for snapshot in found),
        key=lambda result: result.version,
    )


def former(name: str, number: int, version: int) -> StoredResult | None:
    """The former result of that version of a record in collection `name`."""
    with translated():
        snapshot = _history(name, number).document(scattered_key(str(version))).get(**waiting())
    return result_of(snapshot.to_dict() or {}) if snapshot.exists else None


def _history(name: str, number: int) -> CollectionReference:
    history: CollectionReference = collection(name).document(scattered_key(str(number))).collection(HISTORY)
    return history


_CONTENT = ("body", "body_object", "summary", "words_object")

_NOTHING = StoredResult(
    0,
    "OK",
    None,
    None,
    manual_verified=False,
    modified=datetime(1970, 1, 1, tzinfo=UTC),
    remarks=None,
    version=0,
    review_needed=False,
)


def unchanged(former: StoredResult) -> WriteOption:
    """The condition that `former` is still what its record holds: else the commit raises Changed."""
    return clients.firestore().write_option(last_update_time=former.seen)


def _of_invoice(invoice_id: int) -> DocumentReference:
    return collection(INVOICE_DATA).document(scattered_key(str(invoice_id)))


def fields_of(result: StoredResult) -> dict[str, Any]:
    """How a result is stored."""
    return {
        "id": result.id,
        "status": result.status,
        "body": None if result.body is None else result.body.encode(),
        "body_object": result.body_object,
        "manual_verified": result.manual_verified,
        "modified": result.modified,
        "remarks": result.remarks,
        "version": result.version,
        "review_needed": result.review_needed,
        "summary": result.summary,
        "correction": result.correction,
        "words_object": result.words_object,
    }


def result_of(stored: dict[str, Any]) -> StoredResult:
    """The result that such fields hold; a record of a former release has not all of them."""
    body = stored.get("body")
    return StoredResult(
        id=stored["id"],
        status=stored["status"],
        body=None if body is None else body.decode(),
        body_object=stored.get("body_object"),
        manual_verified=stored.get("manual_verified", False),
        modified=stored["modified"],
        remarks=stored.get("remarks"),
        version=stored.get("version", 1),
        review_needed=stored.get("review_needed", False),
        summary=stored.get("summary"),
        correction=stored.get("correction"),
        words_object=stored.get("words_object"),
    )
