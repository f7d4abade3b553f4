"""A PDF in, a checked result out. The caller asks the model between `prepare` and `conclude`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from common.domain.proofs import overall
from common.errors import Unreadable
from common.extraction import gst_qr, reader, whole
from common.extraction.answer import tidy
from common.extraction.confidence import confidence_of
from common.extraction.einvoice.find import find
from common.extraction.evidence import evidence_of
from common.extraction.gst_qr import GstQr
from common.extraction.judge import Judgement
from common.extraction.limits import Limits
from common.extraction.model import ModelAnswer
from common.extraction.paper import Paper
from common.extraction.prepared import Prepared
from common.extraction.review import Review
from common.extraction.tongue import language_of

__all__ = ["EMBEDDED_XML", "Limits", "Prepared", "conclude", "failed", "prepare", "shortened"]

EMBEDDED_XML = "embedded-xml"
"""What stands in `model` where an embedded e-invoice was whole and no model was asked."""


def prepare(pdf: bytes, limits: Limits, *, gst_keys: str = "") -> Prepared:
    """Reads a PDF in a process of its own and finds its exact sources.

    `gst_keys` is the folder of the GST portal's public keys (nic_<kid>.pem), empty
    for none. Raises Unreadable with a short reason, or Unavailable where no reading
    process starts.
    """
    started = time.monotonic()
    document = reader.read(pdf, limits)
    einvoice, broken = find(document.attachments)
    qr = gst_qr.find(((page.number, page.qr) for page in document.pages), gst_keys)
    return Prepared(document, einvoice, broken, qr, limits, time.monotonic() - started)


def shortened(pdf: bytes, prepared: Prepared, largest: int) -> tuple[bytes, Prepared]:
    """A copy of a PDF that is too large for a model, with as many of its first pages as `largest` bytes hold.

    Raises Unreadable where not one page fits, or copying takes more time than the limits leave.
    """
    started = time.monotonic()
    left = max(1, int(prepared.limits.seconds - prepared.seconds))
    copy, pages = reader.shortened(pdf, replace(prepared.limits, seconds=left), largest)
    if not pages:
        raise Unreadable(f"PDF’s first page alone is over {largest // 1024**2} MB, more than a model takes")
    sent = pages if pages < prepared.pages_total else None
    return copy, replace(prepared, sent=sent, seconds=prepared.seconds + time.monotonic() - started)


def conclude(
    prepared: Prepared,
    answer: ModelAnswer | None,
    *,
    profile: str,
    model: str,
    usage: Mapping[str, object],
    message: str,
    second: ModelAnswer | None = None,
) -> dict[str, object]:
    """The complete object that stands in `data`; `duplicates` is left empty for the caller.

    `second` is another model's answer, which some of the fields may come from. Raises
    Unreadable where the checks would take more time than the limits leave.
    """
    data = tidy({**(answer.fields if answer else {}), **prepared.exact})
    document = prepared.document
    paper = Paper(document, prepared.limits.seconds, prepared.seconds)
    if answer is None:
        _read_off(paper, data)
    judgement = Judgement(paper, data, prepared.einvoice, prepared.qr)
    review = judgement.review
    if prepared.unsent:
        review.doubt(
            "unread_pages",
            f"The file is too large for a model, which was given its first {prepared.sent} pages: "
            f"the other {len(prepared.unsent)} were not read.",
        )
    whole.check(document, paper, data["document_type"], review)
    if prepared.qr is not None:
        _signature(prepared.qr, review)
    if answer is not None and answer.truncated:
        review.doubt("truncated", "The model’s answer was cut off; what it would have said next is missing.")
    confidence = confidence_of(judgement)
    told = {"needed": bool(review.reasons), "reasons": [reason.as_json() for reason in review.reasons]}
    return {
        "status": True,
        "message": message,
        "model": model if answer is not None else EMBEDDED_XML,
        "data": {**data, "confidence": confidence},
        "overall_confidence": overall(confidence, told),
        "evidence": evidence_of(judgement),
        "checks": [check.as_json() for check in review.checks],
        "review": told,
        "pages": _pages(prepared),
        "sources": _sources(prepared, answer, second),
        "duplicates": [],
        "usage": dict(usage),
    }


def _read_off(paper: Paper, data: dict[str, Any]) -> None:
    """What no e-invoice says and every document shows: its language and how it is written."""
    if data["language"] is None:
        data["language"] = language_of("\n".join(index.text for index in paper.indexes[:5]))
    if data["type"] is None and any(page.text and not page.picture for page in paper.pages):
        data["type"] = "computerized"


def _signature(qr: GstQr, review: Review) -> None:
    """What the signature of a GST code proves."""
    fields = tuple(qr.fields)
    if qr.verdict == "verified":
        review.check("qr_signature", "passed", fields, "The signature of the invoice’s QR code holds.")
    elif qr.verdict == "refused":
        review.check(
            "qr_signature",
            "failed",
            fields,
            f"The signature of the invoice’s QR code does not fit key {qr.kid}.",
        )
        review.doubt(
            "qr_refused",
            "The invoice’s QR code has a false signature: it was changed, or forged. It was not used.",
        )
    else:
        review.check(
            "qr_signature",
            "not_applicable",
            fields,
            f"No key {qr.kid} is known to check the QR code’s signature.",
        )


def _pages(prepared: Prepared) -> dict[str, object]:
    """`pages`; a whole e-invoice says what all of them do."""
    pages = prepared.document.pages
    lost = {page.number for page in pages if not page.readable} | {*prepared.unsent}
    unread = [] if prepared.whole else sorted(lost)
    return {
        "total": len(pages),
        "read": len(pages) - len(unread),
        "with_text": sum(bool(page.text) and page.source == "text" for page in pages),
        "scanned": sum(page.picture for page in pages),
        "unread": unread,
    }


def _sources(prepared: Prepared, *answers: ModelAnswer | None) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    if prepared.einvoice is not None:
        made.append({"kind": "xml", "name": prepared.einvoice.name, "verdict": None})
    made += [{"kind": "xml", "name": name, "verdict": "refused"} for name in prepared.broken_xml]
    if prepared.qr is not None:
        made.append(
            {"kind": "qr", "name": f"GST QR code, page {prepared.qr.page}", "verdict": prepared.qr.verdict}
        )
    made += [{"kind": "model", "name": each.source_name, "verdict": None} for each in answers if each]
    pages = prepared.document.pages
    if any(page.text and page.source == "text" for page in pages):
        made.append({"kind": "text", "name": "text layer", "verdict": None})
    if any(page.source == "ocr" for page in pages):
        made.append({"kind": "ocr", "name": "rapidocr", "verdict": None})
    return made


def failed(message: str, model: str, *, usage: Mapping[str, object] | None = None) -> dict[str, object]:
    """What stands in `data` of an extraction that failed; `message` is for the user."""
    return {
        "status": False,
        "message": message,
        "model": model,
        "usage": dict(usage)
        if usage is not None
        else {
            "model_calls": 0,
            "input_tokens": 0,
            "output_tokens": 0,
            "price_usd": Decimal(0),
            "price_inr": Decimal(0),
        },
    }
