"""How much of a list is wanted."""

from __future__ import annotations

from common.errors import Rejected
from common.http.body import Body, parse_integer

MOST_LISTED = 1000


def limit(asked: Body) -> int | None:
    """How many are wanted, None for all; Rejected unless it is 1 to 1000."""
    text = asked.text("limit")
    if text is None:
        return None
    number = parse_integer(text)
    if number is None or not 1 <= number <= MOST_LISTED:
        raise Rejected(f"limit must be an integer from 1 to {MOST_LISTED}")
    return number
