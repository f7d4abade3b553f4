"""Reading a PDF: opened and searched for exact sources, asked about, and checked."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from common import escalation, interrupted, model_calls
from common.config import BadSetting, settings
from common.model_calls import ReadingFailed
from common.orders import Cost, Order

if TYPE_CHECKING:
    from common.extraction.pipeline import Limits


OCR_MEMORY_MB = 4096
"""Address space of a reading process that recognises text; it was seen to take 1,890, and 860 of memory."""


@dataclass(frozen=True)
class Reading:
    """A PDF that was read."""

    data: dict[str, object]
    cost: Cost
    log_id: int | None
    """The usage log's row of the call whose answer was taken; None if no model was asked."""


def read(pdf: bytes, order: Order) -> Reading:
    """Reads `pdf` as ordered.

    Raises Unreadable for a PDF that can never be read or that no model takes, ReadingFailed if the
    model gave no usable answer in all its tries.
    """
    from common.extraction import pipeline
    from common.extraction.model import LARGEST_PDF
    from common.extraction.recognised import recognised

    interrupted.mark_now_and_then()
    order.note_stage("opening the PDF")
    prepared = pipeline.prepare(pdf, limits(), gst_keys=settings().gst_qr_keys)
    order.note_words(recognised(prepared.document))
    if prepared.question:
        if len(pdf) > LARGEST_PDF:
            pdf, prepared = pipeline.shortened(pdf, prepared, LARGEST_PDF)
            order = replace(order, object_name=None)  # that holds the whole of it
        order.note_stage("asking the model")
        answer = model_calls.ask(pdf, prepared, order)
        data, cost = escalation.concluded(pdf, prepared, order, answer)
        return Reading(data, cost, answer.log_id)
    order.note_stage("checking the values")
    data = pipeline.conclude(
        prepared,
        None,
        profile=order.service.profile,
        model=order.model,
        usage=Cost().documented(),
        message=order.message,
    )
    return Reading(data, Cost(), None)


def check_ocr() -> None:
    """Raises BadSetting where text is to be recognised and nothing is installed that can."""
    if settings().extract_ocr and importlib.util.find_spec("rapidocr") is None:
        raise BadSetting(
            "EXTRACT_OCR is on, and rapidocr is not installed here: deploy the bundle extract_ocr"
        )


def failure(failed: Exception, model: str) -> dict[str, object]:
    """What stands in `data` of an extraction that failed."""
    from common.extraction import pipeline

    cost = failed.cost if isinstance(failed, ReadingFailed) else Cost()
    return pipeline.failed(str(failed), model, usage=cost.documented())


def limits() -> Limits:
    """How much work one PDF may cost here."""
    from common.extraction import pipeline

    chosen = settings()
    plain = pipeline.Limits(seconds=chosen.extract_seconds)
    return replace(plain, ocr=True, memory_mb=OCR_MEMORY_MB) if chosen.extract_ocr else plain
