"""A PDF in, a checked result out. The caller asks the model between `prepare` and `conclude`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from common.extraction import reader
from common.extraction.answer import tidy
from common.extraction.einvoice.find import find
from common.extraction.judge import Judgement
from common.extraction.limits import Limits
from common.extraction.model import ModelAnswer
from common.extraction.paper import Paper
from common.extraction.prepared import Prepared

__all__ = ["EMBEDDED_XML", "Limits", "Prepared", "conclude", "failed", "prepare"]

EMBEDDED_XML = "embedded-xml"
"""What stands in `model` where an embedded e-invoice was whole and no model was asked."""


def prepare(pdf: bytes, limits: Limits, *, gst_keys: str = "") -> Prepared:
    """Reads a PDF in a process of its own; raises Unreadable with a short reason."""
    document = reader.read(pdf, limits)
    einvoice, _ = find(document.attachments)
    return Prepared(document, einvoice)


def conclude(
    prepared: Prepared,
    answer: ModelAnswer | None,
    *,
    profile: str,
    model: str,
    usage: Mapping[str, object],
    message: str,
    seconds_left: float | None = None,
) -> dict[str, object]:
    """The complete object that stands in `data`; `duplicates` is left empty for the caller."""
    data = tidy({**(answer.fields if answer else {}), **prepared.exact})
    pages = prepared.document.pages
    judgement = Judgement(Paper(prepared.document), data, prepared.einvoice)
    review = judgement.review
    return {
        "status": True,
        "message": message,
        "model": model if answer is not None else EMBEDDED_XML,
        "data": {**data, "confidence": judgement.confidence()},
        "evidence": judgement.evidence(),
        "checks": [check.as_json() for check in review.checks],
        "review": {"needed": bool(review.reasons), "reasons": [reason.as_json() for reason in review.reasons]},
        "pages": {
            "total": len(pages),
            "read": sum(page.readable for page in pages),
            "with_text": sum(bool(page.text) for page in pages),
            "scanned": sum(page.picture for page in pages),
            "unread": [page.number for page in pages if not page.readable],
        },
        "sources": [{"kind": "model", "name": answer.source_name, "verdict": None}] if answer else [],
        "duplicates": [],
        "usage": dict(usage),
    }


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
