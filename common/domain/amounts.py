"""Amounts as users write them in requests."""

from __future__ import annotations

import re
from decimal import Decimal

_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,4})?\Z")


def plain_amount(text: str) -> Decimal | None:
    """A plain decimal, at most 15 digits before and 4 behind the point; None for anything else."""
    text = text.strip()
    return Decimal(text) if _PLAIN.match(text) else None
