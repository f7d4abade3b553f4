"""Escalation: what one model left in doubt is asked once more, of a stronger one."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from common import logs, model_calls
from common.config import settings
from common.errors import Exhausted, ModelFailed, Unreadable
from common.model_calls import Answer, ReadingFailed
from common.orders import Cost, Order

if TYPE_CHECKING:
    from common.extraction.pipeline import Prepared


def concluded(pdf: bytes, prepared: Prepared, order: Order, first: Answer) -> tuple[dict[str, Any], Cost]:
    """What stands in `data`, and what all calls for it cost.

    Where a stronger model is set, it is asked once for the fields in doubt. What its
    answer proves better takes the place of the first one's; what it does not is said in
    the review. A call that fails, or that the key's budget has no room for, leaves
    everything as it was but the cost.
    """
    from common.extraction import second_reading

    order.note_stage("checking the values")
    conclusion = _Conclusion(prepared, order, first)
    data = conclusion.of(first.model.fields, first.cost)
    stronger = settings().extraction_escalation_model
    fields = second_reading.doubtful(data, prepared.wanted)
    if not fields or stronger in ("", first.model.model_asked):
        return data, first.cost
    order.note_stage("asking a stronger model")
    second, cost = _asked(pdf, replace(prepared, only=frozenset(fields)), replace(order, model=stronger))
    cost += first.cost
    if second is None:
        return {**data, "usage": cost.documented()}, cost
    order.note_stage("checking the values")
    try:
        return conclusion.with_second(second, fields, cost), cost
    except Unreadable:
        logs.warning("no time to check a second answer", log_id=second.log_id)
        return {**data, "usage": cost.documented()}, cost


class _Conclusion:
    """Conclusions on one document, all of them within the time that one may take."""

    def __init__(self, prepared: Prepared, order: Order, first: Answer) -> None:
        self._prepared = prepared
        self._order = order
        self._first = first

    def of(self, fields: Mapping[str, object], cost: Cost, second: Answer | None = None) -> dict[str, Any]:
        from common.extraction import pipeline

        began = time.monotonic()
        data = pipeline.conclude(
            self._prepared,
            replace(self._first.model, fields=fields),
            profile=self._order.service.profile,
            model=self._order.model,
            usage=cost.documented(),
            message=self._order.message,
            second=None if second is None else second.model,
        )
        spent = self._prepared.seconds + time.monotonic() - began
        self._prepared = replace(self._prepared, seconds=spent)
        return data

    def with_second(self, second: Answer, fields: tuple[str, ...], cost: Cost) -> dict[str, Any]:
        """The conclusion on both answers, with what became of the fields that were asked for."""
        from common.extraction import second_reading

        # Of rows that were cut off, nobody knows how many there are.
        said = {
            name: value
            for name, value in second.model.fields.items()
            if not (second.model.truncated and isinstance(value, list))
        }
        data, taken = second_reading.mended(
            self._first.model.fields, said, fields, lambda merged: self.of(merged, cost, second)
        )
        heard = fields if not second.model.truncated else tuple(name for name in fields if name in said)
        left = [name for name in heard if name not in taken]
        data = second_reading.told(data, said, left, second.model.model_asked)
        logs.info("escalated", log_id=second.log_id, asked=len(fields), taken=len(taken))
        return {
            **data,
            "escalation": {"model": second.model.model_asked, "fields": list(fields), "taken": list(taken)},
        }


def _asked(pdf: bytes, prepared: Prepared, order: Order) -> tuple[Answer | None, Cost]:
    """The stronger model's answer and what it cost; None if it gave no usable one."""
    asked = replace(
        order,
        tries=1,
        fallbacks=(),
        note_answer=order.note_second,
        kept_answer=order.kept_second,
        careful=True,
    )
    try:
        answer = model_calls.ask(pdf, prepared, asked)
    except ReadingFailed as failed:
        return None, failed.cost
    except (ModelFailed, Exhausted) as error:
        logs.warning("not escalated", reason=str(error))
        return None, Cost()
    return answer, answer.cost
