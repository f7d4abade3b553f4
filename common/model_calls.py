"""Model calls: tried again where that helps, on the budget of the key in whose name they are made."""

from __future__ import annotations

import random
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from common.budgets import Spending, reserved
from common.config import settings
from common.errors import Exhausted, ModelFailed
from common.model_call import TRUNCATED, Call, call, resumed
from common.orders import Cost, Order

if TYPE_CHECKING:
    from common.extraction.model import ModelAnswer
    from common.extraction.pipeline import Prepared

FIRST_PAUSE = 0.5
"""Seconds before a failed call is repeated; doubled each time, with jitter."""

LARGEST_OUTPUT = 65_536
"""Output tokens: the most that Gemini 2.5 and 3 give (Gemini API, "Models")."""

LESS_OUTPUT = {"gemini-2.0": 8_192, "gemini-3-pro-image": 32_768}
"""The same of models that give less, by how their names begin; a larger limit is refused."""


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
    if order.kept_answer is not None and (kept := resumed(order.kept_answer, order)) is not None:
        assert kept.answer is not None
        return Answer(kept.answer, Cost.of(kept.logged), kept.log_id)
    cost = Cost()
    for model in (order.model, *order.fallbacks):
        made, cost = _tried(pdf, prepared, replace(order, model=model), cost)
        if made.answer is not None:
            return Answer(made.answer, cost, made.log_id)
    assert made.failed is not None
    raise ReadingFailed(made.failed, cost, made.log_id) from made.failed


def largest_output(model: str) -> int:
    """The most output tokens that a model gives."""
    return next((most for name, most in LESS_OUTPUT.items() if model.startswith(name)), LARGEST_OUTPUT)


def _tried(pdf: bytes, prepared: Prepared, order: Order, cost: Cost) -> tuple[Call, Cost]:
    """The last of as many calls as help: passing faults are waited out, a cut answer is asked for longer.

    The cut answer stands where the longer one is refused, or its budget is spent.
    """
    tries, room = 1, None
    cut: Call | None = None
    while True:
        try:
            made = _paid(pdf, prepared, order, room)
        except Exhausted:
            if cut is None:
                raise
            return cut, cost
        cost += Cost.of(made.logged)
        if made.logged.outcome == TRUNCATED and room is None:
            room, cut = largest_output(order.model), made if made.answer is not None else None
            continue
        if made.failed is not None and not made.failed.passing and cut is not None:
            return cut, cost
        if made.failed is None or not made.failed.passing or tries >= order.tries:
            return made, cost
        time.sleep(FIRST_PAUSE * 2 ** (tries - 1) * random.uniform(0.7, 1.3))
        tries += 1


def _paid(pdf: bytes, prepared: Prepared, order: Order, room: int | None) -> Call:
    """One call, on its key's budget; where its price is not known, what was reserved for it is spent."""
    with _on_budget(prepared, order) as spent:
        made = call(pdf, prepared, order, room)
        if made.logged.price_inr is not None:
            spent.cost = made.logged.price_inr
    return made


def _on_budget(prepared: Prepared, order: Order) -> AbstractContextManager[Spending]:
    """The call's place in the budget of the key in whose name it is made.

    Raises ModelFailed for a model whose price is not known: no budget could hold it.
    """
    if order.key is None or order.key.daily_budget_inr is None:
        return nullcontext(Spending(Decimal(0)))
    from common.extraction.estimate import likely_tokens
    from common.extraction.prices import price_of

    tokens = likely_tokens(prepared, order.service.profile)
    usd = price_of(
        order.service.endpoint,
        order.model,
        datetime.now(UTC).date(),
        input_tokens=tokens.input,
        output_tokens=tokens.output,
        location=order.service.location,
    )
    if usd is None:
        raise ModelFailed(f"no price of {order.model} is known", "no_price", passing=False)
    return reserved(order.key, usd * settings().usd_inr)
