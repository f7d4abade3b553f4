"""Checks and reasons after a correction: what the rules say of the new values, and what the page said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from common.domain.changes import Values
from common.extraction.recheck import recheck

Entry = dict[str, object]
Reasons = Mapping[str, object]


def rechecked(
    standing: Values, new: Values, origins: Sequence[int | None], checks: object, review: Reasons
) -> tuple[list[Entry], dict[str, object]]:
    """`checks` and `review` with what changes in them between the standing values and the new ones.

    `review` is already about the new lines. What a rule says of both alike stays
    as extraction gave it, for extraction has seen the page; a check or a reason
    that the new values bring comes in, one that they mend goes.
    """
    before, after = recheck(standing), recheck(new)
    former = {check.name: check.as_json() for check in before.checks}
    now = {check.name: check.as_json() for check in after.checks}
    kept = [check for check in _entries(checks) if _stays(check, former, now)]
    kept += [check for name, check in now.items() if not any(each["name"] == name for each in kept)]
    place = {origin: index for index, origin in enumerate(origins) if origin is not None}
    gone = {
        (reason.code, reason.field, place.get(reason.item) if reason.item is not None else None, reason.cell)
        for reason in before.reasons
    } - {_key(reason.as_json()) for reason in after.reasons}
    reasons = [reason for reason in _entries(review.get("reasons")) if _key(reason) not in gone]
    stood = {_key(reason) for reason in reasons} | {
        (reason.code, reason.field, place.get(reason.item) if reason.item is not None else None, reason.cell)
        for reason in before.reasons
    }
    reasons += [reason.as_json() for reason in after.reasons if _key(reason.as_json()) not in stood]
    return kept, {"needed": bool(reasons), "reasons": reasons}


def _stays(check: Entry, former: Mapping[str, Entry], now: Mapping[str, Entry]) -> bool:
    """Whether extraction's own check still says what is to be said: no rule of ours changed its mind."""
    name = cast("str", check.get("name"))
    return (name not in now and name not in former) or former.get(name) == now.get(name)


def _entries(value: object) -> list[Entry]:
    return [dict(entry) for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _key(reason: Mapping[str, object]) -> tuple[object, object, object, object]:
    return reason.get("code"), reason.get("field"), reason.get("item"), reason.get("cell")
