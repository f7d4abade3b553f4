"""Records that wait for a person's look, without their whole content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from common import clients
from common.records import invoices
from common.records.database import LISTING_SECONDS, collection, translated, waiting
from common.records.direct_records import NAME as DIRECT_RECORDS
from common.records.results import INVOICE_DATA


@dataclass(frozen=True)
class Waiting:
    """A record that waits; `parameter` and `number` name it on the check page."""

    parameter: Literal["id", "invoice_id"]
    number: int
    summary: str
    """JSON text."""
    status: str
    since: datetime
    file_name: str | None


def of_invoices(owner: str | None, state: str, most: int) -> Iterator[Waiting]:
    """Uploaded invoices that are "waiting", "verified" or "all"; of `owner` alone unless that is None."""
    fields = ["invoice_id", "summary", "status", "modified"]
    for stored in _found(_States(INVOICE_DATA, "auth_id", "manual_verified"), owner, state, fields, most):
        yield Waiting(
            "invoice_id",
            stored["invoice_id"],
            stored.get("summary") or "{}",
            stored["status"],
            stored["modified"],
            None,
        )


def of_direct_records(owner: str | None, state: str, most: int) -> Iterator[Waiting]:
    """Direct records that are "waiting", "verified" or "all"; of `owner` alone unless that is None."""
    fields = ["id", "filename", "result.summary", "result.status", "result.modified"]
    for stored in _found(
        _States(DIRECT_RECORDS, "owner", "result.manual_verified"), owner, state, fields, most
    ):
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


@dataclass(frozen=True)
class _States:
    """Where a collection says whose a record is, and whether it was verified."""

    collection: str
    owner: str
    verified: str


def _found(
    where: _States, owner: str | None, state: str, fields: list[str], most: int
) -> Iterator[dict[str, Any]]:
    query: Any = collection(where.collection)
    if state == "waiting":
        query = query.where("awaits_review", "==", True)
    if state == "verified":
        query = query.where(where.verified, "==", True)
    if owner is not None:
        query = query.where(where.owner, "==", owner)
    with translated():
        for snapshot in query.select(fields).limit(most).stream(**waiting(LISTING_SECONDS)):
            found = snapshot.to_dict() or {}
            if found.get("result", found) is not None:
                yield found
