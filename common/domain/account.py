"""The account of a correction: who changed what, as it is kept beside the version that it made."""

from __future__ import annotations

from collections.abc import Sequence

from common.domain.changes import Change
from common.domain.exact_json import dumps

MOST_CHANGES_KEPT = 100
LONGEST_VALUE_KEPT = 120
"""Characters of an old or new value in the list of changes; the former version has it whole."""


def account(changed: Sequence[Change], mark: bool, by: str | None) -> str:
    """JSON text, bounded: the former version is kept whole beside it."""
    return dumps(
        {
            "by": by,
            "manual_verified": "Y" if mark else "N",
            "changed": len(changed),
            "changes": [
                {
                    "field": change.field,
                    "item": change.item,
                    "cell": change.cell,
                    "old": _short(change.old),
                    "new": _short(change.new),
                }
                for change in changed[:MOST_CHANGES_KEPT]
            ],
        }
    )


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > LONGEST_VALUE_KEPT:
        return value[: LONGEST_VALUE_KEPT - 1] + "…"
    return value
