"""Amounts as people print them, in every common notation, and back to exact numbers.

1,234.56 · 1.234,56 · 1 234,56 · 1'234.56 · 12,34,567.00 (Indian groups) · (12.50) · 12.50- · −12,50 · 99.-
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_SPACES = "\u0020\u00a0\u202f\u2009\u2007"
_QUOTES = "'\u2019\u02bc`"
_MINUS = "-\u2212\u2010\u2011\u2012\u2013"

_ONE_MARK = str.maketrans(dict.fromkeys(_SPACES + _QUOTES, "'"))

AMOUNT = re.compile(
    rf"""
    (?P<open>\()?
    (?P<minus>[{_MINUS}+])?
    (?:(?<=[({_MINUS}+])[{_SPACES}])?
    (?P<digits>
        \d{{1,3}}(?:[,.{_SPACES}{_QUOTES}]\d{{2,3}})+(?:[.,]\d{{1,6}})?   # grouped
      | \d+(?:[.,]\d{{1,6}})?                                            # plain
      | [.,]\d{{1,6}}                                                    # .50
    )
    (?P<dash>,-|\.-|,\u2013|,\u2014)?
    (?P<trail>[{_SPACES}]?[{_MINUS}](?![\d\w]))?
    (?P<close>\))?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Notation:
    """How a document writes numbers: its decimal mark, where that is known."""

    decimal_mark: str | None = None


def readings(text: str, notation: Notation | None = None) -> tuple[Decimal, ...]:
    """Every exact value that `text` can mean, likeliest first; empty for what is no number.

    "1.234" is 1234 on a document that writes 0,50 and 1.234 on one that writes
    0.50: both are given unless `notation` decides.
    """
    match = AMOUNT.fullmatch(text.strip(_SPACES))
    if match is None:
        return ()
    if bool(match["open"]) != bool(match["close"]):
        return ()
    negative = bool(match["open"]) or bool(match["trail"]) or (match["minus"] or "+") != "+"
    values = magnitudes(match["digits"], notation)
    return tuple(-value for value in values) if negative else values


def magnitudes(digits: str, notation: Notation | None = None) -> tuple[Decimal, ...]:
    """Every exact value that digits with marks between them can mean, likeliest first, as `readings`."""
    if digits.isdecimal():
        return (Decimal(digits),)
    digits = digits.translate(_ONE_MARK)
    mark = notation.decimal_mark if notation else None
    seen: list[Decimal] = []
    for decimal, group in ((".", ","), (",", ".")):
        value = _as(digits, decimal, group)
        if value is not None and value not in seen:
            if decimal == mark:
                seen.insert(0, value)
            else:
                seen.append(value)
    if mark is not None and len(seen) > 1 and _as(digits, mark, "." if mark == "," else ",") is not None:
        return (seen[0],)
    return tuple(seen)


def _as(digits: str, decimal: str, group: str) -> Decimal | None:
    """`digits` read with `decimal` as decimal mark, or None where that can't be."""
    whole, mark, fraction = digits.partition(decimal)
    if mark and (decimal in fraction or group in fraction or "'" in fraction or not fraction):
        return None
    groups = whole.replace("'", group).split(group)
    if len(groups) > 1:
        kinds = {sign for sign in whole if not sign.isdigit()}
        if len(kinds) > 1 or not _grouped(groups):
            return None
    joined = "".join(groups)
    if not joined and not fraction:
        return None
    return Decimal(f"{joined or '0'}.{fraction}" if fraction else joined)


def _grouped(groups: list[str]) -> bool:
    """Whether groups of digits are thousands, Western or Indian."""
    if not 1 <= len(groups[0]) <= 3 or len(groups[-1]) != 3 or groups[0].startswith("0"):
        return False
    middle = groups[1:-1]
    western = all(len(part) == 3 for part in middle)
    indian = all(len(part) == 2 for part in middle) and len(groups[0]) <= 2
    return western or indian
