"""Reading a PDF: the extraction pipeline, with every model call of it in the usage log."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from common import logs
from common.budgets import Spending, reserved
from common.config import settings
from common.errors import ModelFailed
from common.records import usage_log
from common.records.sequences import next_id
from common.records.api_keys import ApiKey
from common.records.usage_log import Answered, Asked
from common.services import Service

if TYPE_CHECKING:
    from common.extraction.model import ModelAnswer
    from common.extraction.pipeline import Prepared

FIRST_PAUSE = 0.5
"""Seconds before a failed call is repeated; doubled each time, with jitter."""


@dataclass(frozen=True)
class Order:
    """How a PDF is to be read, and in whose name."""

    service: Service
    model: str
    file_name: str | None
    message: str
    """What a result that succeeded says of itself."""
    tries: int
    """Model calls at the most; what the queue repeats is tried once."""
    key: ApiKey | None = None
    """In whose name, and on whose budget."""
    invoice_id: int | None = None
    note_call: Callable[[int], None] = lambda log_id: None
    """Told the usage log's row before a call is made."""
    note_stage: Callable[[str], None] = lambda stage: None


@dataclass(frozen=True)
class Cost:
    """What reading took: tokens as the service counted them, prices by the price book."""

    model_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    price_usd: Decimal | None = Decimal(0)
    """None: a model that the price book doesn't know was used."""
    price_inr: Decimal | None = Decimal(0)

    def plus(self, call: Answered) -> Cost:
        """This and one more call."""
        return Cost(
            self.model_calls + 1,
            self.input_tokens + call.input_tokens,
            self.output_tokens + call.output_tokens,
            self.cached_tokens + call.cached_tokens,
            None if self.price_usd is None or call.price_usd is None else self.price_usd + call.price_usd,
            None if self.price_inr is None or call.price_inr is None else self.price_inr + call.price_inr,
        )

    def documented(self) -> dict[str, object]:
        """As it stands in a result's `usage`."""
        return {
            "model_calls": self.model_calls,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "cached_tokens": self.cached_tokens,
            "price_usd": self.price_usd,
            "price_inr": self.price_inr,
        }


@dataclass(frozen=True)
class Reading:
    """A PDF that was read."""

    data: dict[str, object]
    cost: Cost
    log_id: int | None
    """The usage log's row of the last model call; None if no model was asked."""


class ReadingFailed(ModelFailed):
    """The model gave no usable answer; what the calls cost is kept."""

    def __init__(self, failed: ModelFailed, cost: Cost, log_id: int) -> None:
        super().__init__(str(failed), failed.outcome, passing=failed.passing)
        self.cost = cost
        self.log_id = log_id


def read(pdf: bytes, order: Order) -> Reading:
    """Reads `pdf` as ordered.

    Raises Unreadable for a PDF that can never be read, ReadingFailed if the
    model gave no usable answer in all its tries.
    """
    from common.extraction import pipeline

    order.note_stage("opening the PDF")
    limits = pipeline.Limits(seconds=settings().extract_seconds)
    prepared = pipeline.prepare(pdf, limits, gst_keys=settings().gst_qr_keys)
    answer, cost, log_id = None, Cost(), None
    if prepared.question:
        order.note_stage("asking the model")
        answer, cost, log_id = _ask(pdf, prepared, order)
    order.note_stage("checking the values")
    data = pipeline.conclude(
        prepared,
        answer,
        profile=order.service.profile,
        model=order.model,
        usage=cost.documented(),
        message=order.message,
    )
    return Reading(data, cost, log_id)


def failure(failed: Exception, model: str) -> dict[str, object]:
    """What stands in `data` of an extraction that failed."""
    from common.extraction import pipeline

    cost = failed.cost if isinstance(failed, ReadingFailed) else Cost()
    return pipeline.failed(str(failed), model, usage=cost.documented())


