"""Invoice and order numbers as they are printed."""

from __future__ import annotations

import re
from itertools import takewhile

from emulators.gemini.reader import dates

_SKIP = re.compile(
    r"^(?:[:#.\-–|°º]+|no\.?|nr\.?|n°|nº|n\.|num\.?|number|nummer|numero|numéro|number:|no:|nr:|nr\.:|\(\d{3}\)|is|:)$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z0-9ÄÖÜäöü][\w./\\\-+&#:*]*")
_PREFIX = re.compile(r"[A-Z]{1,6}[-/.]?")
_MONEY = re.compile(r"^\d{1,3}(?:[.,]\d{3})*[.,]\d{2}$")
_MOST = 40


def first_number(text: str) -> str | None:
    """The identifier that `text` begins with; None when it begins with anything else."""
    words = text.replace("|", " ").split()
    while words and _SKIP.match(words[0]):
        words = words[1:]
    if not words:
        return None
    words[0] = words[0].lstrip("#:.-–(")
    taken = words[0]
    rest = words[1:]
    if re.fullmatch(r"\d{1,3}", taken):
        # A number in groups ("10 123 456 789"), if there are at least two more of them.
        groups = list(takewhile(re.compile(r"\d{3}").fullmatch, rest))
        if len(groups) > 1:
            taken, rest = " ".join([taken, *groups]), rest[len(groups) :]
    if (
        _PREFIX.fullmatch(taken)
        and rest
        and any(char.isdigit() for char in rest[0])
        and _TOKEN.fullmatch(rest[0])
    ):
        taken, rest = f"{taken} {rest[0]}", rest[1:]
    while (
        rest
        and (rest[0][:1] in "/-–" or taken[-1:] in "/-")
        and re.search(r"\d", rest[0] + "".join(rest[1:2]))
    ):
        if rest[0] in ("-", "–") and not re.match(r"[\dA-Z]+$", "".join(rest[1:2])):
            break
        if dates.find("".join(rest[:2]).lstrip("/-– "), "dmy"):
            break
        joined = rest[0] if len(rest[0]) > 1 or len(rest) < 2 else f"{rest[0]} {rest[1]}"
        rest = rest[1:] if len(rest[0]) > 1 or len(rest) < 2 else rest[2:]
        taken = f"{taken} {joined}"
    taken = taken.rstrip(".,;:)|*")
    return taken if _acceptable(taken, rest) else None


def _acceptable(taken: str, rest: list[str]) -> bool:
    if not taken or len(taken) > _MOST or not re.search(r"\d", taken):
        return False
    if not all(_TOKEN.fullmatch(part) or part in "/-–" or part[0] in "/-–" for part in taken.split()):
        return False
    if (
        _MONEY.match(taken)
        or "@" in taken
        or (
            taken.isdigit()
            and len(taken) < 4
            and rest
            and rest[0].lower() in ("of", "von", "de", "days", "tage", "/")
        )
    ):
        return False
    found = dates.find(taken, "dmy")
    return not (found and found[0].start == 0 and found[0].end >= len(taken) and not taken.isdigit())
