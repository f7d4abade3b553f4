"""Dates as people print them, with every reading they allow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTH_NAMES = (
    "january jan januar januari janvier janv enero ene gennaio gen janeiro leden ledna styczen"
    " stycznia sty tammikuu jaen jan",
    "february feb februar februari fevrier fevr febrero febbraio fevereiro fev unor unora luty lutego"
    " lut helmikuu febr",
    "march mar marz maerz maart mars marzo marco brezen brezna marzec marca maaliskuu mrt mrz mars",
    "april apr avril avr abril abr aprile duben dubna kwiecien kwietnia kwi huhtikuu",
    "may mai mei mayo maggio mag maio maj kveten kvetna maja toukokuu",
    "june jun juni juin junio giugno giu junho cerven cervna czerwiec czerwca cze kesakuu",
    "july jul juli juillet juil julio luglio lug julho cervenec cervence lipiec lipca lip heinakuu",
    "august aug augustus aout agosto ago srpen srpna sierpien sierpnia sie augusti elokuu",
    "september sep sept septembre septiembre settembre set setembro zari wrzesien wrzesnia wrz syyskuu",
    "october oct oktober okt octobre octubre ottobre ott outubro out rijen rijna pazdziernik"
    " pazdziernika paz oktobra lokakuu",
    "november nov novembre noviembre novembro listopad listopadu listopada lis marraskuu",
    "december dec dezember dez decembre diciembre dic dicembre dezembro prosinec prosince grudzien"
    " grudnia gru joulukuu desember des",
)
MONTHS: dict[str, int] = {
    name: number for number, line in enumerate(_MONTH_NAMES, 1) for name in line.split()
}

_YEAR = r"(?:\d{4}|\d{2}|'\d{2})"
_NUMERIC = re.compile(
    r"(\d(?<![\d.,/]\d)(?<!\d-\d)\d{0,3})\s?([./\-\u2010-\u2013])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})"
    r"(?:(?=\d\d:\d\d)|(?![\d/])(?![.,-]\d))"
    r"|(?<=\d-)(\d{1,2})(/)(\d{1,2})/(\d{4})(?:(?=\d\d:\d\d)|(?!\d))"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d])(\d{{1,2}})(?:st|nd|rd|th|er|\.|\u00ba)?[\s.,/\-\u2010-\u2013]*(?:de\s+|of\s+)?([^\W\d_]{{3,12}})\.?[\s.,/\-\u2010-\u2013]*(?:de\s+|del\s+)?({_YEAR})(?!\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_])([^\W\d_]{{3,12}})\.?[\s.\-]*(\d{{1,2}})(?:st|nd|rd|th)?[\s.,\-]+({_YEAR})(?!\d)"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[\s.,/\-]+([^\W\d_]{3,12})\.?[\s.,/\-]+(\d{1,2})(?!\d)")
_EAST_ASIAN = re.compile(
    r"(\d{4})\s?[\u5e74\ub144]\s?(\d{1,2})\s?[\u6708\uc6d4]\s?(\d{1,2})\s?[\u65e5\uc77c]"
)
_DIGITS = re.compile(r"\d\D*\d\D*\d")
"""What every date has: the first of May of 24 has three."""
_NAME = re.compile(r"[^\W\d_]{3}")
_FULL_YEAR = re.compile(r"\d{4}")
_COMPACT = re.compile(r"((?:1(?<!\d1)9|2(?<!\d2)0)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_CENTURY = 100
_PIVOT = 70


@dataclass(frozen=True)
class PrintedDate:
    """A date found in a text: where it stands and the days that it can mean, likeliest first."""

    start: int
    end: int
    readings: tuple[date, ...]
    order: str | None
    """"dmy", "mdy" or "ymd" where the print shows the order; None where several are valid."""


def dates_in(text: str) -> Iterator[PrintedDate]:
    """Every date printed in `text`, from left to right, without overlaps."""
    if not _DIGITS.search(text):
        return
    found: list[PrintedDate] = []
    for match in _NUMERIC.finditer(text):
        found.extend(_numeric(match))
    if _NAME.search(text):
        for match in _DAY_FIRST.finditer(text):
            found.extend(_named(match, match[3], match[2], match[1]))
        for match in _MONTH_FIRST.finditer(text):
            found.extend(_named(match, match[3], match[1], match[2]))
        for match in _YEAR_FIRST.finditer(text):
            found.extend(_named(match, match[1], match[2], match[3]))
    for pattern in (_COMPACT,) if text.isascii() else (_EAST_ASIAN, _COMPACT):
        for match in pattern.finditer(text):
            day = _date(match[1], int(match[2]), match[3])
            if day:
                found.append(PrintedDate(match.start(), match.end(), (day,), "ymd"))
    if not found:
        return
    kept: list[PrintedDate] = []
    # A year of four digits is surer: in "July 1 - July 31, 2014" the 31 is a day.
    for item in sorted(
        found, key=lambda each: (not _FULL_YEAR.search(text[each.start : each.end]), each.start)
    ):
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(item)
    yield from sorted(kept, key=lambda each: each.start)


def iso(text: object) -> date | None:
    """The day that an ISO text names (a time behind it is dropped), or None."""
    if not isinstance(text, str):
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _numeric(match: re.Match[str]) -> Iterator[PrintedDate]:
    first, _, second, third = (
        one or other for one, other in zip(match.groups()[:4], match.groups()[4:], strict=True)
    )
    if len(first) == 3:
        return
    if len(first) == 4:
        options = {"ymd": _date(first, int(second), third)}
    else:
        options = {"dmy": _date(third, int(second), first), "mdy": _date(third, int(first), second)}
    valid = {order: day for order, day in options.items() if day is not None}
    if valid:
        # 04/04/2024 is one day in either order, and shows none.
        order = next(iter(valid)) if len(valid) == 1 else None
        yield PrintedDate(match.start(), match.end(), tuple(dict.fromkeys(valid.values())), order)


def _named(match: re.Match[str], year: str, month: str, day: str) -> Iterator[PrintedDate]:
    number = MONTHS.get(plain(month))
    value = _date(year, number, day) if number else None
    if value:
        yield PrintedDate(match.start(), match.end(), (value,), None)


def plain(word: str) -> str:
    """`word` in lower case without accents."""
    word = word.lower().replace("ß", "ss").replace("ł", "l")
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def _date(year: str, month: int, day: str) -> date | None:
    number = int(year.strip("'"))
    if number < _CENTURY:
        number += 2000 if number < _PIVOT else 1900
    try:
        return date(number, month, int(day))
    except ValueError:
        return None
