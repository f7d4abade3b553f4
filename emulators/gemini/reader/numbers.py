"""Numbers as invoices print them, exactly: every digit is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# Where the decimals begin: "." as in 1,234.50, "," as in 1.234,50.
Style = str

_SIGNS = "$€£¥₹₽₺₩₪฿₫₴₦"
_CODES = (
    "EUR|USD|GBP|INR|CHF|CAD|AUD|NZD|SGD|HKD|MYR|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ZAR|AED|SAR|THB|DEM|"
    "TRY|IDR|PHP|KRW|ILS|BGN|VND|TWD|US\\$|A\\$|C\\$|S\\$|HK\\$|R\\$|NZ\\$|AU\\$|CA\\$|RM|Rs\\.?|INR\\.?|Fr\\.?|kr\\.?|zł|Kč|Ft|Euro|DM"
)
_MONEY = re.compile(
    rf"^(?:(?:{_CODES})(?![A-Za-z])|[{_SIGNS}])\s*|\s*(?:(?:{_CODES})|[{_SIGNS}])$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d[\d.,'’\u00a0 ]*\d|\d|[.,]\d+")
_MINUS = "-−–—"


@dataclass(frozen=True)
class Amount:
    """A number and how it was printed: `money` when a currency stood at it, `decimals` behind the point."""

    value: Decimal
    text: str
    money: bool = False
    percent: bool = False

    @property
    def decimals(self) -> int:
        exponent = self.value.as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def style_of(texts: Iterable[str]) -> Style:
    """The decimal sign of a document, by its clear cases; "." when nothing tells."""
    votes: Counter[str] = Counter()
    for text in texts:
        for found in re.findall(r"(?<![\d.,])\d[\d.,'’]*\d(?![\d.,]*\d)", text):
            if re.fullmatch(r"\d{1,3}(?:[.'’\u00a0]\d{3})+,\d{1,4}|\d+,\d{2}", found):
                votes[","] += 1
            elif re.fullmatch(r"\d{1,3}(?:[,'’\u00a0]\d{2,3})+\.\d{1,4}|\d+\.\d{2}", found):
                votes["."] += 1
    return "," if votes[","] > votes["."] else "."


def plain(digits: str, style: Style) -> str | None:
    """`digits` ("1.234,50") with a point for its decimals and nothing else; None for no number."""
    text = re.sub(r"(?<=\d)['’\u00a0 ](?=\d{3}(?!\d))", "", digits)
    if re.search(r"['’\u00a0 ]", text):
        return None
    dots, commas = text.count("."), text.count(",")
    if not dots and not commas:
        return text
    if dots and commas:
        decimal = "." if text.rindex(".") > text.rindex(",") else ","
        group = "," if decimal == "." else "."
        if text.count(decimal) > 1 or not _grouped(text.partition(decimal)[0], group):
            return None
        return text.replace(group, "").replace(decimal, ".")
    sign = "." if dots else ","
    head, _, tail = text.partition(sign)
    if text.count(sign) > 1:
        return text.replace(sign, "") if _grouped(text, sign) else None
    if sign == style or len(tail) != 3 or not head or len(head) > 3 or head == "0":
        return f"{head or '0'}.{tail}" if tail else head
    return head + tail


def _grouped(text: str, group: str) -> bool:
    """Thousands in threes, or the Indian way (1,23,45,678)."""
    mark = re.escape(group)
    return bool(
        re.fullmatch(rf"\d+|\d{{1,3}}(?:{mark}\d{{3}})+|\d{{1,2}}(?:{mark}\d{{2}})*{mark}\d{{3}}", text)
    )


@lru_cache(maxsize=8192)
def amount(text: str, style: Style) -> Amount | None:
    """The number that `text` is, with its sign, currency and brackets; None for anything else."""
    rest = text.strip().strip("*|").strip()
    money = percent = negative = False
    for _ in range(4):
        before = rest
        if rest[:1] == "(" and rest[-1:] == ")":
            negative, rest = True, rest[1:-1].strip()
        if rest[:1] and rest[0] in _MINUS:
            negative, rest = True, rest[1:].strip()
        elif rest[:1] == "+":
            rest = rest[1:].strip()
        if rest[-1:] and rest[-1] in _MINUS and rest[-2:-1].isdigit():
            negative, rest = True, rest[:-1].strip()
        if rest[-2:] in ("/-", "/=", ".-") or rest[-3:] in (".--", ",--"):
            money, rest = True, rest.rstrip("-=").rstrip("/.,").strip()
        if found := re.search(r"(?i)(?<=\d)\s*(cr|dr|haben|soll)\.?$", rest):
            negative = negative or found.group(1).lower() == "cr"
            rest = rest[: found.start()].strip()
        stripped = _MONEY.sub("", rest, count=1).strip()
        if stripped != rest:
            money, rest = True, stripped
        if rest[-1:] == "%":
            percent, rest = True, rest[:-1].strip()
        if rest == before:
            break
    if not _DIGITS.fullmatch(rest):
        return None
    digits = plain(rest, style)
    if digits is None or len(digits) > 18:
        return None
    value = Decimal(digits)
    return Amount(-value if negative else value, text, money, percent)


def last_amount(words: list[str], style: Style) -> Amount | None:
    """The number at the end of `words`, its sign or currency being maybe a word of its own."""
    for count in (3, 2, 1):
        if count <= len(words):
            found = amount(" ".join(words[-count:]), style)
            if found is not None:
                return found
    return None
