"""Invoices: the records that uploads make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from common import clients
from common.domain.ids import can_exist, scattered_key
from common.domain.invoice import Details, Invoice, Processing, State
from common.records.database import LISTING_SECONDS, Changed, collection, read, translated, waiting, where

if TYPE_CHECKING:
    from google.cloud.firestore import DocumentReference, WriteBatch

NAME = "invoices"


def document(invoice_id: int) -> DocumentReference:
    """Where invoice `invoice_id` is kept."""
    return collection(NAME).document(scattered_key(str(invoice_id)))


def find(invoice_id: int) -> Invoice | None:
    """The invoice of that id, shown or not; None for an id that is unknown or can't be one."""
    if not can_exist(invoice_id):
        return None
    snapshot = read(NAME, scattered_key(str(invoice_id)))
    if snapshot is None:
        return None
    return replace(_invoice(snapshot.to_dict() or {}), seen=snapshot.update_time)


def of_user(user_id: str, after: int = 0) -> Iterator[Invoice]:
    """The shown invoices of a user with ids above `after`, by id."""
    query = (
        collection(NAME)
        .where(filter=where("auth_id", "==", user_id))
        .where(filter=where("shown", "==", True))
        .where(filter=where("id", ">", after))
        .order_by("id")
    )
    with translated():
        for snapshot in query.stream(**waiting(LISTING_SECONDS)):
            yield _invoice(snapshot.to_dict() or {})


def unfinished() -> Iterator[Invoice]:
    """Shown invoices of all users that await their reading, or were being read."""
    query = (
        collection(NAME)
        .where(filter=where("processing.state", "in", ["queued", "reading"]))
        .where(filter=where("shown", "==", True))
    )
    with translated():
        for snapshot in query.stream(**waiting(LISTING_SECONDS)):
            yield _invoice(snapshot.to_dict() or {})


def earliest_with(user_id: str, sha256: str) -> int | None:
    """The id of a user's first shown invoice of these bytes."""
    query = (
        collection(NAME)
        .where(filter=where("auth_id", "==", user_id))
        .where(filter=where("sha256", "==", sha256))
        .where(filter=where("shown", "==", True))
        .order_by("id")
        .limit(1)
    )
    with translated():
        found = query.get(**waiting())
    return int(found[0].get("id")) if found else None


def set_in(writes: WriteBatch, invoice: Invoice, file_name: str) -> None:
    """Adds to `writes` the record of an arriving invoice, whose file will be `file_name`."""
    writes.set(document(invoice.id), {**_fields(invoice), "file_name": file_name})


def change_in(writes: WriteBatch, invoice_id: int, **changes: object) -> None:
    """Adds a change of fields, named as in Invoice, to `writes`."""
    writes.update(document(invoice_id), _encoded(changes))


def remove(invoice_id: int) -> None:
    """Removes the record; safe to repeat."""
    with translated():
        document(invoice_id).delete(**waiting())


def change(invoice_id: int, **changes: object) -> None:
    """Changes fields of the record; raises Changed if it is gone."""
    with translated():
        document(invoice_id).update(_encoded(changes), **waiting())


def change_seen(invoice: Invoice, **changes: object) -> None:
    """Changes fields of a record that `find` gave; raises Changed if it is no longer as it was seen."""
    option = clients.firestore().write_option(last_update_time=invoice.seen)
    with translated():
        document(invoice.id).update(_encoded(changes), option=option, **waiting())


def change_if_there(invoice_id: int, **changes: object) -> None:
    """Changes fields of the record if it exists."""
    with suppress(Changed):
        change(invoice_id, **changes)


def processing_fields(processing: Processing) -> dict[str, object]:
    """How a stage of reading is stored."""
    return {
        "state": processing.state,
        "stage": processing.stage,
        "attempt": processing.attempt,
        "since": processing.since,
    }


def _encoded(changes: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: processing_fields(value) if isinstance(value, Processing) else value
        for name, value in changes.items()
    }


def _fields(invoice: Invoice) -> dict[str, Any]:
    details = invoice.details
    return {
        "id": invoice.id,
        "auth_id": invoice.auth_id,
        "file_name": invoice.file_name,
        "vendor_name": details.vendor_name,
        "vendor_tax_id": details.vendor_tax_id,
        "invoice_no": details.invoice_no,
        "invoice_date": details.invoice_date,
        "amt": None if details.amt is None else str(details.amt),
        "remarks": details.remarks,
        "supporting_doc_1": invoice.supporting_doc_1,
        "supporting_doc_2": invoice.supporting_doc_2,
        "data_fetch": invoice.data_fetch,
        "refetch": invoice.refetch,
        "processing": processing_fields(invoice.processing),
        "shown": invoice.shown,
        "sha256": invoice.sha256,
        "generation": invoice.generation,
        "created": invoice.created,
        "version": invoice.version,
        "identity": None,
        "identity_by_name": None,
    }


def _invoice(stored: Mapping[str, Any]) -> Invoice:
    """A record of this release, or of one that had not every field yet."""
    amt = stored.get("amt")
    stage = stored["processing"]
    return Invoice(
        id=stored["id"],
        auth_id=stored["auth_id"],
        file_name=stored["file_name"],
        details=Details(
            vendor_name=stored.get("vendor_name"),
            vendor_tax_id=stored.get("vendor_tax_id"),
            invoice_no=stored.get("invoice_no"),
            invoice_date=stored.get("invoice_date"),
            amt=None if amt is None else Decimal(amt),
            remarks=stored.get("remarks"),
        ),
        supporting_doc_1=stored.get("supporting_doc_1"),
        supporting_doc_2=stored.get("supporting_doc_2"),
        data_fetch=stored["data_fetch"],
        refetch=stored.get("refetch", False),
        processing=Processing(
            state=cast("State", stage["state"]),
            stage=stage["stage"],
            attempt=stage["attempt"],
            since=cast("datetime", stage["since"]),
        ),
        shown=stored["shown"],
        sha256=stored.get("sha256", ""),
        generation=stored.get("generation", 0),
        created=stored["created"],
        version=stored.get("version", 0),
    )
