"""Rules of Indian GST invoices that need nothing but the values themselves."""

from __future__ import annotations

import hashlib
import re
from datetime import date

IRN = re.compile(r"[0-9a-f]{64}")
_FIRST_MONTH = 4
_DOC_TYPES = {"invoice": "INV", "credit_note": "CRN", "debit_note": "DBN"}
UPPER_CASE_FROM = date(2025, 6, 1)
"""Since this day document numbers are upper-cased before hashing (GSTN advisory, 4 April 2025)."""


def financial_year(day: date) -> str:
    """The Indian financial year of a day, April to March: 2022-04-01 is in "2022-23"."""
    start = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def irn(gstin: str, day: date, document_type: str, number: str) -> str:
    """The IRN as the portal computes it: SHA-256 of GSTIN, financial year, type and number.

    `document_type` is ours (invoice, credit_note, debit_note) or the portal's (INV, CRN, DBN).
    """
    kind = _DOC_TYPES.get(document_type, document_type.upper())
    return hashlib.sha256(f"{gstin}{financial_year(day)}{kind}{number}".encode()).hexdigest()


def irn_matches(printed: str, gstin: str, day: date, document_type: str, number: str) -> bool:
    """Whether an IRN recomputes from what it is made of, the number's case as either rule has it."""
    kinds = {document_type} if document_type in _DOC_TYPES else set(_DOC_TYPES)
    numbers = {number, number.upper()}
    wanted = re.sub(r"\s+", "", printed).lower()
    return any(irn(gstin, day, kind, each) == wanted for kind in kinds for each in numbers)