def _ask(pdf: bytes, prepared: Prepared, order: Order) -> tuple[ModelAnswer, Cost, int]:
    """The model's answer, what all calls cost, and the row of the last one."""
    cost = Cost()
    attempt = 1
    while True:
        with _on_budget(prepared, order) as spent:
            call = _call(pdf, prepared, order)
            spent.cost = call.logged.price_inr or Decimal(0)
        cost = cost.plus(call.logged)
        if call.answer is not None:
            return call.answer, cost, call.log_id
        assert call.failed is not None
        if attempt >= order.tries or not call.failed.passing:
            raise ReadingFailed(call.failed, cost, call.log_id) from call.failed
        time.sleep(FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.7, 1.3))
        attempt += 1


def _asked(prepared: Prepared, order: Order) -> Asked:
    return Asked(
        endpoint=order.service.endpoint,
        api_key=None if order.key is None else order.key.name,
        model=order.model,
        file_name=order.file_name,
        pages=prepared.pages_total,
        invoice_id=order.invoice_id,
    )


@dataclass(frozen=True)
class _Call:
    """One model call, as it is logged: it has an answer, or else failed."""

    log_id: int
    logged: Answered
    answer: ModelAnswer | None
    failed: ModelFailed | None


def _call(pdf: bytes, prepared: Prepared, order: Order) -> _Call:
    from common.extraction import model

    log_id = next_id(usage_log.NAME)
    order.note_call(log_id)
    usage_log.start(log_id, _asked(prepared, order))
    began = time.monotonic()
    try:
        answer = model.ask(
            order.service.client,
            pdf,
            profile=order.service.profile,
            model=order.model,
            prepared=prepared,
            timeout_seconds=settings().model_seconds,
        )
    except ModelFailed as failed:
        return _Call(log_id, _finish(log_id, failed.outcome, _paid(failed), order, began), None, failed)
    outcome = "truncated" if answer.truncated else "ok"
    return _Call(log_id, _finish(log_id, outcome, answer, order, began), answer, None)


def _on_budget(prepared: Prepared, order: Order) -> AbstractContextManager[Spending]:
    """The call's place in the budget of the key in whose name it is made."""
    if order.key is None or order.key.daily_budget_inr is None:
        return nullcontext(Spending())
    from common.extraction.estimate import likely_tokens
    from common.extraction.prices import price_of

    tokens = likely_tokens(prepared, order.service.profile)
    usd = price_of(
        order.service.endpoint,
        order.model,
        datetime.now(UTC).date(),
        input_tokens=tokens.input,
        output_tokens=tokens.output,
    )
    return reserved(order.key, (usd or Decimal(0)) * settings().usd_inr)


def _paid(failed: ModelFailed) -> ModelAnswer | None:
    """The answer that was paid for although nothing of it can be used."""
    from common.extraction.model import Unusable

    return failed.answer if isinstance(failed, Unusable) else None


def _finish(log_id: int, outcome: str, answer: ModelAnswer | None, order: Order, began: float) -> Answered:
    """Completes the call's row with what it cost."""
    seconds = Decimal(str(round(time.monotonic() - began, 3)))
    answered = Answered(outcome, seconds=seconds)
    if answer is not None:
        usd = _price(answer, order)
        rate = settings().usd_inr
        answered = Answered(
            outcome,
            model=answer.model_answered,
            input_tokens=answer.input_tokens,
            output_tokens=answer.output_tokens,
            cached_tokens=answer.cached_tokens,
            thoughts_tokens=answer.thoughts_tokens,
            price_usd=usd,
            usd_inr=rate,
            price_inr=None if usd is None else usd * rate,
            seconds=seconds,
        )
    usage_log.finish(log_id, answered)
    logs.info("model call", log_id=log_id, outcome=outcome, seconds=float(seconds))
    return answered


def _price(answer: ModelAnswer, order: Order) -> Decimal | None:
    """What an answer cost in USD; None, with a warning, for a model that the price book doesn't know.

    The model that answered is priced, not the one asked for: an old name may be
    served by a newer model.
    """
    from common.extraction.prices import price_of

    usd = price_of(
        order.service.endpoint,
        answer.model_answered or order.model,
        datetime.now(UTC).date(),
        input_tokens=answer.input_tokens,
        cached_tokens=answer.cached_tokens,
        output_tokens=answer.output_tokens,
        location=settings().vertex_location,
    )
    if usd is None:
        logs.warning("no price known", model=answer.model_answered)
    return usd
