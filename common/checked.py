"""A record that a person checks: a direct one (named by `id`) or an uploaded invoice (by `invoice_id`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from typing import Literal, cast

from common import results
from common.domain.exact_json import loads
from common.domain.invoice import Extracted, Processing
from common.domain.recognised import written
from common.errors import Missing
from common.files import bucket
from common.files.bucket import StoredObject
from common.records import direct_records, invoices
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
        direct = direct_records.find(number)
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


def words_name(checked: Checked) -> str | None:
    """What tells the words recognised on the record's pages from those of another reading; None for none."""
    name = None if checked.stored is None else checked.stored.words_object
    return None if name is None else name.rpartition("/")[2].removesuffix("-words.json")


def words_of(checked: Checked) -> bytes:
    """These words as JSON; raises Missing `Recognised words not found on server` if they are gone."""
    name = None if checked.stored is None else checked.stored.words_object
    try:
        return written(()) if name is None else bucket.read(name)
    except Missing as error:
        raise Missing("Recognised words not found on server") from error


def at_version(checked: Checked, version: int) -> Checked:
    """The record as it was at a former version; raises Missing for one that never was."""
    if checked.extracted is not None and checked.extracted.version == version:
        return checked
    stored = records.former(_collection(checked), checked.number, version) if version > 0 else None
    if stored is None:
        raise Missing("Version not found")
    return replace(checked, stored=stored, extracted=results.extracted(stored))


def last_unverified(checked: Checked) -> Extracted | None:
    """The newest former version for which nobody vouched; None where there is none."""
    open_ones = [
        account.version
        for account in records.accounts(_collection(checked), checked.number)
        if not account.manual_verified
    ]
    if not open_ones:
        return None
    stored = records.former(_collection(checked), checked.number, open_ones[-1])
    return None if stored is None else results.extracted(stored)


def history(checked: Checked) -> list[dict[str, object]]:
    """Every version of the record, newest first: when it was made, by whom, and what a person changed."""
    found = [_told(stored) for stored in records.accounts(_collection(checked), checked.number)]
    if checked.stored is not None:
        found.append(_told(checked.stored))
    return found[::-1]


def _told(stored: StoredResult) -> dict[str, object]:
    account = {} if stored.correction is None else cast("dict[str, object]", loads(stored.correction))
    return {
        "version": stored.version,
        "modified_by": results.written_time(stored.modified),
        "manual_verified": "Y" if stored.manual_verified else "N",
        "status": stored.status,
        "corrected": stored.correction is not None,
        "by": account.get("by"),
        "changed": account.get("changed", 0),
        "changes": account.get("changes", []),
    }


def _collection(checked: Checked) -> str:
    return direct_records.NAME if checked.parameter == "id" else records.INVOICE_DATA


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
        "words": words_name(checked),
    }


_PROOFS = ("evidence", "checks", "review", "pages", "sources", "duplicates", "usage")
