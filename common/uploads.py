"""Uploads: an invoice's files and its record, all of them or none.

Order: names claimed and the record made (arriving, not shown) → objects →
record shown. Whatever breaks off in between is removed whole: by the call that
failed, by this process as soon as the parts answer again, or by age.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import IO, TYPE_CHECKING

from common import leftovers, logs
from common.domain.file_names import is_pdf_name, numbered, safe_name
from common.domain.invoice import ARRIVED, Details, Invoice, Processing
from common.errors import Rejected
from common.files import bucket
from common.files.bucket import NameTaken
from common.records import invoices, object_names
from common.records.database import batch, commit
from common.records.sequences import next_id

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

WORKING = timedelta(minutes=10)
"""An upload that has not ended after this time never will: the function's own time-out is shorter."""

PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 1024
"""Bytes: ISO 32000-2, annex I, on readers that accept a header behind other bytes."""

_PIECE = 1024 * 1024


@dataclass(frozen=True)
class SentFile:
    """A file of a request: its own name, and its content, which can be read again from its start."""

    name: str
    content_type: str
    content: IO[bytes]
    size: int
    sha256: str


@dataclass(frozen=True)
class Upload:
    """An invoice as it is sent."""

    user_id: str
    file: SentFile
    details: Details
    supporting: tuple[SentFile | None, SentFile | None]


@dataclass(frozen=True)
class Uploaded:
    """What became of it."""

    invoice_id: int
    file_path: str
    supporting: tuple[str | None, str | None]
    duplicate_of: int | None


def sent_file(name: str, content_type: str, content: IO[bytes]) -> SentFile:
    """Measures `content`, reading it a piece at a time."""
    digest = hashlib.sha256()
    size = 0
    content.seek(0)
    while piece := content.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    content.seek(0)
    return SentFile(name, content_type, content, size, digest.hexdigest())


def is_pdf(file: SentFile) -> bool:
    """Whether a file is a PDF by its content and by its name."""
    file.content.seek(0)
    start = file.content.read(PDF_MARK_WITHIN)
    file.content.seek(0)
    return PDF_MARK in start and is_pdf_name(file.name)


def _nothing(writes: WriteBatch, done: Uploaded) -> None:
    pass


def store(
    upload: Upload,
    also: Callable[[WriteBatch, Uploaded], None] = _nothing,
    stands: Callable[[], bool] = lambda: False,
) -> Uploaded:
    """Stores the invoice and shows it; raises Unavailable, and leaves nothing, if a part fails.

    `also` adds what takes effect with the showing. `stands` is asked of an upload
    that failed before anything of it is removed: whether it took effect after all.
    """
    leftovers.sweep_now_and_then()
    expires = datetime.now(UTC) + WORKING
    pending = leftovers.Pending(next_id(invoices.NAME), expires, stands=stands)
    try:
        return _store(upload, pending, also)
    except Exception:
        logs.warning("upload broke off", invoice_id=pending.owner)
        leftovers.remove_soon(pending)
        raise


def _store(
    upload: Upload, pending: leftovers.Pending, also: Callable[[WriteBatch, Uploaded], None]
) -> Uploaded:
    first, second = (
        _place_supporting(file, f"docs/{upload.user_id}/support{place}_", pending)
        for place, file in enumerate(upload.supporting, start=1)
    )
    now = datetime.now(UTC)
    invoice = Invoice(
        id=pending.owner,
        auth_id=upload.user_id,
        file_name="",
        details=upload.details,
        supporting_doc_1=first,
        supporting_doc_2=second,
        data_fetch=False,
        refetch=False,
        processing=Processing("queued", ARRIVED, 1, now),
        shown=False,
        sha256=upload.file.sha256,
        generation=0,
        created=now,
        version=0,
    )
    file_path, generation = _place_invoice(upload, invoice, pending)
    writes = batch()
    invoices.change_in(writes, invoice.id, shown=True, generation=generation)
    for name in filter(None, (file_path, first, second)):
        object_names.settle_in(writes, name)
    done = Uploaded(invoice.id, file_path, (first, second), None)
    if also is not _nothing:
        also(writes, replace(done, duplicate_of=_earlier(upload, invoice.id)))
    commit(writes)
    return replace(done, duplicate_of=_earlier(upload, invoice.id))


def _earlier(upload: Upload, invoice_id: int) -> int | None:
    """The user's first invoice of the same bytes, if that is another."""
    earliest = invoices.earliest_with(upload.user_id, upload.file.sha256)
    return earliest if earliest is not None and earliest < invoice_id else None


def _place_invoice(upload: Upload, invoice: Invoice, pending: leftovers.Pending) -> tuple[str, int]:
    """Claims the name together with the record, and writes the object."""
    name = safe_name(upload.file.name)
    while True:
        file_path = object_names.take(
            lambda number: f"docs/{upload.user_id}/{numbered(name, number)}",
            "invoice",
            invoice.id,
            pending.expires,
            is_free=is_free,
            meanwhile=pending.names.append,
            also=lambda writes, path: invoices.set_in(writes, invoice, path),
        )
        try:
            return file_path, _write(file_path, upload.file, invoice.id)
        except NameTaken:
            # An object came by another way between our look and our write: it keeps the name.
            object_names.release(file_path)


def _place_supporting(file: SentFile | None, prefix: str, pending: leftovers.Pending) -> str | None:
    """Claims a name for a supporting document, and writes the object."""
    if file is None:
        return None
    name = safe_name(file.name)
    while True:
        path = object_names.take(
            lambda number: f"{prefix}{numbered(name, number)}",
            "supporting",
            pending.owner,
            pending.expires,
            is_free=is_free,
            meanwhile=pending.names.append,
        )
        try:
            _write(path, file, pending.owner)
        except NameTaken:
            object_names.release(path)
        else:
            return path


def is_free(name: str) -> bool:
    """Whether no object has that name, by whatever way it came."""
    return bucket.stat(name) is None


def _write(name: str, file: SentFile, invoice_id: int) -> int:
    metadata = {"invoice_id": str(invoice_id), **logs.origin()}
    return bucket.write(name, file.content, file.size, file.content_type, metadata)


def check_pdf(file: SentFile | None) -> SentFile:
    """A file that was sent and is a PDF; raises Rejected for any other, in the documented words."""
    if file is None or file.size == 0:
        raise Rejected("No file uploaded")
    if not is_pdf(file):
        raise Rejected("Only PDF files are allowed")
    return file
