"""Model calls: tried again where that helps, each in the usage log and on its key's budget."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from common import logs
from common.budgets import Spending, reserved
from common.config import settings
from common.errors import ModelFailed
from common.records import usage_log
from common.records.api_keys import ApiKey
from common.records.sequences import next_id
from common.records.usage_log import Answered, Asked
from common.services import Service

if TYPE_CHECKING:
    from common.extraction.model import ModelAnswer
    from common.extraction.pipeline import Prepared

FIRST_PAUSE = 0.5
"""Seconds before a failed call is repeated; doubled each time, with jitter."""

TRUNCATED = "truncated"
"""The outcome of a call whose answer was cut off at its limit."""

LARGEST_OUTPUT = 65_536
"""Output tokens: the most that Gemini 2.5 and 3 give (Gemini API, "Models")."""


@dataclass(frozen=True)
class Order:
    """How a PDF is to be read, and in whose name."""

    service: Service
    model: str
    file_name: str | None
    message: str
    """What a result that succeeded says of itself."""
    tries: int
    """Calls of one model at the most; what the queue repeats is tried once."""
    fallbacks: tuple[str, ...] = ()
    """Models to ask, in this order, where the one before has failed."""
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


class ReadingFailed(ModelFailed):
    """The model gave no usable answer; what the calls cost is kept."""

    def __init__(self, failed: ModelFailed, cost: Cost, log_id: int) -> None:
        super().__init__(str(failed), failed.outcome, passing=failed.passing)
        self.cost = cost
        self.log_id = log_id


@dataclass(frozen=True)
class Answer:
    """A model's answer, what all calls for it cost, and the usage log's row of the last one."""

    model: ModelAnswer
    cost: Cost
    log_id: int


def ask(pdf: bytes, prepared: Prepared, order: Order) -> Answer:
    """An answer of the model, or of the first fallback that gives one; raises ReadingFailed if none does."""
    cost = Cost()
    for model in (order.model, *order.fallbacks):
        call, cost = _tried(pdf, prepared, replace(order, model=model), cost)
        if call.answer is not None:
            return Answer(call.answer, cost, call.log_id)
    assert call.failed is not None
    raise ReadingFailed(call.failed, cost, call.log_id) from call.failed


def _tried(pdf: bytes, prepared: Prepared, order: Order, cost: Cost) -> tuple[_Call, Cost]:
    """The last of as many calls as help: passing faults are waited out, a cut answer is asked for longer."""
    tries, room = 1, None
    while True:
        with _on_budget(prepared, order) as spent:
            call = _call(pdf, prepared, order, room)
            spent.cost = call.logged.price_inr or Decimal(0)
        cost = cost.plus(call.logged)
        if call.logged.outcome == TRUNCATED and room is None:
            room = LARGEST_OUTPUT
            continue
        if call.failed is None or not call.failed.passing or tries >= order.tries:
            return call, cost
        time.sleep(FIRST_PAUSE * 2 ** (tries - 1) * random.uniform(0.7, 1.3))
        tries += 1


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


def _call(pdf: bytes, prepared: Prepared, order: Order, room: int | None) -> _Call:
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
            max_output_tokens=room,
        )
    except ModelFailed as failed:
        return _Call(log_id, _finish(log_id, failed.outcome, _paid(failed), order, began), None, failed)
    outcome = TRUNCATED if answer.truncated else "ok"
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
    zero = Decimal(0)
    answered = Answered(outcome, seconds=seconds, price_usd=zero, price_inr=zero, usd_inr=settings().usd_inr)
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
