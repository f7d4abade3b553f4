"""Which line item that was read is which true one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from evaluation.sameness import folded, same_cell

ALIKE = 0.5
"""How alike two descriptions must be, from 0 to 1, for lines of the same amount."""

_LONGEST = 300
"""Letters of a description that are compared; what tells lines apart stands before."""


def pairs(true: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Pairs of a true line and the line read for it, by their places; none is in two pairs.

    Two lines belong together if their amounts are the same and their descriptions are
    alike: difflib's ratio over their letters and digits, or the share of the shorter
    one's words that stand in the longer one, whichever is more, is `ALIKE` or over. Where one of them lacks
    a description, the amount decides; where the truth lacks an amount, the description.
    The likest are paired first, of equals those nearest in the order of the document.
    """
    rated = []
    for left, truth in enumerate(true):
        for right, line in enumerate(read):
            rating = _likeness(truth, line)
            if rating is not None:
                rated.append((-rating, abs(left - right), left, right))
    made: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, left, right in sorted(rated):
        if left not in made and right not in taken:
            made[left] = right
            taken.add(right)
    return sorted(made.items())


def _likeness(true: Mapping[str, Any], read: Mapping[str, Any]) -> float | None:
    """How alike two lines are, from 0 to 1; None where they can't be the same."""
    amount = true.get("amount")
    if amount is not None and not same_cell("amount", amount, read.get("amount")):
        return None
    texts = [folded(str(line.get("description") or ""))[:_LONGEST] for line in (true, read)]
    if not all(texts):
        return None if amount is None else ALIKE
    alike = max(
        SequenceMatcher(None, texts[0], texts[1], autojunk=False).ratio(),
        _contained(str(true["description"]), str(read["description"])),
    )
    return alike if alike >= ALIKE else None


def _contained(one: str, other: str) -> float:
    """How much of the shorter description, by letters, are words that stand in the longer one too."""
    short, long = sorted(
        ([*map(folded, text.split())] for text in (one, other)), key=lambda w: len("".join(w))
    )
    known = set(long)
    return sum(len(word) for word in short if word in known) / len("".join(short))
