"""Rules about numbers that name things: check digits, GST's formats, and the IRN that proves three fields."""

from __future__ import annotations

import re
from typing import Any

from common.domain import gst
from common.domain.dates import iso
from common.domain.tax_ids import examine
from common.extraction.codes import named
from common.extraction.gst_qr import GstQr
from common.extraction.paper import Paper
from common.extraction.review import Review, Side, Status

_HSN_LENGTHS = (4, 6, 8)
_LONGEST_NUMBER = 16
_IRN_FIELDS = ("irn", "vendor_tax_id", "invoice_number", "invoice_date")


def check(paper: Paper, data: dict[str, Any], qr: GstQr | None, review: Review) -> set[str]:
    """Tries the rules on `data`; returns the fields that a recomputed IRN proves."""
    for role in ("vendor", "buyer"):
        _tax_id(data, role, review)
    if _is_indian(data):
        _hsn(data, review)
        _halves(data, review)
        _number(data, review)
    return _irn(paper, data, qr, review)


def _is_indian(data: dict[str, Any]) -> bool:
    return data["currency"] == "INR" or any(
        data[name] and examine(data[name]).kind == "gstin" for name in ("vendor_tax_id", "buyer_tax_id")
    )


def _tax_id(data: dict[str, Any], role: str, review: Review) -> None:
    field = f"{role}_tax_id"
    number = data[field]
    if number is None:
        return
    found = examine(number)
    if found.kind == "other" or found.valid is None:
        return
    name = f"gstin_{role}" if found.kind == "gstin" else f"vat_id_{role}"
    if found.valid:
        review.check(name, "passed", (field,), f"The check digits of {number} are right.")
        return
    review.check(name, "failed", (field,), f"The check digits of {number} are wrong.")
    review.doubt(
        "bad_check_digit",
        f"The check digits of {number} are wrong: it may be misread, or no real number.",
        field,
    )


def _hsn(data: dict[str, Any], review: Review) -> None:
    """HSN codes have 4, 6 or 8 digits (services: SAC, 6)."""
    codes = [(number, item["hsn_code"]) for number, item in enumerate(data["items"]) if item.get("hsn_code")]
    if not codes:
        review.check("hsn_length", "not_applicable", ("items",), "No line has an HSN code.")
        return
    wrong = [
        (number, code) for number, code in codes if len(_digits(code)) not in _HSN_LENGTHS or not _plain(code)
    ]
    for number, code in wrong:
        review.doubt(
            "bad_format",
            f"Line {number + 1}: an HSN code has 4, 6 or 8 digits, {code} has {len(_digits(code))}.",
            "items",
            number,
            "hsn_code",
        )
    status: Status = "failed" if wrong else "passed"
    shown = ", ".join(code for _, code in wrong[:10])
    review.check(
        "hsn_length",
        status,
        ("items",),
        f"HSN codes of a wrong length: {shown}." if wrong else "HSN codes have 4, 6 or 8 digits.",
    )


def _digits(code: str) -> str:
    return "".join(filter(str.isdigit, code))


def _plain(code: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.]+", code))


def _halves(data: dict[str, Any], review: Review) -> None:
    """CGST and SGST are equal halves of one tax."""
    sums: dict[str, Any] = {}
    for row in data["taxes"]:
        kind = re.sub(r"[^A-Z]", "", str(row.get("type") or "").upper())
        for name in ("CGST", "SGST", "UTGST"):
            if kind.startswith(name) and row.get("amount") is not None:
                sums[name] = sums.get(name, 0) + row["amount"]
    central, state = sums.get("CGST"), sums.get("SGST", sums.get("UTGST"))
    if central is None or state is None:
        review.check("cgst_sgst_equal", "not_applicable", ("taxes",), "No CGST and SGST side by side.")
    elif central == state:
        review.check("cgst_sgst_equal", "passed", ("taxes",), f"CGST and SGST are both {central}.")
    else:
        review.check("cgst_sgst_equal", "failed", ("taxes",), f"CGST is {central}, SGST is {state}.")
        review.doubt(
            "sum_mismatch",
            f"CGST is {central} and SGST is {state}; they are halves of one tax and must be equal.",
            "taxes",
        )


def _number(data: dict[str, Any], review: Review) -> None:
    """CGST Rule 46: a serial number of at most 16 characters."""
    number = data["invoice_number"]
    if number is None:
        return
    if len(number) <= _LONGEST_NUMBER:
        review.check("rule_46_number", "passed", ("invoice_number",), f"{number} has at most 16 characters.")
        return
    review.check("rule_46_number", "failed", ("invoice_number",), f"{number} has {len(number)} characters.")
    review.doubt(
        "bad_format",
        f"A GST invoice’s number has at most 16 characters, {number} has {len(number)}.",
        "invoice_number",
    )


