"""The few values of a result by which lists show it."""

from __future__ import annotations

from collections.abc import Mapping

SHOWN = ("vendor_name", "invoice_number", "invoice_date", "currency", "total_amt")
LONGEST = 120
"""Characters of a text."""

MOST_REASONS = 3


def summary(data: Mapping[str, object]) -> dict[str, object]:
    """What a list shows of `data`: who, which, when, how much, and why to look at it."""
    values = data.get("data")
    review = data.get("review")
    found = review.get("reasons") if isinstance(review, Mapping) else None
    reasons = [reason for reason in found if isinstance(reason, Mapping)] if isinstance(found, list) else []
    shown: dict[str, object] = {
        name: _short(values.get(name)) if isinstance(values, Mapping) else None for name in SHOWN
    }
    return {
        **shown,
        "reasons": len(reasons),
        "codes": sorted({str(reason.get("code")) for reason in reasons}),
        "first_reasons": [_short(reason.get("message")) for reason in reasons[:MOST_REASONS]],
        "message": None if data.get("status") is True else _short(data.get("message")),
    }


def _short(value: object) -> object:
    if isinstance(value, str) and len(value) > LONGEST:
        return value[: LONGEST - 1] + "…"
    return value
