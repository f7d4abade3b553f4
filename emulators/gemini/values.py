"""Replacing values of an answer, for a model that is wrong in an ordered place."""

from __future__ import annotations

import copy
import re
from decimal import Decimal

_STEP = re.compile(r"[^.\[\]]+")


def replaced(values: dict[str, object], orders: dict[str, object]) -> dict[str, object]:
    """A copy of `values` with each order carried out.

    A name is a field ("total_amt") or a place inside a list ("items[0].amount",
    "taxes.1.rate"). Null for a whole row drops that row, as a model drops a line.
    Places that do not exist are left alone.
    """
    answer = copy.deepcopy(values)
    # The last rows first: a dropped row must not move the ones still to be named.
    for name in sorted(orders, key=_rank, reverse=True):
        _set(answer, _STEP.findall(name), _exact(orders[name]))
    return answer


def _rank(name: str) -> list[tuple[int, str]]:
    return [(int(step) if step.isdigit() else -1, step) for step in _STEP.findall(name)]


def _set(target: object, steps: list[str], value: object) -> None:
    *way, last = steps or [""]
    for step in way:
        target = _inside(target, step)
    if isinstance(target, dict) and last:
        target[last] = value
    elif isinstance(target, list) and last.isdigit() and int(last) < len(target):
        if value is None:
            del target[int(last)]
        else:
            target[int(last)] = value


def _inside(target: object, step: str) -> object:
    if isinstance(target, dict):
        return target.get(step)
    if isinstance(target, list) and step.isdigit() and int(step) < len(target):
        return target[int(step)]
    return None


def _exact(value: object) -> object:
    """Numbers of an order are what they look like, not their nearest binary fraction."""
    return Decimal(repr(value)) if isinstance(value, float) else value
