"""Dates as users write them in requests."""

from __future__ import annotations

import re
from datetime import date

_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_DAY_FIRST = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})\Z")


def iso_date(text: str, *, day_first_too: bool = False) -> str | None:
    """`text` as YYYY-MM-DD if it is a date so written (or DD-MM-YYYY, where that is allowed), else None."""
    text = text.strip()
    found = _YEAR_FIRST.match(text)
    if found:
        year, month, day = found.groups()
    elif day_first_too and (found := _DAY_FIRST.match(text)):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
