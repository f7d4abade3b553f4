"""A record that a person checks: a direct one (named by `id`) or an uploaded invoice (by `invoice_id`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import Literal

from common import results
from common.domain.invoice import Extracted, Processing
from common.errors import Missing
from common.files import bucket
from common.files.bucket import StoredObject
from common.records import invoices
from common.records import results as records
from common.records.results import StoredResult

Parameter = Literal["id", "invoice_id"]


@dataclass(frozen=True)
class Checked:
    """A record that can be checked, as it stands now."""

    parameter: Parameter
    number: int
    file_name: str
    owner: str | None
    """The user whose record it is; None for a direct one that was sent in open mode."""
    processing: Processing | None
    """How far the reading of an invoice is; None for a direct record, which has been read."""
    stored: StoredResult | None
    extracted: Extracted | None
    """None until an extraction has run."""
    counted: int
    """The highest version that was given so far."""


def find(parameter: Parameter, number: int) -> Checked:
    """The record; raises Missing `Record not found`."""
    if parameter == "id":
        direct = records.direct(number)
        if direct is None or direct.result is None:
            raise Missing("Record not found")
        read = results.extracted(direct.result)
        return Checked("id", number, direct.filename, direct.owner, None, direct.result, read, read.version)
    invoice = invoices.find(number)
    if invoice is None or not invoice.shown:
        raise Missing("Record not found")
    stored = records.of_invoice(number)
    return Checked(
        parameter="invoice_id",
        number=number,
        file_name=invoice.file_name,
        owner=invoice.auth_id,
        processing=invoice.processing,
        stored=stored,
        extracted=None if stored is None else results.extracted(stored),
        counted=max(invoice.version, 0 if stored is None else stored.version),
    )


def file_of(checked: Checked) -> StoredObject:
    """The record's PDF; raises Missing `File not found on server` if it is gone."""
    found = bucket.stat(checked.file_name)
    if found is None:
        raise Missing("File not found on server")
    return found


def document(checked: Checked) -> dict[str, object]:
    """The record as the check page shows it."""
    read = checked.extracted
    data = {} if read is None else read.data
    processing = checked.processing
    return {
        "record": {
            checked.parameter: checked.number,
            "file_name": checked.file_name.rpartition("/")[2],
        },
        "status": None if read is None else read.status,
        "message": data.get("message"),
        "model": data.get("model"),
        "data": data.get("data"),
        **{name: data.get(name) for name in _PROOFS},
        "processing": {
            "state": "done" if processing is None else processing.state,
            "stage": None if processing is None else processing.stage,
            "attempt": None if processing is None else processing.attempt,
            "since": None if processing is None else processing.since.astimezone(UTC).isoformat(),
        },
        "version": None if read is None else read.version,
        "manual_verified": None if read is None else "Y" if read.manual_verified else "N",
        "modified_by": None if read is None else results.written_time(read.modified),
    }


_PROOFS = ("evidence", "checks", "review", "pages", "sources", "duplicates", "usage")
