"""Results of extractions: of uploaded invoices, with their history, and of direct records.

A result is stored as JSON text: its numbers come back with every digit, and a
large map is no burden on the indexes. One that is too large for a record lies
in the bucket, and the record names the object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from common import clients
from common.domain.ids import can_exist, scattered_key
from common.domain.likeness import Likeness
from common.records.database import collection, read, translated, waiting, where

if TYPE_CHECKING:
    from google.cloud.firestore import CollectionReference, DocumentReference, WriteBatch, WriteOption

INVOICE_DATA = "invoice_data"
DIRECT_DATA = "invoice_direct_data"
HISTORY = "history"

MOST_ALIKE = 100
"""How many records of the same invoice are named at the most."""

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


@dataclass(frozen=True)
class StoredDirect:
    """A direct record with its result, which is None until it has been read."""

    id: int
    filename: str
    owner: str | None
    client_ip: str
    sha256: str
    size: int
    created: datetime
    like: Likeness | None
    result: StoredResult | None


def of_invoice(invoice_id: int) -> StoredResult | None:
    """The current result of an invoice."""
    if not can_exist(invoice_id):
        return None
    snapshot = read(INVOICE_DATA, scattered_key(str(invoice_id)))
    if snapshot is None:
        return None
    return replace(_result(snapshot.to_dict() or {}), seen=snapshot.update_time)


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
        writes.set(document, {**_fields(new), **queued})
        return
    # A correction that was saved since `former` was read would vanish: neither shown nor in the history.
    writes.update(document, {**_fields(new), **queued}, option=_unchanged(former))
    writes.set(document.collection(HISTORY).document(scattered_key(str(former.version))), _fields(former))


def correct_invoice_in(writes: WriteBatch, invoice_id: int, new: StoredResult, former: StoredResult) -> None:
    """Like replace_in, if `former` is still the current one: else the commit raises Changed."""
    document = _of_invoice(invoice_id)
    changed = {**_fields(new), "awaits_review": new.awaits_review}
    writes.update(document, changed, option=_unchanged(former))
    writes.set(document.collection(HISTORY).document(scattered_key(str(former.version))), _fields(former))


def history_of_invoice(invoice_id: int) -> Iterator[StoredResult]:
    """The former results of an invoice, oldest first."""
    with translated():
        found = _of_invoice(invoice_id).collection(HISTORY).get(**waiting())
    yield from sorted(
        (_result(snapshot.to_dict() or {}) for snapshot in found), key=lambda result: result.version
    )


def accounts(name: str, number: int) -> Iterator[StoredResult]:
    """The former results of a record in collection `name`, oldest first, without their content."""
    fields = [each for each in _fields(_NOTHING) if each not in _CONTENT]
    with translated():
        found = _history(name, number).select(fields).get(**waiting())
    nothing = _fields(_NOTHING)
    yield from sorted(
        (_result({**nothing, **(snapshot.to_dict() or {})}) for snapshot in found),
        key=lambda result: result.version,
    )


def former(name: str, number: int, version: int) -> StoredResult | None:
    """The former result of that version of a record in collection `name`."""
    with translated():
        snapshot = _history(name, number).document(scattered_key(str(version))).get(**waiting())
    return _result(snapshot.to_dict() or {}) if snapshot.exists else None


def _history(name: str, number: int) -> CollectionReference:
    history: CollectionReference = collection(name).document(scattered_key(str(number))).collection(HISTORY)
    return history


def direct(record_id: int) -> StoredDirect | None:
    """The direct record of that id."""
    if not can_exist(record_id):
        return None
    snapshot = read(DIRECT_DATA, scattered_key(str(record_id)))
    if snapshot is None:
        return None
    found = _direct(snapshot.to_dict() or {})
    if found.result is None:
        return found
    return replace(found, result=replace(found.result, seen=snapshot.update_time))


def direct_in(writes: WriteBatch, record: StoredDirect, former: StoredResult | None = None) -> None:
    """Adds to `writes` that `record` is stored; `former` goes into its history."""
    document = collection(DIRECT_DATA).document(scattered_key(str(record.id)))
    writes.set(
        document,
        {
            "id": record.id,
            "filename": record.filename,
            "owner": record.owner,
            "client_ip": record.client_ip,
            "sha256": record.sha256,
            "size": record.size,
            "created": record.created,
            "identity": record.like and record.like.own,
            "identity_by_name": record.like and record.like.named,
            "result": None if record.result is None else _fields(record.result),
            "awaits_review": record.result is not None and record.result.awaits_review,
        },
    )
    if former is not None:
        writes.set(document.collection(HISTORY).document(scattered_key(str(former.version))), _fields(former))


def correct_direct_in(
    writes: WriteBatch, record_id: int, new: StoredResult, former: StoredResult, like: Likeness | None
) -> None:
    """Adds that `new` is a direct record's result and `former` its history.

    On condition that `former` is still the current one: else the commit raises Changed.
    """
    document = collection(DIRECT_DATA).document(scattered_key(str(record_id)))
    changed = {
        "result": _fields(new),
        "identity": like and like.own,
        "identity_by_name": like and like.named,
        "awaits_review": new.awaits_review,
    }
    writes.update(document, changed, option=_unchanged(former))
    writes.set(document.collection(HISTORY).document(scattered_key(str(former.version))), _fields(former))


def directs_like(client_ip: str, sha256: str, like: Likeness | None, itself: int) -> list[int]:
    """Ids of an address's other direct records with the same bytes, or of the same likeness."""
    found: set[int] = set()
    own, named = like or (None, None)
    # A reading that lacks the vendor's tax id has the digest by the name as its own.
    other = None if named == own else named
    for name, value in (
        ("sha256", sha256),
        ("identity", own),
        ("identity", other),
        ("identity_by_name", named),
    ):
        if value is None:
            continue
        query = (
            collection(DIRECT_DATA)
            .where(filter=where("client_ip", "==", client_ip))
            .where(filter=where(name, "==", value))
            .limit(MOST_ALIKE)
        )
        with translated():
            found.update(int(snapshot.get("id")) for snapshot in query.get(**waiting()))
    return sorted(found - {itself})


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


def _unchanged(former: StoredResult) -> WriteOption:
    return clients.firestore().write_option(last_update_time=former.seen)


def _of_invoice(invoice_id: int) -> DocumentReference:
    return collection(INVOICE_DATA).document(scattered_key(str(invoice_id)))


def _fields(result: StoredResult) -> dict[str, Any]:
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


def _result(stored: dict[str, Any]) -> StoredResult:
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


def _like(stored: Mapping[str, Any]) -> Likeness | None:
    """A record of a former release has one digest."""
    own = stored.get("identity")
    return None if own is None else Likeness(own, stored.get("identity_by_name") or own)


def _direct(stored: dict[str, Any]) -> StoredDirect:
    result = stored["result"]
    return StoredDirect(
        id=stored["id"],
        filename=stored["filename"],
        owner=stored.get("owner"),
        client_ip=stored["client_ip"],
        sha256=stored["sha256"],
        size=stored["size"],
        created=stored["created"],
        like=_like(stored),
        result=None if result is None else _result(result),
    )
