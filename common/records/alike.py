"""Records of the same invoice: of the same bytes, or of the same vendor, number, date and total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.domain.invoice import Invoice
from common.domain.likeness import Likeness
from common.records.database import collection, translated, waiting, where
from common.records.direct_records import NAME as DIRECT_RECORDS
from common.records.invoices import NAME as INVOICES

if TYPE_CHECKING:
    from google.cloud.firestore import Query

MOST = 100
"""How many of each kind of likeness are named at the most."""


def other_invoices(invoice: Invoice, like: Likeness | None) -> list[int]:
    """Ids of the same user's other shown invoices with the same bytes, or of the same likeness."""
    query = collection(INVOICES).where(filter=where("auth_id", "==", invoice.auth_id))
    query = query.where(filter=where("shown", "==", True)).order_by("id")
    return sorted(_alike(query, invoice.sha256, like) - {invoice.id})


def other_direct_records(client_ip: str, sha256: str, like: Likeness | None, itself: int) -> list[int]:
    """Ids of an address's other direct records with the same bytes, or of the same likeness."""
    query = collection(DIRECT_RECORDS).where(filter=where("client_ip", "==", client_ip))
    return sorted(_alike(query, sha256, like) - {itself})


def _alike(query: Query, sha256: str, like: Likeness | None) -> set[int]:
    found: set[int] = set()
    own, named = like or (None, None)
    # A reading that lacks the vendor's tax id has the digest by the name as its own.
    other = None if named == own else named
    for field, value in (
        ("sha256", sha256),
        ("identity", own),
        ("identity", other),
        ("identity_by_name", named),
    ):
        if value is None:
            continue
        narrowed = query.where(filter=where(field, "==", value)).limit(MOST)
        with translated():
            found.update(int(snapshot.get("id")) for snapshot in narrowed.get(**waiting()))
    return found
