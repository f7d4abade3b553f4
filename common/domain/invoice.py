"""What an invoice's records hold, as plain types."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

State = Literal["queued", "reading", "done", "failed"]

ARRIVED = "waiting to be read"
REPLACED = "file replaced, waiting to be read again"
"""Stages of an invoice whose file has come, and of one whose file was written over."""


@dataclass(frozen=True)
class Processing:
    """How far the reading of an invoice is; `attempt` counts from 1."""

    state: State
    stage: str
    attempt: int
    since: datetime


@dataclass(frozen=True)
class Details:
    """What the uploader says of an invoice; nothing of it is read from the document."""

    vendor_name: str | None = None
    vendor_tax_id: str | None = None
    invoice_no: str | None = None
    invoice_date: str | None = None
    """YYYY-MM-DD."""
    amt: Decimal | None = None
    remarks: str | None = None


@dataclass(frozen=True)
class StoredFile:
    """An object in the bucket as it was when it was stored."""

    name: str
    size: int
    sha256: str
    generation: int


@dataclass(frozen=True)
class Invoice:
    """An uploaded invoice."""

    id: int
    auth_id: str
    file_name: str
    details: Details
    supporting_doc_1: str | None
    supporting_doc_2: str | None
    data_fetch: bool
    """Whether the last extraction that was asked for has succeeded."""
    refetch: bool
    """Whether a further extraction has been asked for and has not ended."""
    processing: Processing
    shown: bool
    """False while its upload is under way."""
    sha256: str
    generation: int
    """The generation of the object that was read or will be."""
    created: datetime
    version: int
    """Counts the results that were stored for it, and each correction of one."""
    seen: datetime | None = field(default=None, compare=False)
    """The record's update time when this was read: the condition under which it may be changed."""

    @property
    def awaits_reading(self) -> bool:
        """Whether an extraction is due: none has succeeded yet, or a new one was asked for."""
        return self.refetch or not self.data_fetch


@dataclass(frozen=True)
class Extracted:
    """The stored result of an extraction, of an invoice or of a direct record."""

    id: int
    status: Literal["OK", "ERROR"]
    data: dict[str, object]
    manual_verified: bool
    modified: datetime
    remarks: str | None
    version: int


@dataclass(frozen=True)
class DirectRecord:
    """A PDF that was sent to be read at once, outside any user's invoices."""

    id: int
    filename: str
    owner: str | None
    """The user whose token sent it; None in open mode."""
    client_ip: str
    sha256: str
    size: int
    extracted: Extracted
