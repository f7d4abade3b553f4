"""Dates as invoices print them, in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from emulators.gemini.reader.layout import folded
from emulators.gemini.reader.wordlist import sections

Order = str  # "dmy" or "mdy"

MONTH = {name: number for number, (_, names) in enumerate(sections("months"), 1) for name in names}
_NAME = "|".join(sorted(MONTH, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_NUMERIC = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})\s?([./-])\s?(\d{{1,2}})\s?\2\s?({_YEAR}|\d\d)(?![\d/]|[.,-]\d)"
)
_ISO = re.compile(rf"(?<![\d.,/-])({_YEAR})([./-])(\d{{1,2}})\2(\d{{1,2}})(?!\d|[./-]\d)")
_EAST = re.compile(rf"({_YEAR})\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日")
_DAY_FIRST = re.compile(
    rf"(?<![\d.,/])(\d{{1,2}})(?:st|nd|rd|th|er|o)?[\s.,/-]*(?:de |of |d')?({_NAME})\b[\s.,'/-]*"
    rf"(?:de |del )?({_YEAR}|\d\d)(?!\d|[.,:]\d)"
)
_MONTH_FIRST = re.compile(
    rf"\b({_NAME})\b[\s.,-]*(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)\s*[,.\s'-]\s*({_YEAR}|\d\d)(?!\d|[.,:]\d)"
)
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Found:
    """A date and where it stands in the folded text that was searched."""

    value: date
    start: int
    end: int


def order_of(texts: Iterable[str], default: Order) -> Order:
    """Which comes first in a document's dates of numbers, the day or the month; `default` if none tells."""
    votes = {"dmy": 0, "mdy": 0}
    for text in texts:
        for first, mark, second, _ in _NUMERIC.findall(text):
            if int(first) > 12 >= int(second) > 0:
                votes["dmy"] += 1
            elif int(second) > 12 >= int(first) > 0:
                votes["mdy"] += 1
            elif mark == ".":
                votes["dmy"] += 1
    if votes["dmy"] == votes["mdy"]:
        return default
    return "dmy" if votes["dmy"] > votes["mdy"] else "mdy"


def find(text: str, order: Order) -> list[Found]:
    """The dates in `text`, from left to right."""
    plain = folded(text)
    found: list[Found] = []
    for match in _NUMERIC.finditer(plain):
        first, second, year = int(match[1]), int(match[3]), match[4]
        day, month = (first, second) if order == "dmy" or match[2] == "." else (second, first)
        if month > 12 >= day:
            day, month = month, day
        _add(found, match, year, month, day)
    for match in (*_ISO.finditer(plain), *_EAST.finditer(plain)):
        parts = (match[1], match[3], match[4]) if match.re is _ISO else (match[1], match[2], match[3])
        _add(found, match, parts[0], int(parts[1]), int(parts[2]))
    for match in _DAY_FIRST.finditer(plain):
        _add(found, match, match[3], MONTH[match[2]], int(match[1]))
    for match in _MONTH_FIRST.finditer(plain):
        _add(found, match, match[3], MONTH[match[1]], int(match[2]))
    if not found:
        for match in _COMPACT.finditer(plain):
            _add(found, match, match[1], int(match[2]), int(match[3]))
    return sorted(found, key=lambda one: one.start)


def _add(found: list[Found], match: re.Match[str], year: str, month: int, day: int) -> None:
    number = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)
    if any(one.start < match.end() and match.start() < one.end for one in found):
        return
    try:
        found.append(Found(date(number, month, day), match.start(), match.end()))
    except ValueError:
        return
