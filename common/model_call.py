"""One model call: its row in the usage log is written before it, and completed whatever becomes of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from common import logs
from common.config import settings
from common.domain.exact_json import dumps, loads
from common.errors import ModelFailed
from common.orders import Order
from common.records import usage_log
from common.records.sequences import next_id
from common.records.usage_log import Answered, Asked

if TYPE_CHECKING:
    from common.extraction.model import ModelAnswer
    from common.extraction.pipeline import Prepared

TRUNCATED = "truncated"
"""The outcome of a call whose answer was cut off at its limit."""


@dataclass(frozen=True)
class Call:
    """One model call, as it is logged: it has an answer, or else failed."""

    log_id: int
    logged: Answered
    answer: ModelAnswer | None
    failed: ModelFailed | None


def call(pdf: bytes, prepared: Prepared, order: Order, room: int | None) -> Call:
    """Asks the order's model once, with `room` output tokens at the most, or the model's own limit."""
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
            careful=order.careful,
            uri=place_of(len(pdf), order),
        )
    except ModelFailed as failed:
        return Call(log_id, _finish(log_id, failed.outcome, _paid(failed), order, began), None, failed)
    try:
        # A cut answer is asked for once more with the whole room.
        if not answer.truncated or room is not None:
            order.note_answer(_written(log_id, answer))
    finally:
        logged = _finish(log_id, _outcome(answer), answer, order, began)
    return Call(log_id, logged, answer, None)


def place_of(size: int, order: Order) -> str:
    """Where a file of `size` bytes, too large for a request, lies, if the service can fetch it there."""
    from common.extraction.model import LARGEST_INLINE_ON_VERTEX

    fetched = order.object_name and order.service.reads_bucket and size > LARGEST_INLINE_ON_VERTEX
    return f"gs://{settings().bucket}/{order.object_name}" if fetched else ""


def resumed(kept: str, order: Order) -> Call | None:
    """A call whose answer was kept by a reader that died since, its row completed.

    None for an answer as another release keeps it.
    """
    from common.extraction.model import ModelAnswer

    try:
        stored = cast("dict[str, Any]", loads(kept))
        answer = ModelAnswer(**{**stored["answer"], "seconds": Decimal(str(stored["answer"]["seconds"]))})
        log_id = int(stored["log_id"])
    except (ValueError, KeyError, TypeError):
        return None
    began = time.monotonic() - float(answer.seconds)
    logs.info("model call resumed", log_id=log_id)
    return Call(log_id, _finish(log_id, _outcome(answer), answer, order, began), answer, None)


def _written(log_id: int, answer: ModelAnswer) -> str:
    fields = {field.name: getattr(answer, field.name) for field in dataclass_fields(answer)}
    return dumps({"log_id": log_id, "answer": fields})


def _outcome(answer: ModelAnswer) -> str:
    return TRUNCATED if answer.truncated else "ok"


def _asked(prepared: Prepared, order: Order) -> Asked:
    return Asked(
        endpoint=order.service.endpoint,
        api_key=None if order.key is None else order.key.name,
        model=order.model,
        file_name=order.file_name,
        pages=prepared.pages_total,
        invoice_id=order.invoice_id,
        user_id=order.owner,
    )


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
    logs.info(
        "model call",
        log_id=log_id,
        outcome=outcome,
        model=answered.model or order.model,
        seconds=float(seconds),
        input_tokens=answered.input_tokens,
        output_tokens=answered.output_tokens,
        price_inr=None if answered.price_inr is None else float(answered.price_inr),
    )
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
        location=order.service.location,
    )
    if usd is None:
        logs.warning("no price known", model=answer.model_answered)
    return usd
