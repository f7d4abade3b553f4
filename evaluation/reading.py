"""Reading one document as the system does, and scoring what came of it."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from common.config import settings
from common.errors import InvoiceSystemError, ModelFailed
from common.extraction import model as models
from common.extraction import pipeline
from common.extraction.model import ModelAnswer, Unusable
from common.extraction.prepared import Prepared
from common.extraction.prices import price_of
from common.model_call import TRUNCATED
from common.model_calls import FIRST_PAUSE, largest_output
from common.services import Service
from evaluation import marks
from evaluation.marks import LineCount, Mark
from evaluation.sample import Sample

TRIES = 3
"""Calls of the model at the most, where it fails for a passing reason."""


@dataclass
class Cost:
    """What reading took; `usd` is None once a model without a known price was used."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    usd: Decimal | None = Decimal(0)
    local_ms: float = 0.0
    """Time in this system's own code."""
    model_ms: float = 0.0
    """Time spent waiting for the model."""


@dataclass
class Scored:
    """A document that was read and what became of its values; `failure` says why where it was not."""

    sample: Sample
    cost: Cost = field(default_factory=Cost)
    pages: int = 0
    source: str = ""
    """What gave the data: the model that answered, or the e-invoice inside."""
    failure: str = ""
    review: bool = False
    """Whether the answer asks for a person."""
    marks: list[Mark] = field(default_factory=list)
    lines: LineCount = field(default_factory=LineCount)


def read(sample: Sample, service: Service, model: str, limits: pipeline.Limits) -> Scored:
    """Reads a document and scores it; one that can't be read has all its values missing."""
    made = Scored(sample)
    data: dict[str, Any] = {}
    reasons: list[dict[str, Any]] = []
    try:
        result = _result(sample.pdf(), service, model, limits, made)
        data, reasons = result["data"], result["review"]["reasons"]
        made.review = result["review"]["needed"]
    except (InvoiceSystemError, ValueError) as failed:
        made.failure = str(failed)
    except Exception as fault:  # a fault of our own in one document must not lose what the others cost
        made.failure = f"internal fault: {type(fault).__name__}: {fault}"
    made.marks = marks.header(sample.truth, data, reasons)
    made.lines, cells = marks.lines(sample.truth, data, reasons, sample.cells)
    made.marks += cells
    return made


def _result(
    pdf: bytes, service: Service, model: str, limits: pipeline.Limits, made: Scored
) -> dict[str, Any]:
    began = time.perf_counter()
    prepared = pipeline.prepare(pdf, limits, gst_keys=settings().gst_qr_keys)
    made.pages = prepared.pages_total
    made.cost.local_ms += _since(began)
    answer = _ask(pdf, prepared, service, model, made.cost) if prepared.question else None
    began = time.perf_counter()
    result: dict[str, Any] = pipeline.conclude(
        prepared, answer, profile=service.profile, model=model, usage={}, message=""
    )
    made.cost.local_ms += _since(began)
    made.source = pipeline.EMBEDDED_XML if answer is None else answer.source_name
    return result


def _ask(pdf: bytes, prepared: Prepared, service: Service, model: str, cost: Cost) -> ModelAnswer:
    """The model's answer: passing faults are waited out, and a cut answer is asked for once more, longer."""
    tries, room = 1, None
    while True:
        began = time.perf_counter()
        cost.calls += 1
        try:
            answer = models.ask(
                service.client,
                pdf,
                profile=service.profile,
                model=model,
                prepared=prepared,
                timeout_seconds=settings().model_seconds,
                max_output_tokens=room,
            )
        except ModelFailed as failed:
            cost.model_ms += _since(began)
            if isinstance(failed, Unusable):
                _charge(cost, failed.answer, service)
            if failed.outcome == TRUNCATED and room is None:
                room = largest_output(model)
                continue
            if not failed.passing or tries >= TRIES:
                raise
            time.sleep(FIRST_PAUSE * 2 ** (tries - 1) * random.uniform(0.7, 1.3))
            tries += 1
            continue
        cost.model_ms += _since(began)
        _charge(cost, answer, service)
        if not answer.truncated or room is not None:
            return answer
        room = largest_output(model)


def _charge(cost: Cost, answer: ModelAnswer, service: Service) -> None:
    cost.input_tokens += answer.input_tokens
    cost.output_tokens += answer.output_tokens
    cost.cached_tokens += answer.cached_tokens
    usd = price_of(
        service.endpoint,
        answer.model_answered,
        datetime.now(UTC).date(),
        input_tokens=answer.input_tokens,
        cached_tokens=answer.cached_tokens,
        output_tokens=answer.output_tokens,
        location=settings().vertex_location,
    )
    cost.usd = None if cost.usd is None or usd is None else cost.usd + usd


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
