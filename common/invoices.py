"""Invoices as their users see them: listed, shown, downloaded, marked to be read again."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from common import queue, results
from common.domain.invoice import Extracted, Invoice, Processing
from common.errors import Missing, Rejected
from common.files import bucket
from common.files.bucket import StoredObject
from common.records import invoices


@dataclass(frozen=True)
class Filters:
    """Which of a user's invoices are wanted; None means any."""

    data_fetch: str | None = None
    vendor_name: str | None = None
    first_date: str | None = None
    last_date: str | None = None

    def match(self, invoice: Invoice) -> bool:
        """Whether `invoice` is wanted."""
        date = invoice.details.invoice_date
        vendor = (invoice.details.vendor_name or "").casefold()
        return (
            (self.data_fetch is None or ("Y" if invoice.data_fetch else "N") == self.data_fetch)
            and (self.vendor_name is None or self.vendor_name.casefold() in vendor)
            and (self.first_date is None or (date is not None and date >= self.first_date))
            and (self.last_date is None or (date is not None and date <= self.last_date))
        )


@dataclass(frozen=True)
class Page:
    """Some of a user's invoices, by id, and where the next page begins."""

    invoices: list[Invoice]
    next_page_token: str | None


def listed(user_id: str, filters: Filters, limit: int | None, page_token: str | None) -> Page:
    """A user's invoices, newest last; all of them without `limit`."""
    after = 0 if page_token is None else _id_in(page_token)
    wanted: Iterator[Invoice] = filter(filters.match, invoices.of_user(user_id, after))
    if limit is None:
        return Page(list(wanted), None)
    page = list(islice(wanted, limit + 1))
    if len(page) <= limit:
        return Page(page, None)
    page.pop()
    return Page(page, _token_after(page[-1].id))


def find(invoice_id: int) -> Invoice:
    """The invoice of that id; raises Missing for one that is unknown or still arriving."""
    invoice = invoices.find(invoice_id)
    if invoice is None or not invoice.shown:
        raise Missing("Invoice not found")
    return invoice


def extraction_of(invoice: Invoice) -> Extracted | None:
    """What was read from the invoice; None until extraction has run."""
    return results.of_invoice(invoice.id)


def file_of(invoice: Invoice) -> StoredObject:
    """The invoice's object; raises Missing `File not found on server` if it is gone."""
    found = bucket.stat(invoice.file_name)
    if found is None:
        raise Missing("File not found on server")
    return found


def send_to_be_read_again(invoice: Invoice) -> None:
    """Marks the invoice and sends it through the queue once more; the old result stays until then.

    The mark comes first: if the message can't be sent the caller hears of it and
    may ask again, and /process-invoices/ finds the mark.
    """
    waiting = Processing("queued", "waiting to be read again", 1, datetime.now(UTC))
    invoices.change(invoice.id, refetch=True, data_fetch=False, processing=waiting)
    queue.send_again(invoice.id)


def documented(invoice: Invoice) -> dict[str, object]:
    """An invoice as the documentation's examples show it, with how far its reading is."""
    details = invoice.details
    return {
        "id": invoice.id,
        "auth_id": invoice.auth_id,
        "file_name": invoice.file_name,
        "vendor_name": details.vendor_name,
        "vendor_tax_id": details.vendor_tax_id,
        "invoice_no": details.invoice_no,
        "invoice_date": details.invoice_date,
        "amt": details.amt,
        "supporting_doc_1": invoice.supporting_doc_1,
        "supporting_doc_2": invoice.supporting_doc_2,
        "remarks": details.remarks,
        "data_fetch": "Y" if invoice.data_fetch else "N",
        "processing": documented_processing(invoice.processing),
    }


def documented_processing(processing: Processing) -> dict[str, object]:
    """How far the reading of an invoice is."""
    return {
        "state": processing.state,
        "stage": processing.stage,
        "attempt": processing.attempt,
        "since": processing.since.astimezone(UTC).isoformat(),
    }


def _token_after(invoice_id: int) -> str:
    return base64.urlsafe_b64encode(f"after:{invoice_id}".encode()).decode().rstrip("=")


def _id_in(page_token: str) -> int:
    try:
        text = base64.b64decode(page_token + "=" * (-len(page_token) % 4), b"-_", validate=True).decode()
    except (ValueError, binascii.Error) as error:
        raise Rejected("page_token is not valid") from error
    word, _, number = text.partition(":")
    if word != "after" or not (number.isascii() and number.isdigit() and len(number) < 20):
        raise Rejected("page_token is not valid")
    return int(number)
