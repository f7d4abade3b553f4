"""Records that wait for a person's look, without their whole content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common import clients
from common.records import invoices
from common.records.database import LISTING_SECONDS, collection, translated, waiting
from common.records.results import DIRECT_DATA, INVOICE_DATA


@dataclass(frozen=True)
class Waiting:
    """A record that waits; `parameter` and `number` name it on the check page."""

    parameter: str
    number: int
    summary: str
    """JSON text."""
    status: str
    since: datetime
    file_name: str | None


def of_invoices(owner: str | None, most: int) -> Iterator[Waiting]:
    """Uploaded invoices that wait, those of `owner` alone unless that is None."""
    fields = ["invoice_id", "summary", "status", "modified"]
    for stored in _found(INVOICE_DATA, "auth_id", owner, fields, most):
        yield Waiting(
            "invoice_id",
            stored["invoice_id"],
            stored.get("summary") or "{}",
            stored["status"],
            stored["modified"],
            None,
        )


def of_direct_records(owner: str | None, most: int) -> Iterator[Waiting]:
    """Direct records that wait, those of `owner` alone unless that is None."""
    fields = ["id", "filename", "result.summary", "result.status", "result.modified"]
    for stored in _found(DIRECT_DATA, "owner", owner, fields, most):
        result = stored["result"]
        yield Waiting(
            "id",
            stored["id"],
            result.get("summary") or "{}",
            result["status"],
            result["modified"],
            stored["filename"],
        )


def file_names(invoice_ids: list[int]) -> dict[int, str]:
    """The files of these invoices."""
    if not invoice_ids:
        return {}
    documents = [invoices.document(number) for number in invoice_ids]
    with translated():
        found = list(clients.firestore().get_all(documents, ["id", "file_name"], **waiting()))
    return {snapshot.get("id"): snapshot.get("file_name") for snapshot in found if snapshot.exists}


def _found(
    name: str, owner_field: str, owner: str | None, fields: list[str], most: int
) -> Iterator[dict[str, Any]]:
    query = collection(name).where("awaits_review", "==", True)
    if owner is not None:
        query = query.where(owner_field, "==", owner)
    with translated():
        for snapshot in query.select(fields).limit(most).stream(**waiting(LISTING_SECONDS)):
            yield snapshot.to_dict() or {}
