"""Records of one user, found and removed whole."""

from __future__ import annotations

from collections.abc import Iterator

from common.domain.ids import scattered_key
from common.records import leases
from common.records.database import LISTING_SECONDS, collection, translated, waiting, where
from common.records.direct_records import NAME as DIRECT_RECORDS
from common.records.invoices import NAME as INVOICES
from common.records.results import HISTORY

AT_ONCE = 200

_FILES = ("file_name", "supporting_doc_1", "supporting_doc_2")


def invoices_of(user_id: str) -> Iterator[tuple[int, list[str]]]:
    """Ids and object names of all invoices of a user, those too that are not shown.

    Whoever takes one must remove it: the next page is asked for from the start.
    """
    query = collection(INVOICES).where(filter=where("auth_id", "==", user_id)).limit(AT_ONCE)
    seen: set[int] = set()
    while True:
        with translated():
            page = [snapshot.to_dict() or {} for snapshot in query.get(**waiting(LISTING_SECONDS))]
        new = [stored for stored in page if stored["id"] not in seen]
        if not new:
            return
        for stored in new:
            seen.add(stored["id"])
            yield stored["id"], [stored[name] for name in _FILES if stored.get(name)]


def direct_records_of(user_id: str) -> Iterator[tuple[int, str]]:
    """Ids and object names of the direct records that a user's token sent; each must be removed, too."""
    query = collection(DIRECT_RECORDS).where(filter=where("owner", "==", user_id)).limit(AT_ONCE)
    seen: set[int] = set()
    while True:
        with translated():
            page = [snapshot.to_dict() or {} for snapshot in query.get(**waiting(LISTING_SECONDS))]
        new = [stored for stored in page if stored["id"] not in seen]
        if not new:
            return
        for stored in new:
            seen.add(stored["id"])
            yield stored["id"], stored["filename"]


def remove_result(name: str, number: int) -> tuple[int, int]:
    """Removes a record of results with its history; returns how many of each there were."""
    document = collection(name).document(scattered_key(str(number)))
    history = 0
    with translated():
        while former := document.collection(HISTORY).limit(AT_ONCE).get(**waiting()):
            for snapshot in former:
                snapshot.reference.delete(**waiting())
            history += len(former)
        current = document.get([], **waiting()).exists
        document.delete(**waiting())
    return history, int(current)


def remove_lease(invoice_id: int) -> None:
    """Ends whatever lease there is on an invoice: its holder can store nothing more."""
    with translated():
        collection(leases.NAME).document(scattered_key(str(invoice_id))).delete(**waiting())
