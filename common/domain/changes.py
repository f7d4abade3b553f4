"""What differs between two versions of an invoice's values, and which of its lines are still the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from common.domain.fields import ITEM_CELLS, ORDER, TAX_CELLS

Values = Mapping[str, object]
Line = dict[str, object]


@dataclass(frozen=True)
class Change:
    """One value that a person changed; `item` and `cell` tell where in `items` or `taxes` it stands."""

    field: str
    item: int | None
    cell: str | None
    old: object
    new: object


def changes(standing: Values, new: Values, origins: Sequence[int | None]) -> list[Change]:
    """What differs, field by field; `origins` names the former index of each of the new items."""
    found: list[Change] = []
    for name in ORDER:
        old, now = standing.get(name), new.get(name)
        if name not in ("items", "taxes"):
            if not same(old, now):
                found.append(Change(name, None, None, old, now))
            continue
        former, lines = lines_of(old), lines_of(now)
        sources = (
            origins
            if name == "items"
            else [index if index < len(former) else None for index in range(len(lines))]
        )
        cells = ITEM_CELLS if name == "items" else TAX_CELLS
        for index, (line, origin) in enumerate(zip(lines, sources, strict=True)):
            before = {} if origin is None else former[origin]
            found.extend(
                Change(name, index, cell.name, before.get(cell.name), line.get(cell.name))
                for cell in cells
                if not same(before.get(cell.name), line.get(cell.name))
            )
        kept = [source for source in sources if source is not None]
        if kept != sorted(kept):
            found.append(Change(name, None, None, _order(sorted(kept)), _order(kept)))
        found.extend(
            Change(name, index, None, described(line), None)
            for index, line in enumerate(former)
            if index not in kept
        )
    return found


def origins_of(former: Sequence[Values], lines: Sequence[Values]) -> list[int | None]:
    """For each of `lines` the index of the former line that it was, None for a new one.

    Equal lines belong together wherever they stand now; of the rest, lines
    between the same neighbours, in their order.
    """
    waiting: dict[object, list[int]] = {}
    for index, line in enumerate(former):
        waiting.setdefault(_key(line), []).append(index)
    origins: list[int | None] = []
    for line in lines:
        equal = waiting.get(_key(line))
        origins.append(equal.pop(0) if equal else None)
    taken = {origin for origin in origins if origin is not None}
    for index, origin in enumerate(origins):
        if origin is not None:
            continue
        expected = (
            0 if index == 0 else (-1 if origins[index - 1] is None else cast("int", origins[index - 1]) + 1)
        )
        for candidate in (index, expected):
            if (
                0 <= candidate < len(former)
                and candidate not in taken
                and _alike(former[candidate], lines[index])
            ):
                origins[index] = candidate
                taken.add(candidate)
                break
    return origins


def same(old: object, new: object) -> bool:
    """Whether two values are the same to the last digit: 100 and 100.00 are, "100" and 100 are not."""
    if isinstance(old, int | Decimal) and isinstance(new, int | Decimal):
        return old == new
    return type(old) is type(new) and old == new


def lines_of(value: object) -> list[Line]:
    """The lines in a stored `items` or `taxes`; whatever is no line is left out."""
    return [line for line in value if isinstance(line, dict)] if isinstance(value, list) else []


def described(line: Values) -> str:
    """A line in a few words, for the record of one that was removed."""
    return " · ".join(str(value) for value in line.values() if value is not None)


def _order(indexes: Sequence[int]) -> str:
    return ", ".join(str(index + 1) for index in indexes)


def _key(line: Values) -> object:
    return tuple(
        str(value.normalize()) if isinstance(value, Decimal) else str(value)
        for value in (line.get(cell.name) for cell in ITEM_CELLS)
    )


def _alike(former: Values, line: Values) -> bool:
    """Whether an edited line is still the former one: a cell besides the edited ones is the same."""
    return any(
        former.get(cell.name) is not None and same(former.get(cell.name), line.get(cell.name))
        for cell in ITEM_CELLS
    )
