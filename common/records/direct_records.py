"""Direct records: PDFs that were sent to be read at once, each with its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from common.domain.ids import can_exist, scattered_key
from common.domain.likeness import Likeness, identity_fields
from common.records.database import collection, read
from common.records.results import StoredResult, add_to_history, fields_of, result_of, unchanged

if TYPE_CHECKING:
    from google.cloud.firestore import DocumentReference, WriteBatch

NAME = "invoice_direct_data"


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


def find(record_id: int) -> StoredDirect | None:
    """The record of that id; None for an id that is unknown or can't be one."""
    if not can_exist(record_id):
        return None
    snapshot = read(NAME, scattered_key(str(record_id)))
    if snapshot is None:
        return None
    found = _record(snapshot.to_dict() or {})
    if found.result is None:
        return found
    return replace(found, result=replace(found.result, seen=snapshot.update_time))


def set_in(writes: WriteBatch, record: StoredDirect) -> None:
    """Adds to `writes` that `record` is stored."""
    writes.set(
        _document(record.id),
        {
            "id": record.id,
            "filename": record.filename,
            "owner": record.owner,
            "client_ip": record.client_ip,
            "sha256": record.sha256,
            "size": record.size,
            "created": record.created,
            **identity_fields(record.like),
            "result": None if record.result is None else fields_of(record.result),
            "awaits_review": record.result is not None and record.result.awaits_review,
        },
    )


def correct_in(
    writes: WriteBatch, record_id: int, new: StoredResult, former: StoredResult, like: Likeness | None
) -> None:
    """Adds to `writes` that `new` is the record's result and `former` in its history.

    On condition that `former` is still the current one: else the commit raises Changed.
    """
    changed = {
        "result": fields_of(new),
        **identity_fields(like),
        "awaits_review": new.awaits_review,
    }
    writes.update(_document(record_id), changed, option=unchanged(former))
    add_to_history(writes, _document(record_id), former)


def _document(record_id: int) -> DocumentReference:
    return collection(NAME).document(scattered_key(str(record_id)))


def _record(stored: Mapping[str, Any]) -> StoredDirect:
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
        result=None if result is None else result_of(result),
    )


def _like(stored: Mapping[str, Any]) -> Likeness | None:
    """A record of a former release has one digest."""
    own = stored.get("identity")
    return None if own is None else Likeness(own, stored.get("identity_by_name") or own)
