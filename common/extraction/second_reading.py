"""Doubtful fields read a second time: which they are, and what a second answer mends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from common.extraction.answer import tidy
from common.extraction.texts import letters

Result: TypeAlias = dict[str, Any]
Conclude: TypeAlias = Callable[[Mapping[str, object]], Result]
"""What the pipeline makes of an answer's fields."""

MENDABLE = frozenset(
    "not_found wrong_place sum_mismatch bad_format bad_check_digit missing_line doubled_line "
    "contradicts_qr irn_mismatch".split()
)
"""Reasons that another answer may clear. What the document itself leaves open, and what stands on a
picture without text to look in, no answer can prove."""


def doubtful(result: Result, wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of the fields in `wanted` that a conclusion has a mendable reason against."""
    named = {reason["field"] for reason in result["review"]["reasons"] if reason["code"] in MENDABLE}
    return tuple(name for name in wanted if name in named)


def mended(
    first: Mapping[str, object], second: Mapping[str, object], asked: Sequence[str], conclude: Conclude
) -> tuple[Result, tuple[str, ...]]:
    """The conclusion on `first` with those values of `second` that prove themselves, and their fields.

    A value takes the place of another only where reasons against its field go by it and
    no other comes, here or against a field that was not in doubt. Nothing takes the place
    of a value by not being there.
    """
    new = tidy(second)
    before = conclude(first)
    others = [name for name in asked if new[name] not in (None, []) and not _same(name, before, new)]

    def with_second(names: Sequence[str]) -> Result:
        return conclude({**first, **{name: new[name] for name in names}})

    chosen = others
    while len(chosen) > 1:
        after = with_second(chosen)
        better = [name for name in chosen if _better(name, before, after)]
        if better == chosen:
            if _doubted(after) <= _doubted(before):
                return after, tuple(chosen)
            break
        chosen = better
    # Values that only hold together were tried together; now each has to prove itself.
    taken: tuple[str, ...] = ()
    for name in others:
        after = with_second((*taken, name))
        if _better(name, before, after) and _doubted(after) <= _doubted(before):
            before, taken = after, (*taken, name)
    return before, taken


def told(result: Result, second: Mapping[str, object], asked: Sequence[str], model: str) -> Result:
    """The conclusion with what the second answer says of each doubt that is left."""
    new = tidy(second)
    reasons, said = [], set()
    for reason in result["review"]["reasons"]:
        name = reason["field"]
        if name in asked and name not in said:
            said.add(name)
            reason = {**reason, "message": f"{reason['message']} {_opinion(name, result, new, model)}"}  # noqa: PLW2901
        reasons.append(reason)
    return {**result, "review": {**result["review"], "reasons": reasons}}


def _opinion(name: str, result: Result, new: Mapping[str, Any], model: str) -> str:
    value = new[name]
    if _same(name, result, new):
        return f"A second model ({model}) says the same."
    if value in (None, []):
        return f"A second model ({model}) finds none."
    if isinstance(value, list):
        return f"A second model ({model}) gives others."
    return f"A second model ({model}) says {value}."


def _same(name: str, result: Result, new: Mapping[str, Any]) -> bool:
    """Whether an answer has a field's value; the spelling of a text doesn't matter."""
    one, other = result["data"][name], new[name]
    if isinstance(one, str) and isinstance(other, str):
        return letters(one) == letters(other)
    return bool(one == other)


def _better(name: str, before: Result, after: Result) -> bool:
    """Whether reasons against a field go and none comes; one that is still not found proves nothing."""
    left, were = _codes(name, after), _codes(name, before)
    return left < were and (name == "items" or "not_found" not in left)


def _codes(name: str, result: Result) -> Counter[str]:
    return Counter(reason["code"] for reason in result["review"]["reasons"] if reason["field"] == name)


def _doubted(result: Result) -> set[str]:
    """The fields in doubt; doubts about the whole document by their code."""
    return {reason["field"] or reason["code"] for reason in result["review"]["reasons"]}
