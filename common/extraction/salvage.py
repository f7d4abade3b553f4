"""What came whole of a JSON object that was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from common.domain import exact_json

_SIGN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],]')
_CLOSER = {"{": "}", "[": "]"}


def salvage(text: str) -> dict[str, object]:
    """The members of a cut-off object that are complete; the value that was being written is dropped.

    A row that was being written is dropped too: half a line item is worse than none.
    """
    for at, rest in reversed(list(_ends(text))):
        try:
            value = exact_json.loads(text[:at] + rest)
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    return {}


def _ends(text: str) -> Iterator[tuple[int, str]]:
    """Where the text could end after a whole member or row, and what would then close it."""
    open_ones: list[str] = []
    for match in _SIGN.finditer(text):
        sign = match[0]
        if sign in _CLOSER:
            open_ones.append(_CLOSER[sign])
        elif sign in ("}", "]"):
            if not open_ones or open_ones.pop() != sign:
                return
            if not open_ones:
                yield match.end(), ""
        elif sign == "," and open_ones in (["}"], ["}", "]"]):
            yield match.start(), "".join(reversed(open_ones))
