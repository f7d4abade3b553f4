"""What came whole of a JSON object that was cut off."""

from __future__ import annotations

from common.domain import exact_json


def salvage(text: str) -> dict[str, object]:
    """The members of a cut-off object that are complete; the value that was being written is dropped.

    A row that was being written is dropped too: half a line item is worse than none.
    """
    ends: list[tuple[int, str]] = []
    closers: list[str] = []
    quoted = escaped = False
    for at, sign in enumerate(text):
        if quoted:
            if escaped:
                escaped = False
            elif sign == "\\":
                escaped = True
            elif sign == '"':
                quoted = False
            continue
        if sign == '"':
            quoted = True
        elif sign in "{[":
            closers.append("}" if sign == "{" else "]")
        elif sign in "}]":
            if not closers or closers.pop() != sign:
                break
            if not closers:
                ends.append((at + 1, ""))
        elif sign == "," and closers and closers in (["}"], ["}", "]"]):
            ends.append((at, "".join(reversed(closers))))
    for at, rest in reversed(ends):
        try:
            value = exact_json.loads(text[:at] + rest)
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    return {}