def _irn(paper: Paper, data: dict[str, Any], qr: GstQr | None, review: Review) -> set[str]:
    """Recomputes the IRN from what it is made of: what it fits is proved, what it doesn't is named."""
    irn = data["irn"] or (qr.fields["irn"] if qr and qr.verdict != "refused" else None)
    if irn is None:
        return set()
    if not gst.IRN.fullmatch(irn.lower()):
        review.check("irn", "failed", ("irn",), "An IRN is 64 hexadecimal digits.")
        review.doubt(
            "bad_format", f"An IRN is 64 hexadecimal digits, this one is {len(irn)} characters.", "irn"
        )
        return set()
    gstin, number, day = data["vendor_tax_id"], data["invoice_number"], iso(data["invoice_date"])
    kind = data["document_type"] or "invoice"
    if gstin and number and day and gst.irn_matches(irn, gstin, day, kind, number):
        fields = ("irn", "vendor_tax_id", "invoice_number", "invoice_date")
        review.check(
            "irn", "passed", fields, "The IRN recomputes from GSTIN, financial year, type and number."
        )
        return {"irn", "vendor_tax_id", "invoice_number"}
    suspects = _suspects(paper, data, qr, irn)
    if suspects is None and not (gstin and number and day):
        review.check(
            "irn", "not_applicable", _IRN_FIELDS, "GSTIN, number or date lack for recomputing the IRN."
        )
        return set()
    doubtful = suspects or [name for name in _IRN_FIELDS if data[name] is not None]
    review.check(
        "irn", "failed", _IRN_FIELDS, f"The IRN does not recompute from {gstin}, {number}, {day} and {kind}."
    )
    for name in doubtful:
        review.doubt(
            "irn_mismatch",
            f"The IRN on the document does not fit GSTIN {gstin}, number {number} and date {day}.",
            name,
        )
    return set()


def _suspects(paper: Paper, data: dict[str, Any], qr: GstQr | None, irn: str) -> list[str] | None:
    """The fields that keep the IRN from fitting, where another value of the document makes it fit."""
    options: dict[str, list[Any]] = {
        "vendor_tax_id": [data["vendor_tax_id"]],
        "invoice_number": [data["invoice_number"]],
        "invoice_date": [data["invoice_date"]],
        "document_type": [data["document_type"] or "invoice"],
    }
    text = "\n".join(index.text for index in paper.indexes[:10])
    options["vendor_tax_id"] += sorted(set(re.findall(r"\b\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]{3}\b", text)))[:6]
    options["invoice_number"] += named(paper, frozenset({"invoice_number"}))[:6]
    options["invoice_date"] += [f"{item.readings[0]}" for _, item in paper.dates[:8]]
    options["document_type"] += ["invoice", "credit_note", "debit_note"]
    if qr is not None and qr.verdict != "refused":
        for name, values in options.items():
            values.insert(1, qr.fields.get(name))
    for gstin in filter(None, options["vendor_tax_id"]):
        for number in filter(None, options["invoice_number"]):
            for day in filter(None, map(iso, options["invoice_date"])):
                for kind in filter(None, options["document_type"]):
                    if gst.irn_matches(irn, gstin, day, kind, number):
                        return _differing(data, gstin, number, gst.financial_year(day), kind)
    return None


def _differing(data: dict[str, Any], gstin: str, number: str, year: str, kind: str) -> list[str]:
    day = iso(data["invoice_date"])
    found = []
    if data["vendor_tax_id"] is not None and data["vendor_tax_id"] != gstin:
        found.append("vendor_tax_id")
    if data["invoice_number"] is not None and data["invoice_number"].upper() != number.upper():
        found.append("invoice_number")
    if day is not None and gst.financial_year(day) != year:
        found.append("invoice_date")
    if data["document_type"] is not None and data["document_type"] != kind:
        found.append("document_type")
    return found


def against_qr(data: dict[str, Any], qr: GstQr, review: Review) -> None:
    """Notes where the signed code and the data differ; nothing is overwritten."""
    for name, theirs in qr.fields.items():
        mine = data[name]
        if theirs is None or mine is None or _equal(mine, theirs):
            continue
        review.doubt(
            "contradicts_qr",
            f"The invoice’s signed QR code says {theirs}, the document was read as {mine}.",
            name,
            sides=(Side("qr", theirs), Side("read", mine)),
        )
    if qr.item_count is not None and data["items"] and len(data["items"]) != qr.item_count:
        review.doubt(
            "contradicts_qr",
            f"The invoice’s signed QR code counts {qr.item_count} lines, {len(data['items'])} were read.",
            "items",
        )


def _equal(mine: object, theirs: object) -> bool:
    if isinstance(mine, str) and isinstance(theirs, str):
        return mine.strip().upper() == theirs.strip().upper()
    return mine == theirs
