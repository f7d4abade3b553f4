"""Numbers as a page prints them: where they stand and what they can mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from common.domain.money import Notation, magnitudes
from common.extraction.page import Page

_DIGITS = (
    r"\d{1,3}(?:[,.'\u2019]\d{2,3})+(?:[.,]\d{1,6})?(?!\d)"
    r"|\d+(?:[.,]\d{1,6})?(?!\d)|(?<!\d)[.,]\d{1,4}(?!\d)"
)
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[-\u2212\u2010\u2011\u2013+])?(?P<money1>[$\u20ac\u00a3\u20b9\u00a5])?"
    rf"(?P<sign2>[-\u2212\u2010\u2011\u2013])?(?P<digits>{_DIGITS})"
    rf"(?P<dash>,-|\.-|,\u2013|,\u2014)?(?P<trail>-(?![\w]))?(?P<close>\))?"
)
_BEGINNING = re.compile(r"[(\-\u2212\u2010\u2011\u2013+$\u20ac\u00a3\u20b9\u00a5\d.,]")
_SPACES = frozenset(" \u00a0\u202f\u2009")
_CODES = (
    "EUR|USD|INR|GBP|CHF|PLN|CZK|SEK|NOK|DKK|HUF|AED|MYR|SGD|JPY|CNY|CAD|AUD|NZD|HKD|ZAR|SAR|QAR|BRL|MXN|RON"
    "|TRY"
)
_CURRENCY_BEFORE = re.compile(
    rf"(?:[$€£₹¥₩₺₽₪฿]|(?<![^\W_])(?:{_CODES}|Rs\.?|RM|kr\.?|SFr\.?|Fr\.|zł|Euro))\s?[-\u2212(]?\s?$",
    re.IGNORECASE,
)
_CURRENCY_AFTER = re.compile(rf"\s?(?:[$€£₹¥₩₺₽₪฿]|zł|Kč|Ft\b|kr\b|lei\b|(?:{_CODES}|Euro)\b)", re.IGNORECASE)
_PERCENT_AFTER = re.compile(r"\s?(?:%|percent\b|vH\b|v\.H\.|Prozent\b)")
_MINUS = frozenset("-\u2212\u2010\u2011\u2013")
_DECISIVE = 4
_MOST_GROUPS = 5
"""Groups in front of the last one: with it, 999 999 999 999 999 999,99."""


class Number(NamedTuple):
    """A printed number: where it stands and what it can mean, likeliest first."""

    start: int
    end: int
    values: tuple[Decimal, ...]
    decimals: int
    """Digits behind the decimal mark; 0 for a whole number."""
    percent: bool
    money: bool
    """Whether a currency's sign or code stands at it."""
    glued: bool
    """Whether a letter or digit stands directly at it, as in "4kg" or "A4"."""


def numbers_in_text(text: str, notation: Notation | None) -> Iterator[Number]:
    """Every number in a text; one whose thousands are parted by spaces also as the parts it could be."""
    groups: list[re.Match[str]] = []
    for match in _matches(text):
        number = _number(text, match, match.start(), notation)
        if number is not None:
            yield number
            while groups and not _follows(text, groups[-1], match):
                groups.clear()
            del groups[:-_MOST_GROUPS]
            for first in range(len(groups)):
                if joined := _spaced(text, [*groups[first:], match]):
                    yield joined
        groups.append(match)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What `_NUMBER` finds; it is tried only where a number can begin, not at every character."""
    beginning = _BEGINNING.search(text)
    while beginning:
        match = _NUMBER.match(text, beginning.start())
        if match:
            yield match
        beginning = _BEGINNING.search(text, match.end() if match else beginning.end())


def _number(text: str, match: re.Match[str], start: int, notation: Notation | None) -> Number | None:
    end = match.end()
    opens, own_sign, unit, inner_sign, digits, _, trail, closes = match.groups()
    if opens and not closes:
        start += 1
    if closes and not opens:
        end -= 1
    values = magnitudes(digits, notation)
    if not values:
        return None
    first_digit = match.start("digits")
    lead = text[max(0, first_digit - 8) : start]
    negative = bool(opens and closes) or bool(trail)
    before = text[start - 1] if start else " "
    if (own_sign or inner_sign) in _MINUS:
        # "2018-51112" and "RE-2019" hold hyphens, not minus signs.
        if own_sign and (before.isalnum() or before in "-/."):
            start += 1
        else:
            negative = True
    after = text[end : end + 12]
    tail = after[:1]
    money = bool(unit) or _is_currency(lead) or bool(_CURRENCY_AFTER.match(after))
    glued = (
        before.isalnum()
        or (before in "/-." and start > 1 and text[start - 2].isalnum())
        or tail.isalnum()
        or (tail in "/-:" and after[1:2].isalnum())
    ) and not money
    decimals = _decimals(digits, values[0])
    return Number(
        start,
        end,
        tuple(-value for value in values) if negative else values,
        decimals,
        bool(_PERCENT_AFTER.match(after)),
        money,
        glued,
    )


def _is_currency(lead: str) -> bool:
    """Whether what stands in front of a number ends with a currency's sign or code."""
    return _CURRENCY_BEFORE.search(lead) is not None


def _decimals(digits: str, value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _follows(text: str, last: re.Match[str], match: re.Match[str]) -> bool:
    """Whether three digits and perhaps decimals stand one space behind a group of digits."""
    behind = last.end()
    if (
        match.start() != behind + 1
        or text[behind] not in _SPACES
        or last["dash"]
        or last["trail"]
        or last["close"]
    ):
        return False
    if match["sign"] or match["open"] or match["money1"]:
        return False
    return last["digits"].isdigit() and re.fullmatch(r"\d{3}(?:[.,]\d{1,4})?", match["digits"]) is not None


def _spaced(text: str, groups: list[re.Match[str]]) -> Number | None:
    """A number whose thousands are parted by spaces: 1 234,56 or 1 234 567,89."""
    first, last = groups[0], groups[-1]
    start = first.start()
    if len(first["digits"]) > 3 or (start and text[start - 1].isalnum()):
        return None
    value = Decimal("".join(group["digits"] for group in groups).replace(",", "."))
    if first["sign"] in _MINUS and first["sign"]:
        value = -value
    after = text[last.end() : last.end() + 12]
    digits = first.start("digits")
    money = _is_currency(text[max(0, digits - 6) : digits]) or bool(_CURRENCY_AFTER.match(after))
    return Number(
        start,
        last.end(),
        (value,),
        _decimals(last["digits"], value),
        bool(_PERCENT_AFTER.match(after)),
        money,
        False,
    )


def notation_of(pages: Iterable[Page]) -> Notation:
    """The decimal mark that a document's numbers show; undecided where they disagree or are silent."""
    marks: Counter[str] = Counter()
    for page in pages:
        text = page.text
        # A pattern that begins with a digit, and looks before it afterwards, passes over all else fast.
        marks["."] += len(re.findall(r"\d(?<![\d.,]\d)\d{0,2}(?:,\d{3})*\.\d{2}(?![\d.,])", text))
        marks[","] += len(re.findall(r"\d(?<![\d.,]\d)\d{0,2}(?:\.\d{3})*,\d{2}(?![\d.,])", text))
    for mark, other in ((".", ","), (",", ".")):
        if marks[mark] >= _DECISIVE * max(1, marks[other]) or (marks[mark] >= 1 and marks[other] == 0):
            return Notation(mark)
    return Notation()
