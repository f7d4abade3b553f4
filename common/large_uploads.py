"""Invoices that are too large for a request: sent straight to the bucket, by a signed URL for one object.

Order: the name is claimed together with the record (not shown) → the caller puts
the object → its notification comes, the object is checked and the record shown,
or the object is refused and all of it removed. What never comes is swept by age.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from common import leftovers, logs
from common.domain.file_names import numbered, safe_name
from common.domain.invoice import ARRIVED, Details, Invoice, Processing
from common.errors import TooLarge
from common.files import bucket
from common.files.bucket import StoredObject
from common.records import invoices, object_names
from common.records.database import batch, commit
from common.records.object_names import Claim
from common.records.sequences import next_id
from common.uploads import PDF_MARK, PDF_MARK_WITHIN, is_free

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

LARGEST = 200 * 1024 * 1024
"""Bytes of a file that is sent this way."""

LINK_LIFETIME = timedelta(hours=1)
"""Within this time the sending must begin."""

WAITED_FOR = timedelta(hours=2)
"""What has not come after this time never will: a sending that began in time has had an hour."""

CONTENT_TYPE = "application/pdf"


@dataclass(frozen=True)
class Announced:
    """An invoice whose file is to be sent."""

    user_id: str
    file_name: str
    size: int
    """Bytes; the file that comes has exactly as many."""
    details: Details


@dataclass(frozen=True)
class Awaited:
    """Where the file is to be sent, and as what."""

    invoice_id: int
    file_path: str
    url: str
    headers: dict[str, str]
    """Signed with the URL: the request must carry them as they are."""
    ends: datetime
    """Until then the sending may begin."""


def _nothing(writes: WriteBatch, awaited: Awaited) -> None:
    pass


def announce(
    wish: Announced,
    also: Callable[[WriteBatch, Awaited], None] = _nothing,
    stands: Callable[[], bool] = lambda: False,
) -> Awaited:
    """Claims a name for the file and gives the URL by which it can be sent, once.

    `also` adds what takes effect with the claim. `stands` is asked of an
    announcement that failed before anything of it is removed: whether it took
    effect after all. Raises TooLarge over the limit; Unavailable, and leaves
    nothing, if a part fails.
    """
    if wish.size > LARGEST:
        raise TooLarge("Payload too large")
    leftovers.sweep_now_and_then()
    expires = datetime.now(UTC) + WAITED_FOR
    pending = leftovers.Pending(next_id(invoices.NAME), expires, stands=stands)
    try:
        return _announce(wish, pending, also)
    except Exception:
        logs.warning("announcement broke off", invoice_id=pending.owner)
        leftovers.remove_soon(pending)
        raise


def _announce(
    wish: Announced, pending: leftovers.Pending, also: Callable[[WriteBatch, Awaited], None]
) -> Awaited:
    now = datetime.now(UTC)
    invoice = Invoice(
        id=pending.owner,
        auth_id=wish.user_id,
        file_name="",
        details=wish.details,
        supporting_doc_1=None,
        supporting_doc_2=None,
        data_fetch=False,
        refetch=False,
        processing=Processing("queued", ARRIVED, 1, now),
        shown=False,
        sha256="",
        generation=0,
        created=now,
        version=0,
    )
    awaited: dict[str, Awaited] = {}

    def record(writes: WriteBatch, path: str) -> None:
        """Everything that can fail comes before the claim is written."""
        invoices.set_in(writes, invoice, path)
        awaited[path] = _awaited(invoice.id, path, wish.size)
        also(writes, awaited[path])

    name = safe_name(wish.file_name)
    file_path = object_names.take(
        lambda number: f"docs/{wish.user_id}/{numbered(name, number)}",
        "invoice",
        invoice.id,
        pending.expires,
        is_free=is_free,
        meanwhile=pending.names.append,
        also=record,
        awaited=wish.size,
    )
    return awaited[file_path]


def _awaited(invoice_id: int, file_path: str, size: int) -> Awaited:
    """Signs the URL for one object."""
    metadata = {"invoice_id": str(invoice_id), **logs.origin()}
    ends = datetime.now(UTC) + LINK_LIFETIME
    url, headers = bucket.signed_write(file_path, CONTENT_TYPE, size, metadata, LINK_LIFETIME)
    return Awaited(invoice_id, file_path, url, headers, ends)


def arrived(claim: Claim) -> Invoice | None:
    """The invoice of a file that was awaited, shown from now on; None for a file that is refused.

    A refused one is removed with its record and its claim. Safe to repeat and to
    do at the same time: what is written depends on the object alone.
    """
    found = bucket.stat(claim.name)
    if found is None:
        return None
    if claim.expires is None or claim.expires < datetime.now(UTC) or not _is_as_announced(found, claim):
        logs.warning("large file refused", invoice_id=claim.owner, size=found.size)
        leftovers.remove(leftovers.Pending(claim.owner, datetime.now(UTC), [claim.name]))
        return None
    sha256 = bucket.sha256(found)
    writes = batch()
    invoices.change_in(writes, claim.owner, shown=True, generation=found.generation, sha256=sha256)
    object_names.settle_in(writes, claim.name)
    commit(writes)
    logs.info("large file arrived", invoice_id=claim.owner, size=found.size)
    return invoices.find(claim.owner)


def _is_as_announced(found: StoredObject, claim: Claim) -> bool:
    """Size, type and the PDF mark; an emulator checks none of what was signed."""
    if found.size != claim.awaited or found.content_type != CONTENT_TYPE:
        return False
    return PDF_MARK in b"".join(bucket.read_range(found.name, 0, min(found.size, PDF_MARK_WITHIN)))
