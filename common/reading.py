"""Reading a PDF: opened and searched for exact sources, asked about, and checked."""

from __future__ import annotations

from dataclasses import dataclass

from common import model_calls
from common.config import settings
from common.model_calls import ReadingFailed
from common.orders import Cost, Order


@dataclass(frozen=True)
class Reading:
    """A PDF that was read."""

    data: dict[str, object]
    cost: Cost
    log_id: int | None
    """The usage log's row of the last model call; None if no model was asked."""


def read(pdf: bytes, order: Order) -> Reading:
    """Reads `pdf` as ordered.

    Raises Unreadable for a PDF that can never be read, ReadingFailed if the
    model gave no usable answer in all its tries.
    """
    from common.extraction import pipeline

    order.note_stage("opening the PDF")
    limits = pipeline.Limits(seconds=settings().extract_seconds)
    prepared = pipeline.prepare(pdf, limits, gst_keys=settings().gst_qr_keys)
    answer = None
    if prepared.question:
        order.note_stage("asking the model")
        answer = model_calls.ask(pdf, prepared, order)
    cost = Cost() if answer is None else answer.cost
    order.note_stage("checking the values")
    data = pipeline.conclude(
        prepared,
        None if answer is None else answer.model,
        profile=order.service.profile,
        model=order.model,
        usage=cost.documented(),
        message=order.message,
    )
    return Reading(data, cost, None if answer is None else answer.log_id)


def failure(failed: Exception, model: str) -> dict[str, object]:
    """What stands in `data` of an extraction that failed."""
    from common.extraction import pipeline

    cost = failed.cost if isinstance(failed, ReadingFailed) else Cost()
    return pipeline.failed(str(failed), model, usage=cost.documented())
