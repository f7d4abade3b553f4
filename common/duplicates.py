"""The same invoice sent twice: the same bytes, or the same vendor, number, date and total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast


def with_duplicates(data: dict[str, object], ids: Sequence[int], what: str) -> dict[str, object]:
    """`data` with the ids of other records of the same invoice, and a reason to look if there are any."""
    if not ids:
        return {**data, "duplicates": []}
    review = cast("dict[str, list[dict[str, object]]]", data["review"])
    named = ", ".join(str(number) for number in ids)
    reason = {
        "code": "duplicate",
        "field": None,
        "item": None,
        "cell": None,
        "message": f"The same invoice is there already: {what} {named}.",
    }
    return {
        **data,
        "duplicates": list(ids),
        "review": {"needed": True, "reasons": [*review["reasons"], reason]},
    }
