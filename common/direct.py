"""PDFs that are sent to be read at once, outside any user's invoices: invoice_direct_data."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from common import leftovers, logs, reading, results, services
from common.config import settings
from common.domain.file_names import numbered, safe_name
from common.domain.invoice import Extracted
from common.domain.likeness import likeness
from common.domain.recognised import PageWords
from common.duplicates import with_duplicates
from common.errors import Missing, ModelFailed, Unreadable
from common.files import bucket
from common.files.bucket import StoredObject
from common.orders import Order
from common.processing import SUCCESS, TRIES
from common.records import alike, direct_records, object_names
from common.records.database import batch, commit
from common.records.direct_records import StoredDirect
from common.records.sequences import next_id
from common.uploads import WORKING, SentFile

LARGEST_INLINE_PDF = 20 * 1024 * 1024
"""Bytes of a PDF that pdf_data holds; a larger one is given as a signed link."""

LINK_LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True)
class Direct:
    """A direct record with its result."""

    stored: StoredDirect
    extracted: Extracted


def read(file: SentFile, client_ip: str, owner: str | None) -> Direct:
    """Keeps the PDF, reads it, and keeps the result; one that can't be read is a result too."""
    leftovers.sweep_now_and_then()
    record_id = next_id(direct_records.NAME)
    pending = leftovers.Pending(record_id, datetime.now(UTC) + WORKING, has_invoice=False)
    try:
        return _read(file, client_ip, owner, record_id, pending)
    except Exception:
        leftovers.remove_soon(pending)
        raise


def find(record_id: int) -> Direct:
    """The record of that id; raises Missing."""
    stored = direct_records.find(record_id)
    if stored is None or stored.result is None:
        raise Missing("Record not found")
    return Direct(stored, results.extracted(stored.result))


def file_of(direct: Direct) -> StoredObject:
    """The record's object; raises Missing `File not found on server` if it is gone."""
    found = bucket.stat(direct.stored.filename)
    if found is None:
        raise Missing("File not found on server")
    return found


def pdf_data(direct: Direct) -> tuple[str | None, str | None]:
    """The PDF in Base64, or a signed link to one that is too large for that; neither if it is gone."""
    found = bucket.stat(direct.stored.filename)
    if found is None:
        return None, None
    if found.size > LARGEST_INLINE_PDF:
        name = found.name.rpartition("/")[2].encode("ascii", "replace").decode().replace('"', "_")
        return None, bucket.signed_url(found.name, name, LINK_LIFETIME)
    return base64.b64encode(bucket.read(found.name)).decode(), None


def _read(
    file: SentFile, client_ip: str, owner: str | None, record_id: int, pending: leftovers.Pending
) -> Direct:
    now = datetime.now(UTC)
    folder = client_ip.replace(".", "_").replace(":", "_")
    name = safe_name(file.name)
    filename = object_names.take(
        lambda number: f"direct_pdf/{folder}/{numbered(name, number)}",
        "direct",
        record_id,
        pending.expires,
        is_free=lambda path: bucket.stat(path) is None,
        meanwhile=pending.names.append,
    )
    metadata = {"invoice_id": str(record_id), "request_id": logs.request_id.get()}
    bucket.write(filename, file.content, file.size, file.content_type, metadata)
    data, words = _extract(file, filename, owner)
    if data["status"] is True:
        others = alike.other_direct_records(client_ip, file.sha256, likeness(data), record_id)
        data = with_duplicates(data, others, "record")
    result = results.stored(record_id, f"direct/{record_id}", data, version=1, words=words)
    stored = StoredDirect(
        record_id, filename, owner, client_ip, file.sha256, file.size, now, likeness(data), result
    )
    writes = batch()
    direct_records.set_in(writes, stored)
    object_names.settle_in(writes, filename)
    commit(writes)
    return Direct(stored, results.extracted(result))


def _extract(file: SentFile, filename: str, owner: str | None) -> tuple[dict[str, object], list[PageWords]]:
    """What was read, or why not, and the words that were recognised."""
    model = settings().extraction_model
    words: list[PageWords] = []
    file.content.seek(0)
    order = Order(
        service=services.configured(),
        model=model,
        file_name=filename,
        object_name=filename,
        message=SUCCESS,
        tries=TRIES,
        owner=owner,
        fallbacks=settings().extraction_fallbacks,
        note_words=words.extend,
    )
    try:
        return reading.read(file.content.read(), order).data, words
    except (Unreadable, ModelFailed) as error:
        return reading.failure(error, model), words
