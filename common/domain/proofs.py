"""What becomes of evidence, confidence and review when a person corrects or vouches for values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from common.domain.changes import Change, lines_of
from common.domain.fields import ORDER

HALF = Decimal("0.5")
DOUBTFUL = Decimal("0.3")
SURE = Decimal(1)
"""The confidence of a value that a person has typed or vouched for."""


def confidence(
    former: object,
    values: Mapping[str, object],
    origins: Sequence[int | None],
    changed: Sequence[Change],
    reviewed: Mapping[str, object],
    *,
    vouched: bool,
) -> dict[str, object]:
    """Certain where a person spoke, doubtful where a reason names the value, null where there is none."""
    known = dict(former) if isinstance(former, Mapping) else {}
    spoken = {change.field for change in changed}
    doubted = _doubted(reviewed, vouched=vouched)
    for name in ORDER:
        if name == "items" or (name not in known and name not in spoken):
            continue
        sure = SURE if vouched or name in spoken else known.get(name)
        known[name] = _settled(values.get(name), sure, (name, None) in doubted)
    stood = known.get("items")
    former_lines = stood if isinstance(stood, list) else []
    edited = {change.item for change in changed if change.field == "items" and change.cell is not None}
    known["items"] = [
        _settled(
            "a line",
            SURE
            if vouched or index in edited or origin is None or origin >= len(former_lines)
            else former_lines[origin],
            ("items", index) in doubted,
        )
        for index, origin in enumerate(origins)
    ]
    return known


def _doubted(reviewed: Mapping[str, object], *, vouched: bool) -> set[tuple[object, object]]:
    """The fields, and the lines of items, that a reason names."""
    reasons = reviewed.get("reasons")
    if vouched or not isinstance(reasons, list):
        return set()
    return {(reason.get("field"), reason.get("item")) for reason in reasons}


def _settled(value: object, sure: object, doubtful: bool) -> object:
    """A confidence under one half exactly where the value is doubtful."""
    if value is None or value == []:
        return None
    number = sure if isinstance(sure, int | Decimal) else SURE
    if doubtful:
        return min(number, DOUBTFUL)
    return max(number, HALF)


def overall(confidence: Mapping[str, object], review: Mapping[str, object]) -> Decimal | None:
    """How sure a whole result is: as its least sure value, under one half exactly where a reason stands.

    None where there is no value. That another record is of the same invoice takes no certainty.
    """
    lines = confidence.get("items")
    known = [value for name, value in confidence.items() if name != "items"]
    known += lines if isinstance(lines, list) else []
    numbers = [Decimal(value) for value in known if isinstance(value, int | Decimal)]
    if not numbers:
        return None
    reasons = review.get("reasons")
    doubted = isinstance(reasons, list) and any(reason["code"] != "duplicate" for reason in reasons)
    return min(*numbers, DOUBTFUL) if doubted else min(numbers)


def evidence(former: object, origins: Sequence[int | None], changed: Sequence[Change]) -> dict[str, object]:
    """A value that a person typed stands on no page that we know of; lines keep theirs where they go."""
    known = dict(former) if isinstance(former, Mapping) else {}
    for name in {change.field for change in changed} - {"items"}:
        if name in known:
            known[name] = None
    lines = lines_of(known.get("items"))
    moved = [dict(lines[origin]) if origin is not None and origin < len(lines) else {} for origin in origins]
    for change in changed:
        if change.field == "items" and change.cell is not None and change.item is not None:
            moved[change.item][change.cell] = None
    known["items"] = moved
    return known


def review(
    former: object, origins: Sequence[int | None], changed: Sequence[Change], *, vouched: bool
) -> dict[str, object]:
    """The reasons that still hold: a value that a person typed, and all that one vouched for, has none."""
    reasons = former.get("reasons") if isinstance(former, Mapping) else None
    if vouched or not isinstance(reasons, list):
        return {"needed": False, "reasons": []}
    spoken = {(change.field, change.item, change.cell) for change in changed}
    fields = {change.field for change in changed}
    place = {origin: index for index, origin in enumerate(origins) if origin is not None}
    kept: list[dict[str, object]] = []
    for reason in cast("list[dict[str, object]]", reasons):
        field, item, cell = reason.get("field"), reason.get("item"), reason.get("cell")
        if field != "items":
            if field not in fields:
                kept.append(reason)
            continue
        if item is None:
            if field not in fields:
                kept.append(reason)
            continue
        now = place.get(cast("int", item))
        if now is not None and (field, now, cell) not in spoken:
            kept.append({**reason, "item": now})
    return {"needed": bool(kept), "reasons": kept}
