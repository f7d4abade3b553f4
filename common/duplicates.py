"""The same invoice sent twice: the same bytes, or the same vendor, number, date and total."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import cast

_NEEDED = ("vendor_name", "invoice_number", "invoice_date", "total_amt")
_NO_WORD = re.compile(r"[\W_]+")


def identity(data: dict[str, object]) -> str | None:
    """What two records of one invoice have in common; None where a part of it was not read.

    The vendor's tax id stands for its name where there is one. Case, spaces and
    punctuation don't matter; neither does 100.0 for 100.
    """
    values = cast("dict[str, object]", data.get("data") or {})
    if data.get("status") is not True or any(values.get(name) is None for name in _NEEDED):
        return None
    vendor = values.get("vendor_tax_id") or values["vendor_name"]
    parts = [_folded(vendor), _folded(values["invoice_number"]), str(values["invoice_date"])]
    total = f"{values['total_amt']:f}" if not isinstance(values["total_amt"], str) else values["total_amt"]
    parts.append(total.rstrip("0").rstrip(".") if "." in total else total)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


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


def _folded(value: object) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", str(value)).casefold())
